import { randomUUID } from 'node:crypto';
import type { LaunchRequest, Run } from '../oz/types';
import { type Disposable, Emitter } from './emitter';
import type { Launched, Launcher, LaunchSteps } from './launcher';
import { LaunchJournal, type LaunchJournalOptions } from './launchJournal';
import { LaunchSearch, type Settled } from './launchSearch';
import { asProblem } from './loadStatus';
import { OnePerKey } from './onePerKey';
import { isUnderWay, isWhole, type LeftOutOfLaunch, type PendingLaunch, storable } from './pendingLaunch';
import { aborted, nothingSent, sendStored } from './sendStored';
import { TimedClaims } from './timedClaims';
import { WholeLaunches, type WholeLaunch } from './wholeLaunches';

export interface LaunchesOptions extends LaunchJournalOptions {
  launcher: Pick<Launcher, 'launch' | 'find' | 'recognise' | 'sought'>;
  /** True for the first window of this machine that claims the name. */
  claim: (name: string) => Promise<boolean>;
}

export interface LaunchHow {
  /** The id of a launch that this one takes the place of: a person sends it again, as it was or changed. */
  replaces?: string;
  /** A person wrote something for it, which may be kept nowhere else; true unless said. */
  isTyped?: boolean;
  /** The run exists, whenever that is found out while the window lives. */
  onLaunched?: () => void;
}

/**
 * The launches whose runs are not known yet. Each is stored before it is sent and taken out when its run is known, so that
 * none is lost with its window: the next one looks for it. None is sent again unless a person says so.
 */
export class Launches implements Disposable {
  readonly #options: LaunchesOptions;
  readonly #journal: LaunchJournal;
  readonly #search: LaunchSearch;
  readonly #clicks: OnePerKey;
  readonly #claims: TimedClaims;
  readonly #wholes = new WholeLaunches();
  readonly #begun = new WeakMap<LaunchRequest, Promise<Launched>>();
  readonly #began = new Emitter<string>();
  readonly #settled = new Emitter<Settled>();

  /** There are others, or they stand otherwise. */
  readonly onDidChange;
  /** The id of a launch that a person began in this window. */
  readonly onDidBegin = this.#began.event;
  /** What became of launches whose window went, or that a person stopped waiting for. */
  readonly onDidSettle = this.#settled.event;

  constructor(options: LaunchesOptions) {
    this.#options = options;
    this.#journal = new LaunchJournal(options);
    this.#claims = new TimedClaims(options.claim, options.clock);
    this.#search = new LaunchSearch({
      launcher: options.launcher,
      clock: options.clock,
      journal: this.#journal,
      claims: this.#claims,
      ending: (launch) => this.#ending(launch),
      onSettled: (settled) => {
        this.#settled.fire(settled);
      },
    });
    this.#clicks = new OnePerKey(options.clock);
    this.onDidChange = this.#journal.onDidChange;
    this.onDidChange(() => {
      this.#wholes.keepOnly((one) => this.#journal.current(one) !== undefined);
    });
  }

  /** The newest first. */
  all(): PendingLaunch[] {
    return this.#journal.all().sort((a, b) => b.at - a.at);
  }

  find(id: string): PendingLaunch | undefined {
    return this.#journal.find(id);
  }

  /** How many wait for a person. */
  get needing(): number {
    return this.#journal.all().filter((launch) => !isUnderWay(launch)).length;
  }

  /** What is sent when this launch is sent again, and what that lacks; undefined when the launch is gone. */
  requestOf(id: string): { request: LaunchRequest; leftOut: LeftOutOfLaunch | undefined } | undefined {
    const launch = this.find(id);
    if (!launch) {
      return undefined;
    }
    const whole = this.#wholes.get(id, launch.at);
    if (whole) {
      return { request: whole.request, leftOut: undefined };
    }
    const request = { ...launch.request };
    delete request.wholePrompt;
    return { request, leftOut: isWhole(launch.leftOut) ? undefined : launch.leftOut };
  }

  /** One of the same that may have come to a run: a person should know of it before they launch another. */
  twin(request: LaunchRequest): PendingLaunch | undefined {
    const same = JSON.stringify(storable(request).request);
    const mayBe = (launch: PendingLaunch): boolean => isUnderWay(launch) || launch.state === 'unsure';
    return this.all().find((launch) => mayBe(launch) && JSON.stringify(launch.request) === same);
  }

  /** A double click: one work for each key at a time, and a moment longer. */
  once<T>(key: string, work: () => Promise<T>): { isFirst: boolean; outcome: Promise<T> } {
    return this.#clicks.begin(key, work);
  }

  /**
   * Stores the launch, then sends it. The same request object is sent once, until it has failed; then it takes the place of
   * what failed.
   * @param signal ends the waiting at once; what was sent by then is looked for all the same, and settles
   * @throws ApiProblem; `outcomeUnknown` when the run may exist, `aborted` when nothing was sent: with the code `not_stored`
   * because it could not be stored, with `elsewhere` because it is sent already
   */
  launch(request: LaunchRequest, signal?: AbortSignal, how: LaunchHow = {}): Promise<Launched> {
    const begun = this.#begun.get(request);
    if (begun) {
      return begun;
    }
    const launched = this.#launch(request, signal, { ...how, replaces: how.replaces ?? this.#wholes.idOf(request) });
    this.#begun.set(request, launched);
    launched.catch(() => this.#begun.delete(request));
    return launched;
  }

  /** A person wants to know: looks for the run again. Undefined when it is not found, or the launch is gone or under way. */
  async lookFor(id: string): Promise<Run | undefined> {
    const launch = this.find(id);
    return launch && !isUnderWay(launch) ? this.#search.lookFor(launch) : undefined;
  }

  /** A person gives launches up. Those under way stay. */
  discard(ids: readonly string[]): void {
    for (const launch of ids.flatMap((id) => this.find(id) ?? [])) {
      if (!isUnderWay(launch)) {
        this.#journal.takeOut(launch);
      }
    }
  }

  /** Runs that were read anyhow: one that was looked for in vain may be among them. */
  seen(runs: Iterable<Run>): Promise<void> {
    return this.#search.seen(runs);
  }

  /** Looks for what windows left that are gone, now and when it is time for the others. */
  recheck(): void {
    this.#search.recheck();
  }

  /** Another key or base URL is in use, and with it other launches. Never rejects. */
  accountChanged(): Promise<void> {
    return this.#journal.accountChanged();
  }

  dispose(): void {
    this.#search.dispose();
    this.#journal.dispose();
    this.#began.dispose();
    this.#settled.dispose();
  }

  async #launch(request: LaunchRequest, signal: AbortSignal | undefined, how: LaunchHow): Promise<Launched> {
    const { launcher, clock } = this.#options;
    const before = how.replaces === undefined ? undefined : this.find(how.replaces);
    if (before && !(await this.#mayReplace(before))) {
      throw nothingSent('elsewhere');
    }
    const whole = before && this.#wholes.get(before.id, before.at);
    const sought = launcher.sought(request);
    const launch: PendingLaunch = {
      ...sought,
      ...storable(request),
      // Later than the last one, even where the clock stands: it tells one try from the next.
      at: Math.max(sought.at, (before?.at ?? 0) + 1),
      id: before?.id ?? randomUUID(),
      isTyped: (how.isTyped ?? true) || before?.isTyped === true,
      state: 'sending',
      window: this.#journal.window,
      beat: clock.now(),
    };
    const onLaunched = (): void => {
      whole?.onLaunched();
      how.onLaunched?.();
    };
    this.#wholes.set(launch.id, { at: launch.at, request, onLaunched });
    const giveBack = (): void => {
      this.#giveBack(launch, before, whole);
    };
    const stored = this.#journal.begin(launch);
    this.#began.fire(launch.id);
    const isStored = await Promise.race([stored, aborted(signal)]).catch((error: unknown) => {
      this.#journal.stop(launch, asProblem(error));
      throw error;
    });
    if (!isStored || this.#journal.isDisposed) {
      giveBack();
      throw nothingSent(signal?.aborted ? undefined : 'not_stored');
    }
    return sendStored(launch, request, signal, {
      ...{ journal: this.#journal, launcher, giveBack },
      ending: this.#ending(launch),
      onSettled: (settled) => {
        this.#settled.fire(settled);
      },
    });
  }

  /** Nothing was sent: it is as it was before, and can be sent again at once. */
  #giveBack(launch: PendingLaunch, before: PendingLaunch | undefined, whole: WholeLaunch | undefined): void {
    // What was claimed for the try before is claimed for a while.
    const at = (before?.at ?? 0) + 1;
    this.#journal.release(launch);
    this.#journal.takeOut(launch, before && { ...before, at });
    if (whole) {
      this.#wholes.set(launch.id, { ...whole, at });
    }
  }

  /** True for one of those who send it again at the same time. */
  async #mayReplace({ id, at }: PendingLaunch): Promise<boolean> {
    const isOurs = await this.#claims.take(`launch ${id} again ${at}`);
    const still = isOurs && (await this.#journal.stored({ id, at }));
    return still !== false && still !== undefined && !isUnderWay(still);
  }

  /** Its run is known: it is taken out before the run is put in, so that the one takes the place of the other. */
  #ending(launch: PendingLaunch): LaunchSteps {
    const onRun = (run: Run): void => {
      const isCancelled = this.#journal.current(launch)?.isCancelled === true;
      const whole = this.#wholes.get(launch.id, launch.at);
      this.#journal.release(launch);
      this.#journal.takeOut(launch);
      if (whole && !this.#journal.isDisposed) {
        if (!this.#begun.has(whole.request)) {
          // A message about its failure may still be there, with a button to send it again.
          this.#begun.set(whole.request, Promise.resolve({ run, atCapacity: false, found: true }));
        }
        // Who stopped it may want to change what they typed.
        if (!isCancelled) {
          whole.onLaunched();
        }
      }
    };
    return {
      onRun,
      onCandidate: (candidate) => this.#journal.note(launch, { candidate }),
      mayTake: async () => (await this.#journal.stored(launch)) !== undefined,
      rivals: async () => {
        await this.#journal.refresh();
        return this.#journal.sending().filter(({ id }) => id !== launch.id);
      },
    };
  }
}
