import type { Schedule } from '../oz/types';

/** What a schedule is called: its name, else its prompt, else its id. As the service wrote it, so not yet fit to be shown. */
export function scheduleName({ name, prompt, id }: Pick<Schedule, 'name' | 'prompt' | 'id'>): string {
  return [name, prompt].find((text) => /[^\s\u0085]/.test(text)) ?? id;
}
