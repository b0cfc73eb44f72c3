import type { Clock } from '../oz/clock';
import type { Disposable } from './emitter';
import { RunFeed } from './runFeed';
import type { RunStore } from './runStore';
import { type Beat, beatIn, beatText, problemAt, type RoundNote } from './sharedBeat';
import { type Account, AccountFiles, type SharedFiles } from './sharedFiles';
import { type SharedTurn, SharedTurns } from './sharedTurns';

export type Round =
  /** This window read the list. */
  | { readonly kind: 'own'; readonly note: RoundNote }
  /** Another window did, and the store knows what it read. */
  | { readonly kind: 'shared'; readonly note: RoundNote }
  /** Another window is at it. */
  | { readonly kind: 'busy' };

interface Options {
  readonly store: RunStore;
  readonly files: SharedFiles;
  /** Undefined without a key. */
  readonly account: () => Promise<Account | undefined>;
  readonly clock: Clock;
}

/** The files of the account of this moment, until another takes its place. */
interface Current {
  readonly files: AccountFiles;
  readonly generation: number;
}

const beatName = 'beat';
const feedName = 'feed';
const day = 24 * 60 * 60 * 1000;
const tidyInterval = day;
/** Milliseconds that runs from an earlier session are worth showing until the service answers. */
const memorable = 3 * day;

/**
 * One reading of the list of runs for all windows of this machine. None of them is in charge: whose round is due looks what
 * the others shared, and asks the service only when that is too old and it is its turn. Where files cannot be shared, each
 * window asks for itself.
 */
export class SharedRounds implements Disposable {
  readonly #store: RunStore;
  readonly #files: SharedFiles;
  readonly #account: () => Promise<Account | undefined>;
  readonly #clock: Clock;
  readonly #feed: RunFeed;
  readonly #turns: SharedTurns;
  #lastFiles: AccountFiles | undefined;
  #writing: Promise<unknown> = Promise.resolve();
  #tidied = -Infinity;
  #isDisposed = false;

  constructor({ store, files, account, clock }: Options) {
    this.#store = store;
    this.#files = files;
    this.#account = account;
    this.#clock = clock;
    this.#feed = new RunFeed(store);
    this.#turns = new SharedTurns(clock);
  }

  /**
   * Brings the store up to date: by a round that another window made, if it is fresh enough, else by `poll`, which is given
   * the note of the last round. Rejects only when `poll` does.
   */
  async round(
    isFresh: (note: RoundNote) => boolean,
    poll: (last: RoundNote | undefined) => Promise<RoundNote>,
  ): Promise<Round> {
    const current = await this.#current();
    const begun = current && (await this.#begin(current, isFresh).catch(() => undefined));
    if (!current || !begun) {
      return { kind: 'own', note: await poll(undefined) };
    }
    if (begun.kind !== 'turn') {
      return begun;
    }
    const { turn, last } = begun;
    let isWritten = false;
    try {
      const note = await poll(last);
      isWritten = await this.#write(current, turn, last, note);
      return { kind: 'own', note };
    } finally {
      await turn.finish(isWritten);
      void this.#tidy(current);
    }
  }

  /** A window that knows nothing yet shows what any of them knew last. No request, and never rejects. */
  async recall(): Promise<void> {
    const current = await this.#current();
    const before = current && (await this.#readBeat(current).catch(() => undefined));
    if (before) {
      await this.#remember(current, before).catch(() => undefined);
    }
  }

  /** Lets the other windows know of a reading made outside of a round. Never rejects. */
  async publish(note: RoundNote): Promise<void> {
    const current = await this.#current();
    if (!current) {
      return;
    }
    const begun = await this.#begin(current, () => false).catch(() => undefined);
    if (begun?.kind === 'turn') {
      await begun.turn.finish(await this.#write(current, begun.turn, begun.last, note));
    }
  }

  /**
   * True for the first window of the machine that claims this name, for a day; and for each of them where files cannot be
   * shared. Never rejects.
   */
  async claim(name: string): Promise<boolean> {
    const { files } = (await this.#current()) ?? {};
    return files ? files.create(`told.${files.digest(name)}`, '').catch(() => true) : true;
  }

  /** Removes what was shared for the account that was last in use here; its key may be gone already. Never rejects. */
  async forget(): Promise<void> {
    const files = this.#lastFiles;
    this.#lastFiles = undefined;
    await this.#writing;
    await files?.clear().catch(() => undefined);
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#feed.dispose();
  }

  async #current(): Promise<Current | undefined> {
    const { generation } = this.#feed;
    // A secret storage that is locked is the client's to tell of.
    const account = await this.#account().catch(() => undefined);
    if (!account) {
      return undefined;
    }
    this.#lastFiles = new AccountFiles(this.#files, account, this.#clock);
    return { files: this.#lastFiles, generation };
  }

  #isStill({ generation }: Current): boolean {
    return generation === this.#feed.generation && !this.#isDisposed;
  }

  /** Takes what is shared, or the turn to ask. @throws when files cannot be shared */
  async #begin(
    current: Current,
    isFresh: (note: RoundNote) => boolean,
  ): Promise<Exclude<Round, { kind: 'own' }> | { kind: 'turn'; turn: SharedTurn; last: Beat | undefined }> {
    const before = await this.#readBeat(current);
    const isEnough = (note: RoundNote): boolean =>
      isFresh(note) && (note.problem !== undefined || !this.#store.isBehind);
    if (before && isEnough(before) && (await this.#adopt(current, before))) {
      return { kind: 'shared', note: before };
    }
    if (before) {
      await this.#remember(current, before);
    }
    const turn = await this.#turns.take(current.files, before?.turn ?? 0);
    if (!turn) {
      return { kind: 'busy' };
    }
    try {
      // It may have been another's until a moment ago.
      const last = await this.#readBeat(current);
      if (last && isEnough(last) && (await this.#adopt(current, last))) {
        await turn.finish(false);
        return { kind: 'shared', note: last };
      }
      if (!this.#isStill(current) || (last?.turn ?? 0) >= turn.number) {
        await turn.finish(false);
        return { kind: 'busy' };
      }
      return { kind: 'turn', turn, last };
    } catch (error) {
      await turn.finish(false);
      throw error;
    }
  }

  /** A window that knows nothing yet begins with what the last one knew: there are rows before the service has answered. */
  async #remember(current: Current, { at, feed }: Beat): Promise<void> {
    if (feed === undefined || this.#store.head || this.#clock.now() - at >= memorable) {
      return;
    }
    const text = await current.files.read(feedName);
    if (text !== undefined && this.#isStill(current) && this.#feed.take(text)) {
      this.#store.remember(at);
    }
  }

  /** True when the store is now where the other window's is, as good as that is. */
  async #adopt(current: Current, beat: Beat): Promise<boolean> {
    let isTaken = this.#feed.has(beat.feed);
    if (!isTaken && beat.feed !== undefined) {
      const text = await current.files.read(feedName);
      isTaken = this.#isStill(current) && text !== undefined && this.#feed.take(text);
    }
    if (!this.#isStill(current)) {
      return false;
    }
    const isComplete = isTaken && this.#feed.joins(beat.lastHead);
    // What keeps others from asking keeps this window too, whatever it knows.
    const isEnough = isComplete || beat.problem !== undefined;
    if (isEnough) {
      this.#store.adoptOutcome(beat.at, problemAt(beat, this.#clock.now()));
    }
    return isEnough;
  }

  async #readBeat({ files }: Current): Promise<Beat | undefined> {
    return beatIn((await files.read(beatName)) ?? '', this.#clock.now());
  }

  /** True when every window can see it. */
  #write(current: Current, turn: SharedTurn, last: Beat | undefined, note: RoundNote): Promise<boolean> {
    if (note.problem?.kind === 'noKey' || !this.#isStill(current) || !turn.isHeld) {
      return Promise.resolve(false);
    }
    const writing = this.#put(current.files, turn.number, last, note).then(
      () => true,
      () => false,
    );
    this.#writing = writing;
    return writing;
  }

  /** The feed first: a beat tells of what is there already. An unchanged feed stays as it is. */
  async #put(files: AccountFiles, turn: number, last: Beat | undefined, note: RoundNote): Promise<void> {
    const feed = this.#feed.next(last?.feed);
    if (feed) {
      await files.write(feedName, feed.text);
    }
    const version = feed?.version ?? last?.feed;
    await files.write(beatName, beatText(turn, version, this.#store.head?.lastHead ?? 0, note));
  }

  async #tidy({ files }: Current): Promise<void> {
    const now = this.#clock.now();
    if (Math.abs(now - this.#tidied) >= tidyInterval) {
      this.#tidied = now;
      await files.tidy([beatName, feedName]).catch(() => undefined);
    }
  }
}
