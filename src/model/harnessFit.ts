import { harnessWithSecret, type LaunchOptions } from './launchOptions';

/** What only a harness of its own is told. */
export type HarnessDetail = 'harnessModel' | 'harnessReasoning' | 'harnessSecret';

/** Whether the program that acts as the agent makes anything of it. Undefined is the service's own, `oz` too. */
export function harnessTakes(detail: HarnessDetail, { harness }: Pick<LaunchOptions, 'harness'>): boolean {
  return detail === 'harnessSecret' ? harness === harnessWithSecret : harness !== undefined && harness !== 'oz';
}
