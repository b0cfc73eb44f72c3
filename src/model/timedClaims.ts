import type { Clock } from '../oz/clock';

/** Milliseconds that a claim lasts at the least, and half of what it lasts at the most. */
const lasting = 30_000;

/** Claims that end: a window may go before it has done what it claimed. */
export class TimedClaims {
  /** What this window has, and until when. */
  readonly #own = new Map<string, number>();

  /** @param claim true for the first window of this machine that claims the name */
  constructor(
    private readonly claim: (name: string) => Promise<boolean>,
    private readonly clock: Clock,
  ) {}

  /** True for the first who claims the name. */
  async take(name: string): Promise<boolean> {
    const period = Math.floor(this.clock.now() / lasting);
    // The next one too: who comes in a moment may come in another period.
    return (await this.claim(`${name} ${period}`)) && this.claim(`${name} ${period + 1}`);
  }

  /** True for the first window that claims the name, as often as it does. */
  async keep(name: string): Promise<boolean> {
    const now = this.clock.now();
    if (now < (this.#own.get(name) ?? 0)) {
      return true;
    }
    const isOwn = await this.take(name);
    if (isOwn) {
      this.#own.set(name, now + lasting);
    }
    return isOwn;
  }
}
