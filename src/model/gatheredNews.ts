import type { Clock } from '../oz/clock';
import { Emitter } from './emitter';

export interface GatheredNewsDeps<T> {
  clock: Clock;
  /** Whether a person works in this window. */
  isFocused: () => boolean;
  /** True for the first window of this machine that claims the name, which can be any text. */
  claim: (name: string) => Promise<boolean>;
  /** Milliseconds from one telling to the next at least. */
  pause: number;
  /** The news as they are by the time of telling; undefined where they are none any more. */
  now: (id: string, news: T) => T | undefined;
}

/** Milliseconds: what comes in one reading is told together. */
const gathering = 2000;
/** Milliseconds that the windows nobody works in leave to the one in which somebody does. */
const modesty = 3000;

/** News that each window of the machine hears of and one of them tells, several as one. */
export class GatheredNews<T> {
  readonly #deps: GatheredNewsDeps<T>;
  readonly #told = new Emitter<readonly T[]>();
  /** Claimed by this window, to be told next. */
  readonly #claimed = new Map<string, T>();
  readonly #timers = new Set<() => void>();
  #isTelling = false;
  #lastTold = -Infinity;
  /** How often everything was forgotten: what was being claimed before is void. */
  #resets = 0;

  /** News to tell now. */
  readonly onNews = this.#told.event;

  constructor(deps: GatheredNewsDeps<T>) {
    this.#deps = deps;
  }

  /** @param claim answers the news where this window is to tell them; never rejects */
  takeSoon(id: string, claim: () => Promise<T | undefined>): void {
    this.#after(this.#deps.isFocused() ? 0 : modesty, () => {
      void this.#take(id, claim);
    });
  }

  /** Whether no other window claimed it. Never rejects. */
  isFirstTo(name: string): Promise<boolean> {
    // Where windows cannot agree, told twice is better than never.
    return this.#deps.claim(name).catch(() => true);
  }

  /** The person knows by now. */
  drop(id: string): void {
    this.#claimed.delete(id);
  }

  /** Another account: what was claimed is not told. */
  reset(): void {
    this.#resets += 1;
    for (const cancel of this.#timers) {
      cancel();
    }
    this.#timers.clear();
    this.#claimed.clear();
    this.#isTelling = false;
    this.#lastTold = -Infinity;
  }

  dispose(): void {
    this.reset();
    this.#told.dispose();
  }

  async #take(id: string, claim: () => Promise<T | undefined>): Promise<void> {
    const resets = this.#resets;
    const news = await claim();
    if (news !== undefined && resets === this.#resets) {
      this.#claimed.set(id, news);
      this.#tellSoon();
    }
  }

  #tellSoon(): void {
    const { clock, pause } = this.#deps;
    if (this.#isTelling) {
      return;
    }
    this.#isTelling = true;
    this.#after(Math.max(gathering, this.#lastTold + pause - clock.now()), () => {
      this.#isTelling = false;
      this.#tell();
    });
  }

  #tell(): void {
    const { clock, now } = this.#deps;
    const news = [...this.#claimed].flatMap(([id, claimed]) => now(id, claimed) ?? []);
    this.#claimed.clear();
    if (news.length > 0) {
      this.#lastTold = clock.now();
      this.#told.fire(news);
    }
  }

  #after(ms: number, callback: () => void): void {
    const cancel = this.#deps.clock.after(ms, () => {
      this.#timers.delete(cancel);
      callback();
    });
    this.#timers.add(cancel);
  }
}
