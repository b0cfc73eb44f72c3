import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../oz/clock';
import { ApiProblem } from '../oz/problems';
import { type Disposable, Emitter } from './emitter';
import { LaunchFiles } from './launchFiles';
import { LaunchWritings } from './launchWritings';
import { failedForKey, isUnderWay, keptProblem, type PendingLaunch } from './pendingLaunch';
import type { Account, SharedFiles } from './sharedFiles';

/** Milliseconds between two signs of life of a window that is at a launch, and after which it is taken for gone. */
const beatEvery = 2000;
const goneAfter = 7000;

export interface LaunchJournalOptions {
  /** Where launches outlast their windows; nothing else is there. */
  files: SharedFiles;
  /** Undefined without a key. */
  account: () => Promise<Account | undefined>;
  clock: Clock;
}

/** One try of a launch. */
type Try = Pick<PendingLaunch, 'id' | 'at'>;

/**
 * The launches whose runs are not known. Every window of this machine stores its own at once, in the place of the account
 * that they are sent with, and knows those of the others as of the last `refresh`. After `dispose` what this window was at
 * stays as it was, for the next one.
 */
export class LaunchJournal implements Disposable {
  readonly window = randomUUID();
  readonly #options: LaunchJournalOptions;
  readonly #changed = new Emitter<undefined>();
  /** By id: of all accounts that were in use in this window. */
  readonly #known = new Map<string, PendingLaunch>();
  readonly #writings = new LaunchWritings((id) => this.#known.get(id));
  /** What this window is at. */
  readonly #held = new Set<string>();
  /** That of the key in use. */
  #place: LaunchFiles | undefined;
  #stopBeat: (() => void) | undefined;
  #isTidy = false;
  #isDisposed = false;

  readonly onDidChange = this.#changed.event;

  constructor(options: LaunchJournalOptions) {
    this.#options = options;
  }

  get isDisposed(): boolean {
    return this.#isDisposed;
  }

  /** Those of the account in use. */
  all(): PendingLaunch[] {
    return [...this.#known.values()].filter(({ id }) => this.#isInUse(id));
  }

  find(id: string): PendingLaunch | undefined {
    return this.#isInUse(id) ? this.#known.get(id) : undefined;
  }

  /** Those on their way, in whichever window. */
  sending(): PendingLaunch[] {
    return this.all().filter(({ state }) => state === 'sending');
  }

  /** How this try stands, with whichever account; undefined when it is gone, or another one took its place. */
  current({ id, at }: Try): PendingLaunch | undefined {
    const entry = this.#known.get(id);
    return entry?.at === at ? entry : undefined;
  }

  /** The same as it is stored now; undefined also when another account is in use. */
  async stored(one: Try): Promise<PendingLaunch | undefined> {
    await this.#inUse().catch(() => undefined);
    await this.#writings.settled(one.id);
    const known = this.find(one.id);
    const place = this.#writings.place(one.id);
    const there = known && place ? await place.find(one.id).catch(() => known) : known;
    return there?.at === one.at ? there : undefined;
  }

  /** Reads what all windows stored. Never rejects. */
  async refresh(): Promise<void> {
    const isNewer = this.#writings.watch();
    // Where nobody launched anything, nobody is asked for the key.
    const isEmpty = this.#known.size === 0 && (await this.#options.files.list().catch(() => [])).length === 0;
    const place = isEmpty ? undefined : await this.#inUse().catch(() => undefined);
    const stored = await place?.all().catch(() => undefined);
    if (!place || !stored || this.#isDisposed) {
      return;
    }
    const there = new Map(stored.map((launch) => [launch.id, launch]));
    const own = [...this.#known.keys()].filter((id) => this.#writings.place(id)?.account === place.account);
    let isOther = false;
    for (const id of new Set([...there.keys(), ...own])) {
      const [known, launch] = [this.#known.get(id), there.get(id)];
      if (!isNewer(id) && !(known && this.#held.has(nameOf(known))) && !isDeepStrictEqual(known, launch)) {
        isOther = true;
        this.#set(id, launch, place);
      }
    }
    if (isOther) {
      this.#changed.fire(undefined);
    }
    if (!this.#isTidy) {
      this.#isTidy = true;
      await place.tidy(stored).catch(() => undefined);
    }
  }

  /** Another key or base URL is in use. What failed for want of a key that the service takes goes over to this one. */
  async accountChanged(): Promise<void> {
    const place = await this.#inUse().catch(() => undefined);
    for (const launch of place ? this.#known.values() : []) {
      const before = this.#writings.place(launch.id);
      if (place && before?.account !== place.account && failedForKey(launch)) {
        this.#writings.setPlace(launch.id, place);
        void this.#writings.write(launch, true).then((isStored) => (isStored ? before?.remove(launch.id) : undefined));
      }
    }
    this.#changed.fire(undefined);
    await this.refresh();
  }

  /**
   * Puts in one that this window is at, or puts it in the place of its last try. True when that is stored.
   * @throws ApiProblem; `noKey` where there is no place for it
   */
  async begin(entry: PendingLaunch): Promise<boolean> {
    if (this.#isDisposed) {
      return false;
    }
    this.#set(entry.id, entry);
    this.hold(entry);
    this.#changed.fire(undefined);
    const place = await this.#inUse();
    if (!place) {
      throw new ApiProblem({ kind: 'noKey', message: 'There is no API key.' });
    }
    this.#writings.setPlace(entry.id, place);
    return this.#writings.write(entry, true);
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
    const now = this.#options.clock.now();
    const others = this.all().filter((one) => isUnderWay(one) && !this.#held.has(nameOf(one)));
    // After a clock was set back a beat may lie ahead.
    const age = ({ beat }: PendingLaunch): number => Math.abs(now - beat);
    const left = others.filter((one) => age(one) >= goneAfter);
    const waits = others.map((one) => (age(one) >= goneAfter ? goneAfter : goneAfter - age(one)));
    return { left, next: waits.length > 0 ? Math.min(...waits) : undefined };
  }

  change(one: Try, change: Partial<PendingLaunch>): void {
    const entry = this.current(one);
    if (entry) {
      this.#put(one, { ...entry, ...change });
    }
  }

  /** What is worth knowing also when this window is on its way out. Never rejects. */
  async note(one: Try, change: Pick<PendingLaunch, 'runId' | 'candidate'>): Promise<void> {
    const entry = this.current(one);
    if (entry) {
      this.#set(one.id, { ...entry, ...change });
      await this.#writings.write(one);
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
    if (this.current(one)) {
      this.#put(one, before);
    }
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#stopBeat?.();
    this.#changed.dispose();
  }

  #put(one: Try, entry: PendingLaunch | undefined): void {
    if (!this.#isDisposed) {
      this.#set(one.id, entry);
      void this.#writings.write(one);
      this.#changed.fire(undefined);
    }
  }

  #set(id: string, entry: PendingLaunch | undefined, place = this.#writings.place(id)): void {
    if (entry) {
      this.#known.set(id, entry);
    } else {
      this.#known.delete(id);
    }
    if (place) {
      this.#writings.setPlace(id, place);
    }
  }

  /** @throws what keeps the key from being read */
  async #inUse(): Promise<LaunchFiles | undefined> {
    const { account, files, clock } = this.#options;
    const now = await account();
    if (now?.id !== this.#place?.account) {
      this.#place = now && new LaunchFiles(files, now, clock);
      this.#changed.fire(undefined);
    }
    return this.#place;
  }

  #isInUse(id: string): boolean {
    const place = this.#writings.place(id);
    return place === undefined || place.account === this.#place?.account;
  }

  #keepBeating(): void {
    this.#stopBeat ??= this.#options.clock.after(beatEvery, () => {
      this.#stopBeat = undefined;
      const beat = this.#options.clock.now();
      for (const one of this.#known.values()) {
        if (this.#held.has(nameOf(one))) {
          this.#set(one.id, { ...one, beat });
          void this.#writings.write(one);
        }
      }
      if (this.#held.size > 0) {
        this.#keepBeating();
      }
    });
  }
}

function nameOf({ id, at }: Try): string {
  return `${id} ${at}`;
}
