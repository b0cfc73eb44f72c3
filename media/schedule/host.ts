import type { FromPage, PageAbout } from '../../src/schedule/protocol';

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  setState(state: PageAbout): void;
};

const vscode = acquireVsCodeApi();

/** Milliseconds. */
const soon = 300;

let waiting: (() => FromPage) | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

export function send(message: FromPage): void {
  sendWaiting();
  vscode.postMessage(message);
}

/** Sends what there is to be said in a moment, and before anything else is: what takes long is not sent at each key. */
export function sendSoon(message: () => FromPage): void {
  clearTimeout(timer);
  waiting = message;
  timer = setTimeout(sendWaiting, soon);
}

function sendWaiting(): void {
  const message = waiting;
  waiting = undefined;
  if (message) {
    vscode.postMessage(message());
  }
}

// The page may be gone a moment later.
addEventListener('blur', sendWaiting);
addEventListener('pagehide', sendWaiting);

/** What outlives the page: what it is about. What is typed is the host's to keep. */
export function keep(about: PageAbout): void {
  vscode.setState(about);
}
