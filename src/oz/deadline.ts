import type { Clock } from './clock';
import { ApiProblem } from './problems';

/**
 * Runs `work` with a signal that ends it after `ms` (problem `timeout`) or when `outer` aborts (problem `aborted`, or the
 * problem that it aborts with). The signal's reason is that problem. Every wait inside goes through `abortable`, so the end is at once wherever it waits.
 */
export async function within<T>(
  clock: Clock,
  ms: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const abort = (): void => {
    const reason: unknown = outer?.reason;
    const aborted = { kind: 'aborted', message: 'The call was cancelled.', retryable: false } as const;
    controller.abort(ApiProblem.is(reason) ? reason : new ApiProblem(aborted));
  };
  if (outer?.aborted) {
    abort();
  }
  outer?.addEventListener('abort', abort, { once: true });
  const stopTimer = clock.after(ms, () => {
    const message = `The service did not answer within ${ms / 1000} s.`;
    controller.abort(new ApiProblem({ kind: 'timeout', message, retryable: true }));
  });
  try {
    controller.signal.throwIfAborted();
    return await work(controller.signal);
  } finally {
    stopTimer();
    outer?.removeEventListener('abort', abort);
  }
}

/** The promise's outcome, or the signal's reason as soon as it aborts, even if the promise never settles. */
export function abortable<T>(promise: PromiseLike<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      reject(signal.reason as Error);
    };
    const settled = (): void => {
      signal.removeEventListener('abort', abort);
    };
    promise.then(resolve, reject).then(settled, settled);
    if (signal.aborted) {
      abort();
    } else {
      signal.addEventListener('abort', abort, { once: true });
    }
  });
}

/** Waits `ms` milliseconds, or until the signal aborts. */
export async function sleep(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  let stopTimer: (() => void) | undefined;
  const timer = new Promise<void>((resolve) => {
    stopTimer = clock.after(ms, resolve);
  });
  try {
    await abortable(timer, signal);
  } finally {
    stopTimer?.();
  }
}
