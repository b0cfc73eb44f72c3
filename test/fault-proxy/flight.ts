import type { FaultPoint } from './faultPoints';
import type { HttpMessage } from './httpMessage';
import type { IdleClock } from './idleClock';

/** The way of one request, from `fetch` to the end of its answer. The clock stands while it goes on. */
export class Flight {
  /** What the service answered, each time that the request reached it whole. */
  readonly answers: (HttpMessage | undefined)[] = [];
  /** What the proxy does with it, each time that it came. */
  readonly acts: Promise<void>[] = [];
  readonly #clock: IdleClock;
  #release: (() => void) | undefined;
  #hasEnded = false;

  constructor(
    readonly id: string,
    readonly method: string,
    readonly path: string,
    readonly point: FaultPoint | undefined,
    /** It meets no fault, whatever the rules. */
    readonly isSpared: boolean,
    clock: IdleClock,
  ) {
    this.#clock = clock;
    this.goOn();
  }

  /** Nothing comes any more, or only after some time: the clock may go on. */
  land(): void {
    this.#release?.();
    this.#release = undefined;
  }

  /** Something comes again. */
  goOn(): void {
    if (!this.#hasEnded) {
      this.#release ??= this.#clock.hold();
    }
  }

  /** The client has all, or has given up. */
  end(): void {
    this.#hasEnded = true;
    this.land();
  }
}
