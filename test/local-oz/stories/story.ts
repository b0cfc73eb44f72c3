import type { Script } from '../script';

/** What a run of a scenario says and does. */
export type Story = (script: Script, about: { title: string; prompt: string }) => void;

/** A story of one step, which most conversations are. */
export function told(tell: (script: Script) => void): Story {
  return (script, { prompt }) => {
    script.step('', () => {
      script.user(prompt);
      tell(script);
    });
  };
}
