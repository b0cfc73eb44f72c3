import { randomUUID } from 'node:crypto';
import type { Clock } from '../oz/clock';
import type { ApiProblem } from '../oz/problems';
import { asList, asRecord } from './conversationJson';
import { type Disposable, Emitter } from './emitter';
import { isUnderWay, keptProblem, type PendingLaunch, pendingLaunchIn } from './pendingLaunch';
import type { Memento } from './seenRuns';

const storageKey = 'agentRuns.launches';
/** Milliseconds between two signs of life of a window that is at a launch, and after which it is taken for gone. */
const beatEvery = 2000;
const goneAfter = 7000;

/** Milliseconds after which what was written is looked at again: another window may have written what it read before. */
const secondLook = 1000;
/** Milliseconds for which it is noted that a launch was taken out. */
const notedFor = 600_000;

/** Whether any launch is noted whose run is not known: a cheap look. */
export function hasPendingLaunches(memento: Memento): boolean {
  return asList(memento.get(storageKey)).some((one) => pendingLaunchIn(one) !== undefined);
}

/** Stands for a launch that was taken out, so that no window puts it in again which has not heard of that. */
interface TakenOut {
  readonly id: string;
  readonly rev: number;
  /** When, in milliseconds since 1970. */
  readonly takenOut: number;
}

type Entry = PendingLaunch | TakenOut;

/** One try of a launch. */
type Try = Pick<PendingLaunch, 'id' | 'at'>;

/**
 * The launches whose runs are not known, as all windows with this memento see them. Each change is stored at once. After
 * `dispose` what this window was at stays as it was, for the next one.
 */
export class LaunchJournal implements Disposable {
  readonly window = randomUUID();
  readonly #memento: Memento;
  readonly #clock: Clock;
  readonly #changed = new Emitter<undefined>();
  /** What this window is at. */
  readonly #held = new Set<string>();
  /** The newest that this window has read or written of each launch. */
  readonly #known = new Map<string, Entry>();
  #stopBeat: (() => void) | undefined;
  #stopSecondLook: (() => void) | undefined;
  #isDisposed = false;

  readonly onDidChange = this.#changed.event;

  constructor(memento: Memento, clock: Clock) {
    this.#memento = memento;
    this.#clock = clock;
  }

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** Read anew each time: another window may have written. */
  all(): PendingLaunch[] {
    for (const entry of this.#stored()) {
      const known = this.#known.get(entry.id);
      if (!known || entry.rev > known.rev) {
        this.#known.set(entry.id, entry);
      }
    }
    return [...this.#known.values()].flatMap((one) => (isTakenOut(one) ? [] : one));
  }

  find(id: string): PendingLaunch | undefined {
    return this.all().find((one) => one.id === id);
  }

  /** Those on their way, in whichever window. */
  sending(): PendingLaunch[] {
    return this.all().filter(({ state }) => state === 'sending');
  }

  /** How this try stands; undefined when it is gone, or another one took its place. */
  current({ id, at }: Try): PendingLaunch | undefined {
    const entry = this.find(id);
    return entry?.at === at ? entry : undefined;
  }

  /** Puts in one that this window is at, or puts it in the place of its last try. True when that is stored; never rejects. */
  async begin(entry: PendingLaunch): Promise<boolean> {
    if (this.#isDisposed) {
      return false;
    }
    this.all();
    this.#put(entry);
    const stored = this.#write();
    this.hold(entry);
    this.#changed.fire(undefined);
    return stored;
  }

  /** This window is at it: the others leave it alone until `release`. */
  hold(one: Try): void {
    this.#held.add(nameOf(one));
    this.#keepBeating();
  }

  release(one: Try): void {
    this.#held.delete(nameOf(one));
  }

  /** Those under way in windows that are gone; `next`: milliseconds until another may be one of them. */
  left(): { left: PendingLaunch[]; next: number | undefined } {
    const now = this.#clock.now();
    const others = this.all().filter((one) => isUnderWay(one) && !this.#held.has(nameOf(one)));
    // After a clock was set back a beat may lie ahead.
    const age = ({ beat }: PendingLaunch): number => Math.abs(now - beat);
    const left = others.filter((one) => age(one) >= goneAfter);
    const waits = others.map((one) => (age(one) >= goneAfter ? goneAfter : goneAfter - age(one)));
    return { left, next: waits.length > 0 ? Math.min(...waits) : undefined };
  }

  change(one: Try, change: Partial<PendingLaunch>): void {
    this.update((other) => (isSame(one, other) ? { ...other, ...change } : other));
  }

  /** What is worth knowing also when this window is on its way out. Never rejects. */
  async note(one: Try, change: Pick<PendingLaunch, 'runId' | 'candidate'>): Promise<void> {
    const entry = this.current(one);
    if (entry) {
      this.#put({ ...entry, ...change });
      await this.#write();
    }
  }

  /** It waits for a person from now on. */
  stop(one: Try, problem: ApiProblem): void {
    this.release(one);
    const state = problem.kind === 'outcomeUnknown' ? 'unsure' : 'failed';
    this.change(one, { state, problem: keptProblem(problem) });
  }

  /** Takes it out, or puts what it was before in its place. */
  takeOut(one: Try, before?: PendingLaunch): void {
    this.update((other) => (isSame(one, other) ? before : other));
  }

  /** Puts what `change` answers in the place of each; undefined takes it out. */
  update(change: (one: PendingLaunch) => PendingLaunch | undefined): void {
    if (this.#store(change)) {
      this.#changed.fire(undefined);
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#stopBeat?.();
    this.#stopSecondLook?.();
    this.#changed.dispose();
  }

  /** True when anything is another one now. */
  #store(change: (one: PendingLaunch) => PendingLaunch | undefined): boolean {
    if (this.#isDisposed) {
      return false;
    }
    let isOther = false;
    for (const before of this.all()) {
      const after = change(before);
      if (after !== before) {
        this.#put(after ?? { id: before.id, takenOut: this.#clock.now() });
        isOther = true;
      }
    }
    if (isOther) {
      void this.#write();
    }
    return isOther;
  }

  #put(entry: PendingLaunch | Omit<TakenOut, 'rev'>): void {
    this.#known.set(entry.id, { ...entry, rev: (this.#known.get(entry.id)?.rev ?? 0) + 1 });
  }

  async #write(): Promise<boolean> {
    const now = this.#clock.now();
    for (const one of this.#known.values()) {
      if (isTakenOut(one) && Math.abs(now - one.takenOut) > notedFor) {
        this.#known.delete(one.id);
      }
    }
    this.#lookAgain();
    try {
      await this.#memento.update(storageKey, this.#known.size > 0 ? [...this.#known.values()] : undefined);
      return true;
    } catch {
      return false;
    }
  }

  #stored(): Entry[] {
    return asList(this.#memento.get(storageKey)).flatMap((value) => pendingLaunchIn(value) ?? takenOutIn(value) ?? []);
  }

  /** What another window wrote at the same time may have undone what this one wrote. */
  #lookAgain(): void {
    if (this.#isDisposed) {
      return;
    }
    this.#stopSecondLook ??= this.#clock.after(secondLook, () => {
      this.#stopSecondLook = undefined;
      this.all();
      const stored = new Map(this.#stored().map(({ id, rev }) => [id, rev]));
      if ([...this.#known.values()].some(({ id, rev }) => (stored.get(id) ?? 0) < rev)) {
        void this.#write();
      }
      this.#changed.fire(undefined);
    });
  }

  #keepBeating(): void {
    this.#stopBeat ??= this.#clock.after(beatEvery, () => {
      this.#stopBeat = undefined;
      const beat = this.#clock.now();
      this.#store((one) => (this.#held.has(nameOf(one)) ? { ...one, beat } : one));
      if (this.#held.size > 0) {
        this.#keepBeating();
      }
    });
  }
}

function isSame(a: Try, b: Try): boolean {
  return a.id === b.id && a.at === b.at;
}

function nameOf({ id, at }: Try): string {
  return `${id} ${at}`;
}

function isTakenOut(entry: Entry): entry is TakenOut {
  return 'takenOut' in entry;
}

function takenOutIn(value: unknown): TakenOut | undefined {
  const { id, rev, takenOut } = asRecord(value) ?? {};
  return typeof id === 'string' && typeof rev === 'number' && typeof takenOut === 'number'
    ? { id, rev, takenOut }
    : undefined;
}
