/** The local Oz's time, in milliseconds since 1970. It needs no timers: whoever asks for the state first catches up with `now`. */
export class OzClock {
  #shown: number;
  #wallThen: number;
  #speed: number;

  /** `wall` is the time that passes by itself; a clock whose wall stands still moves by `advance` alone. */
  constructor(
    start: number,
    private readonly wall: () => number,
    speed = 1,
  ) {
    this.#shown = start;
    this.#wallThen = wall();
    this.#speed = speed;
  }

  /** Follows this machine's clock, `speed` times as fast. */
  static real(speed = 1): OzClock {
    return new OzClock(Date.now(), () => Date.now(), speed);
  }

  /** Stands still at `start` until a test advances it. */
  static controlled(start = Date.parse('2026-03-18T14:30:00Z')): OzClock {
    return new OzClock(start, () => 0);
  }

  now(): number {
    return Math.floor(this.#shown + (this.wall() - this.#wallThen) * this.#speed);
  }

  advance(ms: number): void {
    this.#shown += ms;
  }

  setSpeed(speed: number): void {
    this.#shown = this.now();
    this.#wallThen = this.wall();
    this.#speed = speed;
  }
}

/** A time as the service writes it. */
export function iso(time: number): string {
  return new Date(time).toISOString();
}

/** A length of time as the service writes it: an ISO 8601 duration. */
export function isoDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `PT${hours ? `${hours}H` : ''}${minutes ? `${minutes}M` : ''}${rest || seconds === 0 ? `${rest}S` : ''}`;
}
