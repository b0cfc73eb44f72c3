import { randomUUID } from 'node:crypto';
import type { Clock } from '../oz/clock';
import { ApiProblem } from '../oz/problems';
import type { LaunchRequest, Run } from '../oz/types';
import { type Disposable, Emitter } from './emitter';
import type { Launched, Launcher, LaunchSteps } from './launcher';
import { LaunchJournal } from './launchJournal';
import { LaunchSearch, type Settled } from './launchSearch';
import { asProblem } from './loadStatus';
import { OnePerKey } from './onePerKey';
import { isUnderWay, isWhole, keptProblem, type LeftOutOfLaunch, type PendingLaunch, storable } from './pendingLaunch';
import type { Memento } from './seenRuns';

export interface LaunchesOptions {
  /** Where launches outlast the window. */
  memento: Memento;
  clock: Clock;
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

/** What cannot be stored, kept while the window lives. */
interface Whole {
  /** When this was sent: another window may have sent something else in its place since. */
  at: number;
  request: LaunchRequest;
  onLaunched: () => void;
}

/** A claim of a window that went before it could use it keeps the others for as long as this, in milliseconds. */
const claimedFor = 60_000;

/**
 * The launches whose runs are not known yet. Each is stored before it is sent and taken out when its run is known, so that
 * none is lost with its window: the next one looks for it. None is sent again unless a person says so.
 */
export class Launches implements Disposable {
  readonly #options: LaunchesOptions;
  readonly #journal: LaunchJournal;
  readonly #search: LaunchSearch;
  readonly #clicks: OnePerKey;
  readonly #wholes = new Map<string, Whole>();
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
    this.#journal = new LaunchJournal(options.memento, options.clock);
    this.#search = new LaunchSearch({
      launcher: options.launcher,
      clock: options.clock,
      journal: this.#journal,
      claim: (name) => this.#claim(name),
      ending: (launch) => this.#ending(launch),
      onSettled: (settled) => {
        this.#settled.fire(settled);
      },
    });
    this.#clicks = new OnePerKey(options.clock);
    this.onDidChange = this.#journal.onDidChange;
  }

  /** The newest first. */
  all(): PendingLaunch[] {
    return this.#journal.all().sort((a, b) => b.at - a.at);
  }

  find(id: string): PendingLaunch | undefined {
    return this.#journal.find(id);
  }

  /** What is sent when this launch is sent again, and what that lacks; undefined when the launch is gone. */
  requestOf(id: string): { request: LaunchRequest; leftOut: LeftOutOfLaunch | undefined } | undefined {
    const launch = this.find(id);
    if (!launch) {
      return undefined;
    }
    const whole = this.#wholes.get(id);
    if (whole?.at === launch.at) {
      return { request: whole.request, leftOut: undefined };
    }
    const request = { ...launch.request };
    delete request.wholePrompt;
    return { request, leftOut: isWhole(launch.leftOut) ? undefined : launch.leftOut };
  }

  /** A double click: one work for each key at a time, and a moment longer. */
  once<T>(key: string, work: () => Promise<T>): { isFirst: boolean; outcome: Promise<T> } {
    return this.#clicks.begin(key, work);
  }

  /**
   * Stores the launch, then sends it. The same request object is sent once, until it has failed.
   * @param signal ends the waiting at once; what was sent by then is looked for all the same, and settles
   * @throws ApiProblem; `outcomeUnknown` when the run may exist, `aborted` when nothing was sent: with the code `not_stored`
   * because it could not be stored, with `elsewhere` because it is sent already
   */
  launch(request: LaunchRequest, signal?: AbortSignal, how: LaunchHow = {}): Promise<Launched> {
    const begun = this.#begun.get(request);
    if (begun) {
      return begun;
    }
    const launched = this.#launch(request, signal, how);
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
    this.#journal.update((one) => (ids.includes(one.id) && !isUnderWay(one) ? undefined : one));
  }

  /** Runs that were read anyhow: one that was looked for in vain may be among them. */
  seen(runs: Iterable<Run>): Promise<void> {
    return this.#search.seen(runs);
  }

  /** Looks for what windows left that are gone, now and when it is time for the others. */
  recheck(): void {
    this.#search.recheck();
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
    const whole = before && this.#wholes.get(before.id);
    const sought = launcher.sought(request);
    const launch: PendingLaunch = {
      ...sought,
      ...storable(request),
      // Later than the last one, even where the clock stands: it tells one try from the next.
      at: Math.max(sought.at, (before?.at ?? 0) + 1),
      id: before?.id ?? randomUUID(),
      isTyped: (how.isTyped ?? true) || before?.isTyped === true,
      state: 'sending',
      rev: 0,
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
    if (!(await Promise.race([stored, aborted(signal)])) || this.#journal.isDisposed) {
      giveBack();
      throw nothingSent(signal?.aborted ? undefined : 'not_stored');
    }
    return this.#send(launch, request, signal, giveBack);
  }

  /** Rejects as soon as a person stops waiting, while the rest goes on by itself. */
  #send(
    launch: PendingLaunch,
    request: LaunchRequest,
    signal: AbortSignal | undefined,
    giveBack: () => void,
  ): Promise<Launched> {
    return new Promise((resolve, reject) => {
      let isLeft = false;
      const leave = (): void => {
        if (this.#journal.current(launch)?.state === 'looking') {
          isLeft = true;
          this.#journal.change(launch, { isCancelled: true });
          reject(new ApiProblem({ kind: 'outcomeUnknown', code: 'aborted', message: '' }));
        }
      };
      signal?.addEventListener('abort', leave, { once: true });
      const sending = this.#options.launcher.launch(request, signal, {
        onAnswer: (runId) => this.#journal.note(launch, { runId }),
        onLooking: (problem) => {
          this.#journal.change(launch, { state: 'looking', problem: keptProblem(problem) });
          if (signal?.aborted) {
            leave();
          }
        },
        ...this.#ending(launch),
      });
      void sending
        .then(resolve, (error: unknown) => {
          const problem = asProblem(error);
          if (problem.kind === 'aborted') {
            giveBack();
          } else {
            this.#journal.stop(launch, problem);
          }
          reject(error instanceof Error ? error : problem);
        })
        .then(async () => {
          signal?.removeEventListener('abort', leave);
          const run = await sending.then(
            (launched) => launched.run,
            () => undefined,
          );
          if (isLeft && !this.#journal.isDisposed) {
            this.#settled.fire({ launch: { ...launch, isCancelled: true }, run, why: 'cancelled' });
          }
        });
    });
  }

  /** Nothing was sent: it is as it was before, and can be sent again at once. */
  #giveBack(launch: PendingLaunch, before: PendingLaunch | undefined, whole: Whole | undefined): void {
    // What was claimed for the try before is claimed for a while.
    const at = (before?.at ?? 0) + 1;
    this.#journal.release(launch);
    this.#journal.takeOut(launch, before && { ...before, at });
    if (whole) {
      this.#wholes.set(launch.id, { ...whole, at });
    } else {
      this.#wholes.delete(launch.id);
    }
  }

  /** True for one of those who send it again at the same time. */
  async #mayReplace({ id, at }: PendingLaunch): Promise<boolean> {
    const isOurs = await this.#claim(`launch ${id} again ${at}`);
    const still = this.#journal.current({ id, at });
    return isOurs && still !== undefined && !isUnderWay(still);
  }

  /** A window that claimed it may have gone before it did anything. */
  #claim(name: string): Promise<boolean> {
    return this.#options.claim(`${name} ${Math.floor(this.#options.clock.now() / claimedFor)}`);
  }

  /** Its run is known: it is taken out before the run is put in, so that the one takes the place of the other. */
  #ending(launch: PendingLaunch): LaunchSteps {
    const onRun = (run: Run): void => {
      const isCancelled = this.#journal.current(launch)?.isCancelled === true;
      this.#journal.release(launch);
      this.#journal.takeOut(launch);
      const whole = this.#wholes.get(launch.id);
      if (whole?.at === launch.at && !this.#journal.isDisposed) {
        this.#wholes.delete(launch.id);
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
    const onCandidate = (candidate: string | undefined): Promise<void> => this.#journal.note(launch, { candidate });
    return { onCandidate, onRun, rivals: () => this.#journal.sending().filter(({ id }) => id !== launch.id) };
  }
}

function nothingSent(code?: 'elsewhere' | 'not_stored'): ApiProblem {
  return new ApiProblem({ kind: 'aborted', code, message: '' });
}

/** False as soon as the signal aborts; never settles otherwise. */
function aborted(signal: AbortSignal | undefined): Promise<false> {
  return new Promise((resolve) => {
    const abort = (): void => {
      resolve(false);
    };
    if (signal?.aborted) {
      abort();
    }
    signal?.addEventListener('abort', abort, { once: true });
  });
}
