import type { Clock } from './clock';
import { ApiProblem } from './problems';
import { backOff } from './retry';

/** One token per request: this many at once after a rest, then this many per second. */
const burst = 20;
const tokensPerSecond = 5;
/** Reads under way together; also what can fail before the first failure is known. */
const readsAtOnce = 6;

/** How long a request may be held back, as times of the clock. */
export interface Patience {
  /** A person's own command: it goes out during an outage too, as nothing repeats it. */
  command: boolean;
  /** While the service is down, until then. */
  outage: number;
  /** While the service asked for a pause (`Retry-After`), until then. */
  pause: number;
}

/** The right to send one request; given back with `settle`. */
export interface Pass {
  readonly command: boolean;
  readonly probe: boolean;
}

interface Waiter extends Patience {
  go: (pass: Pass) => void;
  giveUp: (problem: ApiProblem) => void;
}

/**
 * Where every request to the service passes: one token bucket, one back-off and one memory of an outage for all callers. After
 * a failure one read at a time goes out, as a probe, at growing intervals: ten minutes of outage cost at most 20 reads.
 */
export class Gate {
  readonly #clock: Clock;
  readonly #random: () => number;
  #tokens = burst;
  #filledAt: number;
  #reads = 0;
  #probing = false;
  #failures = 0;
  #reason: ApiProblem | undefined;
  #downUntil = 0;
  #askedUntil = 0;
  #waiters: Waiter[] = [];
  #stopTimer: (() => void) | undefined;

  constructor(clock: Clock, random: () => number) {
    this.#clock = clock;
    this.#random = random;
    this.#filledAt = clock.now();
  }

  /**
   * Resolves when the request may be sent.
   * @throws ApiProblem of the outage or pause at once when it lasts beyond the patience, with the time left as
   * `retryAfter`; the signal's reason.
   */
  enter(patience: Patience, signal: AbortSignal): Promise<Pass> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const leave = (): void => {
        this.#waiters = this.#waiters.filter((one) => one !== waiter);
        reject(signal.reason as Error);
        this.#openUp();
      };
      const waiter: Waiter = {
        ...patience,
        go: (pass) => {
          signal.removeEventListener('abort', leave);
          resolve(pass);
        },
        giveUp: (problem) => {
          signal.removeEventListener('abort', leave);
          reject(problem);
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiters.push(waiter);
      this.#openUp();
    });
  }

  /** The request is over: the service answered, or failed with a problem, or the caller gave it up. */
  settle(pass: Pass, outcome: 'answered' | 'abandoned' | ApiProblem): void {
    if (!pass.command) {
      this.#reads--;
    }
    if (pass.probe) {
      this.#probing = false;
    }
    if (outcome === 'answered') {
      this.#failures = 0;
      this.#downUntil = 0;
    } else if (outcome !== 'abandoned') {
      const now = this.#clock.now();
      this.#failures++;
      this.#reason = outcome;
      this.#downUntil = now + backOff(this.#failures, this.#random());
      this.#askedUntil = Math.max(this.#askedUntil, now + (outcome.facts.retryAfter ?? 0));
    }
    this.#openUp();
  }

  /** Lets go whoever may, sends away whoever would wait too long, and comes back when that may change. */
  #openUp(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    const now = this.#clock.now();
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAt) / 1000) * tokensPerSecond);
    this.#filledAt = now;
    let next = Infinity;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) {
      const opensAt = this.#opensAt(waiter, now);
      if (opensAt <= now) {
        this.#letGo(waiter);
        continue;
      }
      const limit = this.#limit(waiter, now);
      const known = Number.isFinite(opensAt) ? opensAt : now;
      if (this.#reason && (known > limit || now >= limit)) {
        const left = Math.max(this.#downUntil, this.#askedUntil) - now;
        waiter.giveUp(new ApiProblem({ ...this.#reason.facts, retryAfter: Math.max(0, Math.ceil(left)) }));
        continue;
      }
      this.#waiters.push(waiter);
      next = Math.min(next, opensAt, limit);
    }
    if (Number.isFinite(next)) {
      this.#stopTimer = this.#clock.after(next - now, () => {
        this.#openUp();
      });
    }
  }

  #letGo(waiter: Waiter): void {
    const probe = !waiter.command && this.#failures > 0;
    this.#tokens--;
    this.#reads += waiter.command ? 0 : 1;
    this.#probing ||= probe;
    waiter.go({ command: waiter.command, probe });
  }

  /** When the waiter may go, as far as is known; Infinity while that hangs on another request. */
  #opensAt(waiter: Waiter, now: number): number {
    const tokenAt = this.#tokens >= 1 ? now : now + Math.ceil(((1 - this.#tokens) / tokensPerSecond) * 1000);
    if (waiter.command) {
      return Math.max(tokenAt, this.#askedUntil);
    }
    if (this.#reads >= readsAtOnce || (this.#probing && this.#failures > 0)) {
      return Infinity;
    }
    return Math.max(tokenAt, this.#downUntil, this.#askedUntil);
  }

  /** Until when the waiter holds out in the present state of things. */
  #limit(waiter: Waiter, now: number): number {
    if (this.#askedUntil > now) {
      return waiter.pause;
    }
    return !waiter.command && this.#failures > 0 ? waiter.outage : Infinity;
  }
}
