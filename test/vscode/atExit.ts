import { constants } from 'node:os';

const cleanups = new Set<() => void>();
let watching = false;

/**
 * Calls `cleanup` when this process ends: by itself, by an error or by a signal. The newest is called first.
 * The function it returns calls `cleanup` now instead.
 */
export function atExit(cleanup: () => void): () => void {
  watch();
  cleanups.add(cleanup);
  return () => {
    if (cleanups.delete(cleanup)) {
      cleanup();
    }
  };
}

function watch(): void {
  if (watching) {
    return;
  }
  watching = true;
  process.once('exit', () => {
    for (const cleanup of [...cleanups].reverse()) {
      cleanup();
    }
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // A program for which a signal is the normal end sets its exit code beforehand.
    process.once(signal, () => process.exit(process.exitCode ?? 128 + constants.signals[signal]));
  }
}
