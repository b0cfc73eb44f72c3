/** Milliseconds of work in one turn of the event loop: less than a person or another extension would notice. */
const turn = 20;

export interface TurnOptions {
  /** Milliseconds by any clock that goes forward. */
  now: () => number;
  /** Ends a turn: resolves when everybody else had theirs. */
  pause: () => Promise<void>;
  signal?: AbortSignal;
}

/**
 * Collects what a long piece of work yields, in turns of at most about 20 ms, so that nothing else has to wait for all of it.
 * @throws the signal's reason, at the start of the next turn
 */
export async function inTurns<T>(work: Iterable<T>, options: TurnOptions): Promise<T[]> {
  const { now, pause, signal } = options;
  const all: T[] = [];
  let started = now();
  for (const item of work) {
    all.push(item);
    if (now() - started >= turn) {
      await pause();
      signal?.throwIfAborted();
      started = now();
    }
  }
  return all;
}

/** For the extension host. */
export const hostTurns: Omit<TurnOptions, 'signal'> = {
  now: () => performance.now(),
  pause: () => new Promise((resolve) => setImmediate(resolve)),
};
