import type { Clock } from '../oz/clock';
import { ApiProblem, outcomeUnknown } from '../oz/problems';
import type { Run } from '../oz/types';
import type { Disposable } from './emitter';
import type { Found, Launcher, LaunchSteps } from './launcher';
import type { LaunchJournal } from './launchJournal';
import { mayTurnUp, type PendingLaunch } from './pendingLaunch';
import type { TimedClaims } from './timedClaims';

/** What became of a launch that nobody waited for. */
export interface Settled {
  launch: PendingLaunch;
  /** Undefined when no such run was found: it may have started all the same. */
  run: Run | undefined;
  /** A person stopped waiting, its window went, or the run turned up after it had been looked for in vain. */
  why: 'cancelled' | 'closed' | 'late';
}

interface Options {
  journal: LaunchJournal;
  launcher: Pick<Launcher, 'find' | 'recognise'>;
  clock: Clock;
  claims: TimedClaims;
  /** What is done when the run of this launch is known. */
  ending: (launch: PendingLaunch) => LaunchSteps;
  onSettled: (settled: Settled) => void;
}

/** Finds the runs of launches whose answers nobody got. Sends nothing. */
export class LaunchSearch implements Disposable {
  readonly #options: Options;
  #stopRecheck: () => void = () => undefined;
  #seeing: Promise<void> = Promise.resolve();

  constructor(options: Options) {
    this.#options = options;
  }

  /** Takes over what windows left that are gone, now and when it is time for the others. */
  recheck(): void {
    void this.#recheck();
  }

  /** Undefined when it is not found, or is not as it was: another window is at it. */
  async lookFor(launch: PendingLaunch): Promise<Run | undefined> {
    return (await this.#isStill(launch)) ? this.#look(launch) : undefined;
  }

  /** Runs that were read anyhow. */
  seen(runs: Iterable<Run>): Promise<void> {
    // One after another: what one list brings is not sought in the next.
    const seeing = this.#seeing.then(() => this.#see(runs));
    this.#seeing = seeing.catch(() => undefined);
    return seeing;
  }

  dispose(): void {
    this.#stopRecheck();
  }

  async #recheck(): Promise<void> {
    const { journal, clock } = this.#options;
    await journal.refresh();
    this.#stopRecheck();
    const { left, next } = journal.left();
    for (const launch of left) {
      void this.#takeOver(launch);
    }
    if (next !== undefined && !journal.isDisposed) {
      this.#stopRecheck = clock.after(next, () => {
        this.recheck();
      });
    }
  }

  async #look(launch: PendingLaunch): Promise<Run | undefined> {
    const { journal, launcher, clock, ending } = this.#options;
    journal.hold(launch);
    journal.change(launch, { state: 'looking', window: journal.window, beat: clock.now() });
    const find = (runId?: string): Promise<Found> =>
      launcher.find(launch, runId, ending(launch)).catch(() => ({ wasRead: false }));
    const found = await find(launch.runId);
    // A window that was on its way out may have got the answer meanwhile.
    const named = found.run ? undefined : (await journal.stored(launch))?.runId;
    const run = found.run ?? (named === undefined ? undefined : (await find(named)).run);
    if (!run) {
      const { problem = { kind: 'outcomeUnknown', message: '' } } = launch;
      journal.stop(launch, found.wasRead ? new ApiProblem(problem) : outcomeUnknown(problem));
    }
    return run;
  }

  async #see(runs: Iterable<Run>): Promise<void> {
    const { journal, launcher, claims, ending } = this.#options;
    if (journal.all().length > 0) {
      // A run that came may be that of a launch of another window.
      await journal.refresh();
    }
    const sought = journal.all().filter(mayTurnUp);
    const read = sought.length > 0 ? [...runs] : [];
    for (const { id, at } of sought) {
      const launch = journal.current({ id, at });
      // Other windows see the same list: one of them takes the run of this launch.
      const mayTake = async (): Promise<boolean> => {
        const still = (await claims.keep(`launch ${id} seen ${at}`)) && (await journal.stored({ id, at }));
        return still !== false && still !== undefined && mayTurnUp(still);
      };
      const run =
        launch && mayTurnUp(launch) && (await launcher.recognise(read, launch, { ...ending(launch), mayTake }));
      if (launch && run) {
        this.#settle({ launch, run, why: 'late' });
      }
    }
  }

  async #takeOver(launch: PendingLaunch): Promise<void> {
    const { journal, claims } = this.#options;
    const isOurs = await claims.take(`launch ${launch.id} left by ${launch.window}`);
    if (isOurs && (await this.#isStill(launch)) && !journal.isDisposed) {
      this.#settle({ launch, run: await this.#look(launch), why: 'closed' });
    }
  }

  /** Nobody went on with it meanwhile. */
  async #isStill({ id, at, state, window }: PendingLaunch): Promise<boolean> {
    const { journal } = this.#options;
    await this.#seeing;
    await journal.refresh();
    const still = journal.find(id);
    return still?.at === at && still.window === window && still.state === state;
  }

  #settle(settled: Settled): void {
    if (!this.#options.journal.isDisposed) {
      this.#options.onSettled(settled);
    }
  }
}
