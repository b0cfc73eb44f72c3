import * as vscode from 'vscode';

/** Shows that something is going on. What the person cancels aborts the signal. `step` says how far it is. */
export function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, step: (words: string) => void) => Promise<T>,
): Thenable<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => {
      stop.abort();
    });
    return work(stop.signal, (message) => {
      progress.report({ message });
    });
  });
}

/** Milliseconds of work for which nothing is shown. */
const soon = 600;

/**
 * The same for work that is mostly done at once. VS Code leaves out the fourth message within a second, which would be the one
 * that says what came of it.
 */
export async function withProgressIfSlow<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const working = work(stop.signal);
  const wait = new Promise<true>((resolve) => setTimeout(resolve, soon, true));
  const isSlow = await Promise.race([working.then(() => false), wait]);
  return isSlow
    ? withProgress(title, (signal) => {
        signal.addEventListener('abort', () => {
          stop.abort();
        });
        return working;
      })
    : working;
}
