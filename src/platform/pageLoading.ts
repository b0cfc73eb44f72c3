import type { Disposable } from '../model/emitter';
import type { Clock } from '../oz/clock';

/** Milliseconds that a page has to say that it is there, and how often it is set anew. */
const readyWithin = 8000;
const mostLoads = 3;

/** What has the page. */
interface LoadsPage {
  /** Puts the page's HTML in place, anew. */
  load(): void;
  /** The page did not come up. */
  gaveUp(): void;
}

/** Loads a page and sees to it that it comes up, until the page is closed. */
export class PageLoading implements Disposable {
  #isReady = false;
  #hasLoaded = false;
  /** How often the page was loaded since it last said that it is there. */
  #loads = 0;
  #visible = false;
  #isDisposed = false;
  #stopWatch: () => void = () => undefined;

  constructor(
    private readonly host: LoadsPage,
    private readonly clock: Pick<Clock, 'after'>,
  ) {}

  get isReady(): boolean {
    return this.#isReady;
  }

  load(): void {
    if (this.#isDisposed) {
      return;
    }
    this.#hasLoaded = true;
    this.#isReady = false;
    this.#loads++;
    this.host.load();
    this.#watch();
  }

  /** Loads the page again after it was given up. */
  restart(): void {
    this.#loads = 0;
    this.load();
  }

  /** The page said that it is there. */
  ready(): void {
    this.#isReady = true;
    this.#loads = 0;
    this.#stopWatch();
  }

  /** A page that is hidden is gone; when it is shown again it comes back from its HTML and says `ready`. */
  setVisible(visible: boolean): void {
    const changed = visible !== this.#visible;
    this.#visible = visible;
    if (!changed || !this.#hasLoaded || this.#isDisposed) {
      return;
    }
    this.#isReady = false;
    this.#loads = 1;
    if (!visible) {
      // What is known now will be on the first screen.
      this.host.load();
    }
    this.#watch();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#stopWatch();
  }

  /** A webview sometimes never starts (microsoft/vscode#125993); setting its HTML again helps. */
  #watch(): void {
    this.#stopWatch();
    if (this.#visible && !this.#isReady) {
      this.#stopWatch = this.clock.after(readyWithin, () => {
        if (this.#loads < mostLoads) {
          this.load();
        } else {
          this.host.gaveUp();
        }
      });
    }
  }
}
