import { setTimeout as wait } from 'node:timers/promises';

/** Resolves once the condition holds; throws naming `what` when it does not within `limit` milliseconds. */
export async function until(what: string, condition: () => boolean | Promise<boolean>, limit = 20_000): Promise<void> {
  const end = performance.now() + limit;
  while (!(await condition())) {
    if (performance.now() > end) {
      throw new Error(`Not within ${limit} ms: ${what}`);
    }
    await wait(50);
  }
}
