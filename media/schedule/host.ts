import type { FromPage, PageAbout } from '../../src/schedule/protocol';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  setState(state: PageAbout): void;
};

const vscode = acquireVsCodeApi();

export function send(message: FromPage): void {
  vscode.postMessage(message);
}

/** What outlives the page: what it is about. What is typed is the host's to keep. */
export function keep(about: PageAbout): void {
  vscode.setState(about);
}
