import type { PageAbout } from '../../src/schedule/about';
import type { FromPage } from '../../src/schedule/protocol';
import type { Place } from './lastPlace';

/** What outlives the page. What is typed is the host's to keep. */
type Kept = PageAbout & { place?: Partial<Place> | undefined };

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: Kept): void;
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

/** What the page is about: the panel is made again from it. */
export function keepAbout(about: PageAbout): void {
  vscode.setState({ ...about, place: keptPlace() });
}

/** Where the person is; `keepAbout` comes first. */
export function keepPlace(place: Place): void {
  vscode.setState({ ...(vscode.getState() as PageAbout), place });
}

/** Another version of the page may have kept it. */
export function keptPlace(): Partial<Place> | undefined {
  return (vscode.getState() as Kept | undefined)?.place;
}
