import type { Launches } from './launches';

/**
 * All that a click on something begins, until what it launches has ended, well or not: another click on the same thing
 * meanwhile, or a moment later, begins nothing and waits for that.
 * @param work is given the launcher to launch with
 */
export async function oncePerClick(
  launcher: Pick<Launches, 'launch' | 'once'>,
  key: string,
  work: (launcher: Pick<Launches, 'launch' | 'once'>) => Promise<void>,
): Promise<void> {
  let whole: Promise<void> | undefined;
  const { outcome } = launcher.once(key, () => {
    // What is asked after a failure may stand there for long, and keeps nobody from clicking again.
    const ended = new Promise<true>((resolve) => {
      const end = (): void => {
        resolve(true);
      };
      whole = work({
        once: (name, part) => launcher.once(name, part),
        launch: (...call) => {
          const launched = launcher.launch(...call);
          launched.then(end, end);
          return launched;
        },
      });
    });
    return Promise.race([ended, whole]);
  });
  await (whole ?? outcome.catch(() => undefined));
}
