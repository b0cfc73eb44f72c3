import type { Clock } from '../oz/clock';
import { ApiProblem } from '../oz/problems';
import type { Run } from '../oz/types';
import type { Disposable } from './emitter';
import { type Found, type Launcher, type LaunchSteps, outcomeUnknown } from './launcher';
import type { LaunchJournal } from './launchJournal';
import { isUnderWay, mayTurnUp, type PendingLaunch } from './pendingLaunch';

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
  claim: (name: string) => Promise<boolean>;
  /** What is done when the run of this launch is known. */
  ending: (launch: PendingLaunch) => LaunchSteps;
  onSettled: (settled: Settled) => void;
}

/** Finds the runs of launches whose answers nobody got. Sends nothing. */
export class LaunchSearch implements Disposable {
  readonly #options: Options;
  #stopRecheck: () => void = () => undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** Takes over what windows left that are gone, now and when it is time for the others. */
  recheck(): void {
    const { journal, clock } = this.#options;
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

  async lookFor(launch: PendingLaunch): Promise<Run | undefined> {
    const { journal, launcher, clock, ending } = this.#options;
    journal.hold(launch);
    journal.change(launch, { state: 'looking', window: journal.window, beat: clock.now() });
    const find = (runId?: string): Promise<Found> =>
      launcher.find(launch, runId, ending(launch)).catch(() => ({ wasRead: false }));
    const found = await find(launch.runId);
    // A window that was on its way out may have got the answer meanwhile.
    const named = journal.current(launch)?.runId;
    const run = found.run ?? (named === undefined ? undefined : (await find(named)).run);
    if (!run) {
      const { problem = { kind: 'outcomeUnknown', message: '' } } = launch;
      journal.stop(launch, found.wasRead ? new ApiProblem(problem) : outcomeUnknown(problem));
    }
    return run;
  }

  async seen(runs: Iterable<Run>): Promise<void> {
    const { journal, launcher, ending } = this.#options;
    const sought = journal.all().filter(mayTurnUp);
    const read = sought.length > 0 ? [...runs] : [];
    for (const launch of sought) {
      const run = await launcher.recognise(read, launch, ending(launch));
      if (run) {
        this.#settle({ launch, run, why: 'late' });
      }
    }
  }

  dispose(): void {
    this.#stopRecheck();
  }

  async #takeOver(launch: PendingLaunch): Promise<void> {
    const { journal, claim } = this.#options;
    const isOurs = await claim(`launch ${launch.id} left by ${launch.window}`);
    const still = journal.current(launch);
    if (isOurs && !journal.isDisposed && still?.window === launch.window && isUnderWay(still)) {
      this.#settle({ launch: still, run: await this.lookFor(still), why: 'closed' });
    }
  }

  #settle(settled: Settled): void {
    if (!this.#options.journal.isDisposed) {
      this.#options.onSettled(settled);
    }
  }
}
