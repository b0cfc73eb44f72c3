import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem, outcomeUnknown } from '../oz/problems';
import type { LaunchAnswer, LaunchRequest, Run } from '../oz/types';
import { isDoubtful } from './doubt';
import { cameOf, distance, earliest, sentAt, type Sought } from './launchMatch';
import { placeholderRun } from './launchRequest';

export interface LauncherOptions {
  client: Pick<OzClient, 'createRun' | 'getRun' | 'listRuns'>;
  runs: { put(run: Run): void };
  /** Hears of each run before it is put; a run that was `found` is the most likely one, not certainly this launch's. */
  onLaunched?: (run: Run, how: { found: boolean }) => void;
  clock: Clock;
  /** Milliseconds since 1970 by the service's clock; undefined until an answer told it. */
  serverNow: () => number | undefined;
  /** The uid of whoever launches with this key, where that is known for certain. */
  creator?: () => string | undefined;
  /** True for the first window of this machine that claims the name. */
  claim?: (name: string) => Promise<boolean>;
}

export interface Launched {
  run: Run;
  /** The service runs as many as it may already: this one starts later. */
  atCapacity: boolean;
  /** The answer was lost and the run was found by looking. */
  found: boolean;
}

/** Who launches hears of what happens on the way. */
export interface LaunchSteps {
  /** The service made this run, which is read next. Never rejects. */
  onAnswer?: (runId: string) => Promise<unknown>;
  /** The run may exist, and is looked for from now on. */
  onLooking?: (problem: ApiProblem) => void;
  /** This run is about to be taken for the launch's, or was not to be had. Never rejects. */
  onCandidate?: (runId: string | undefined) => Promise<unknown>;
  /** Hears of the run before anybody else does. */
  onRun?: (run: Run) => void;
  /** Launches that other windows have on their way. Never rejects. */
  rivals?: () => Promise<readonly Sought[]>;
  /** False when a run is not wanted any more, or another window is about to take one. Never rejects. */
  mayTake?: () => Promise<boolean>;
}

/** What came of looking. */
export interface Found {
  run?: Run;
  /** Runs could be looked through: without a run there is none, as far as the service tells. */
  wasRead: boolean;
}

/** The pauses before each look for a run whose answer was lost, in milliseconds. */
const looks = [500, 1500, 3000, 5000];
/** The same where the service is not likely to have made the run. */
const fewLooks = [500, 1500];
/** All looks together may take this long, in milliseconds: a person is waiting. */
const lookedFor = 20_000;
/** How many runs are looked through each time. */
const lookedThrough = 100;

/**
 * Launches, never twice. The service knows no idempotency key: a launch whose answer was lost is looked for in the list
 * of runs instead of being sent again. No run is taken for two launches.
 */
export class Launcher {
  readonly #options: LauncherOptions;
  /** Launches that are on their way. */
  readonly #sending = new Set<Sought>();
  /** Runs that are known to be another launch's. */
  readonly #taken = new Set<string>();
  #creator: string | undefined;

  constructor(options: LauncherOptions) {
    this.#options = options;
  }

  /** Another key may act as somebody else: who the runs are made by is learned again. */
  keyChanged(): void {
    this.#creator = undefined;
  }

  /** What the run of a launch that is sent now will be known by. */
  sought(request: LaunchRequest): Sought {
    return this.#informed({ request, at: this.#options.clock.now() });
  }

  /**
   * Launches and puts the run into the store.
   * @param signal ends it at once while nothing was sent; afterwards the run is looked for all the same
   * @throws ApiProblem; of kind `outcomeUnknown` when the run may exist but was not found
   */
  async launch(request: LaunchRequest, signal?: AbortSignal, steps: LaunchSteps = {}): Promise<Launched> {
    const { client } = this.#options;
    const sought = this.sought(request);
    this.#sending.add(sought);
    try {
      const answer = await client.createRun(request, signal);
      this.#taken.add(answer.run_id);
      // Noted before it is claimed: a window that went in between has it from the one or the other.
      void Promise.resolve(steps.onAnswer?.(answer.run_id)).then(() => this.#claim(answer.run_id));
      this.#sending.delete(sought);
      const run = await this.#readOne(answer, sought, signal);
      this.#creator = run.creator?.uid ?? this.#creator;
      this.#adopt(run, { found: false }, steps);
      return { run, atCapacity: answer.at_capacity === true, found: false };
    } catch (error) {
      if (!ApiProblem.is(error) || !isDoubtful(error.facts)) {
        throw error;
      }
      this.#sending.delete(sought);
      return await this.#lookAfter(error, sought, steps);
    } finally {
      this.#sending.delete(sought);
    }
  }

  /**
   * Looks a few times for the run of a launch, and puts it into the store. Never sends anything.
   * @param runId the run, where the answer came and was not dealt with any more
   */
  async find(sought: Sought, runId: string | undefined, steps: LaunchSteps = {}): Promise<Found> {
    if (runId !== undefined) {
      const answer = { run_id: runId, task_id: runId, state: 'QUEUED' as const };
      const run = await this.#readOne(answer, sought);
      this.#taken.add(runId);
      void this.#claim(runId);
      this.#adopt(run, { found: false }, steps);
      return { run, wasRead: true };
    }
    return this.#look(sought, looks, steps);
  }

  /** The same among runs that were read anyhow. */
  async recognise(runs: Iterable<Run>, sought: Sought, steps: LaunchSteps = {}): Promise<Run | undefined> {
    const informed = this.#informed(sought);
    const fits = [...runs].filter((run) => !this.#taken.has(run.run_id) && cameOf(run, informed));
    // What may be that of a launch still on its way is left to that one: its answer will say so.
    const others = fits.length > 0 ? ((await steps.rivals?.()) ?? []) : [];
    const rivals = [...this.#sending, ...others].map((other) => this.#informed(other));
    const candidates = fits.filter((run) => !rivals.some((other) => cameOf(run, other)));
    if (candidates.length === 0 || (await steps.mayTake?.()) === false) {
      return undefined;
    }
    for (const run of candidates.sort((a, b) => distance(a, informed) - distance(b, informed))) {
      // Noted before it is claimed: a window that finds it claimed by one that is gone knows for which launch.
      await steps.onCandidate?.(run.run_id);
      if ((await this.#take(run.run_id)) || sought.candidate === run.run_id) {
        this.#adopt(run, { found: true }, steps);
        return run;
      }
      await steps.onCandidate?.(undefined);
    }
    return undefined;
  }

  async #lookAfter(problem: ApiProblem, sought: Sought, steps: LaunchSteps): Promise<Launched> {
    steps.onLooking?.(problem);
    const isLikely = problem.kind === 'outcomeUnknown' || problem.kind === 'server';
    const { run, wasRead } = await this.#look(sought, isLikely ? looks : fewLooks, steps);
    if (run) {
      return { run, atCapacity: false, found: true };
    }
    // What the service said stands where the list bears it out.
    throw wasRead ? problem : outcomeUnknown(problem.facts);
  }

  /** What the service made, by what was asked for while it cannot be read. */
  #readOne(answer: LaunchAnswer, sought: Sought, signal?: AbortSignal): Promise<Run> {
    const at = new Date(sentAt(this.#informed(sought)) - 1000).toISOString();
    return this.#options.client.getRun(answer.run_id, signal).catch(() => placeholderRun(sought.request, answer, at));
  }

  /** True when the run is no other launch's, as far as this machine knows. */
  async #take(runId: string): Promise<boolean> {
    if (this.#taken.has(runId)) {
      return false;
    }
    this.#taken.add(runId);
    return this.#claim(runId);
  }

  async #claim(runId: string): Promise<boolean> {
    return (await this.#options.claim?.(`launched ${runId}`)) ?? true;
  }

  #adopt(run: Run, how: { found: boolean }, { onRun }: LaunchSteps): void {
    onRun?.(run);
    this.#options.onLaunched?.(run, how);
    this.#options.runs.put(run);
  }

  /** Looks after each of the pauses. A look that fails does not end it. */
  async #look(sought: Sought, pauses: readonly number[], steps: LaunchSteps): Promise<Found> {
    const { clock } = this.#options;
    const patience = new AbortController();
    const stop = clock.after(lookedFor, () => {
      patience.abort();
    });
    let wasRead = false;
    try {
      for (const pause of pauses) {
        await new Promise<void>((resolve) => clock.after(pause, resolve));
        const runs = patience.signal.aborted ? undefined : await this.#read(sought, patience.signal);
        wasRead ||= runs !== undefined;
        const run = runs && (await this.recognise(runs, sought, steps));
        if (run ?? patience.signal.aborted) {
          return { run, wasRead };
        }
      }
      return { wasRead };
    } finally {
      stop();
    }
  }

  /** The runs made since the launch, or the newest ones while the service's time is not known. */
  async #read(sought: Sought, signal: AbortSignal): Promise<Run[] | undefined> {
    const informed = this.#informed(sought);
    const isTimed = informed.serverAt !== undefined;
    const page = await this.#options.client
      .listRuns(
        {
          sort_by: 'created_at',
          // Whatever came since, the run is among the first after its launch.
          sort_order: isTimed ? 'asc' : 'desc',
          limit: lookedThrough,
          ...(isTimed && { created_after: new Date(earliest(informed)).toISOString() }),
        },
        signal,
      )
      .catch(problemOnly);
    return page?.runs;
  }

  /** With what was not known when it was sent. */
  #informed(sought: Sought): Sought {
    const { clock, serverNow, creator } = this.#options;
    const now = serverNow();
    return {
      ...sought,
      serverAt: sought.serverAt ?? (now === undefined ? undefined : sought.at + now - clock.now()),
      creator: sought.creator ?? this.#creator ?? creator?.(),
    };
  }
}

function problemOnly(error: unknown): undefined {
  if (!ApiProblem.is(error)) {
    throw error;
  }
}
