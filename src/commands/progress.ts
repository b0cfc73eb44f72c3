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
