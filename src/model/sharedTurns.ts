import type { Clock } from '../oz/clock';
import type { AccountFiles } from './sharedFiles';

/** Milliseconds that a turn lasts when its window is not heard of any more, and after which it says that it goes on. */
const turnTime = 20_000;
const renewal = 5000;

/**
 * Whose turn it is to ask the service. Turns are numbered, and a turn is a file: whoever makes the one after the last has
 * it. One that was abandoned is left where it is and the next number taken, so that nobody takes away what another has just
 * got. The file says until when the turn lasts, in milliseconds since 1970.
 */
export class SharedTurns {
  readonly #clock: Clock;
  #unreadable = { name: '', since: 0 };

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The next turn, or undefined while another window has it. `last`: the last one that was finished. */
  async take(files: AccountFiles, last: number): Promise<SharedTurn | undefined> {
    const abandoned: string[] = [];
    for (let number = last + 1; ; number += 1) {
      const name = `turn.${number}`;
      const held = await files.read(name);
      if (held === undefined) {
        const until = this.#clock.now() + turnTime;
        const isMine = await files.create(name, String(until));
        return isMine ? new SharedTurn(files, this.#clock, { number, name, until, abandoned }) : undefined;
      }
      if (!this.#isOver(name, held)) {
        return undefined;
      }
      abandoned.push(name);
    }
  }

  #isOver(name: string, held: string): boolean {
    const now = this.#clock.now();
    const until = held === '' ? NaN : Number(held);
    if (!Number.isNaN(until)) {
      // One that lasts too long was made before the clock was set back.
      return until <= now || until > now + 2 * turnTime;
    }
    // Not written yet, or never: it lasts as long as another one would.
    if (this.#unreadable.name !== name) {
      this.#unreadable = { name, since: now };
    }
    return Math.abs(now - this.#unreadable.since) >= turnTime;
  }
}

interface TurnFile {
  readonly number: number;
  readonly name: string;
  readonly until: number;
  /** Turns before this one that were never finished. */
  readonly abandoned: readonly string[];
}

/** A turn of this window, which lasts until it is finished. */
export class SharedTurn {
  readonly #files: AccountFiles;
  readonly #clock: Clock;
  readonly #file: TurnFile;
  #until: number;
  #cancelTimer: () => void = () => undefined;
  #renewing: Promise<void> = Promise.resolve();

  constructor(files: AccountFiles, clock: Clock, file: TurnFile) {
    this.#files = files;
    this.#clock = clock;
    this.#file = file;
    this.#until = file.until;
    this.#renewLater();
  }

  get number(): number {
    return this.#file.number;
  }

  /** False when this window slept, or could not say that it goes on: another one may have taken over. */
  get isHeld(): boolean {
    return this.#clock.now() < this.#until;
  }

  /** Never rejects. `isLast`: every window can see that this was the last turn. */
  async finish(isLast: boolean): Promise<void> {
    this.#cancelTimer();
    await this.#renewing;
    // Otherwise the abandoned ones still keep their numbers from being taken again.
    for (const name of [this.#file.name, ...(isLast ? this.#file.abandoned : [])]) {
      await this.#files.remove(name).catch(() => undefined);
    }
  }

  #renewLater(): void {
    this.#cancelTimer = this.#clock.after(renewal, () => {
      this.#renewing = this.#renew();
    });
  }

  async #renew(): Promise<void> {
    if (!this.isHeld) {
      return;
    }
    const until = this.#clock.now() + turnTime;
    try {
      await this.#files.write(this.#file.name, String(until));
      this.#until = until;
      this.#renewLater();
    } catch {
      // The turn ends when it was to end.
    }
  }
}
