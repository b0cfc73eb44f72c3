import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem, type ProblemKind } from '../oz/problems';
import type { LaunchRequest, Run } from '../oz/types';
import { placeholderRun } from './launchRequest';

export interface LauncherOptions {
  client: Pick<OzClient, 'createRun' | 'getRun' | 'listRuns'>;
  runs: { put(run: Run): void };
  /** Hears of each run before it is put; a run that was `found` is the most likely one, not certainly this launch's. */
  onLaunched?: (run: Run, how: { found: boolean }) => void;
  clock: Clock;
  /** Milliseconds since 1970 by the service's clock; undefined until an answer told it. */
  serverNow: () => number | undefined;
}

export interface Launched {
  run: Run;
  /** The service runs as many as it may already: this one starts later. */
  atCapacity: boolean;
  /** The answer was lost and the run was found by looking. */
  found: boolean;
}

/** The pauses before each look for a run whose answer was lost, in milliseconds. */
const looks = [500, 1500, 3000, 5000];
/** All looks together may take this long, in milliseconds: a person is waiting. */
const lookedFor = 20_000;
/** How many of the newest runs are looked through each time. */
const lookedThrough = 100;
/** The service tells its time in whole seconds, and another of its machines may stamp the run. In milliseconds. */
const margin = 10_000;
/** The same while only this machine's clock is known. */
const wideMargin = 300_000;

/** Answers after which the run may exist although the launch failed: one look is worth it. */
const doubtful: ReadonlySet<ProblemKind> = new Set<ProblemKind>(['timeout', 'server', 'notOz', 'rateLimited']);

/**
 * Launches, never twice. The service knows no idempotency key: a launch whose answer was lost is looked for in the list
 * of runs instead of being sent again.
 */
export class Launcher {
  readonly #options: LauncherOptions;
  readonly #begun = new WeakMap<LaunchRequest, Promise<Launched>>();
  readonly #launchedHere = new Set<string>();
  #creator: string | undefined;

  constructor(options: LauncherOptions) {
    this.#options = options;
  }

  /** Another key may act as somebody else: who the runs are made by is learned again. */
  keyChanged(): void {
    this.#creator = undefined;
  }

  /**
   * Launches and puts the run into the store. The same request object is sent once, until it has failed.
   * @throws ApiProblem; of kind `outcomeUnknown` when the run may exist but was not found
   */
  launch(request: LaunchRequest, signal?: AbortSignal): Promise<Launched> {
    const begun = this.#begun.get(request);
    if (begun) {
      return begun;
    }
    const launched = this.#launch(request, signal);
    this.#begun.set(request, launched);
    launched.catch(() => this.#begun.delete(request));
    return launched;
  }

  async #launch(request: LaunchRequest, signal: AbortSignal | undefined): Promise<Launched> {
    const { client, clock } = this.#options;
    const sentAt = clock.now();
    try {
      const answer = await client.createRun(request, signal);
      const run = await client
        .getRun(answer.run_id)
        .catch(() => placeholderRun(request, answer, new Date(this.#byServer(sentAt) - 1000).toISOString()));
      this.#creator = run.creator?.uid ?? this.#creator;
      this.#put(run, { found: false });
      return { run, atCapacity: answer.at_capacity === true, found: false };
    } catch (error) {
      if (!ApiProblem.is(error) || (error.kind !== 'outcomeUnknown' && !doubtful.has(error.kind))) {
        throw error;
      }
      const run = await this.#look(request, sentAt, error.kind === 'outcomeUnknown' ? looks : looks.slice(0, 1));
      if (!run) {
        throw error;
      }
      this.#put(run, { found: true });
      return { run, atCapacity: false, found: true };
    }
  }

  #put(run: Run, how: { found: boolean }): void {
    this.#launchedHere.add(run.run_id);
    this.#options.onLaunched?.(run, how);
    this.#options.runs.put(run);
  }

  /** The run that came of the request, looked for after each of the pauses. A look that fails does not end it. */
  async #look(request: LaunchRequest, sentAt: number, pauses: readonly number[]): Promise<Run | undefined> {
    const { clock } = this.#options;
    const patience = new AbortController();
    const stop = clock.after(lookedFor, () => {
      patience.abort();
    });
    try {
      for (const pause of pauses) {
        await new Promise<void>((resolve) => clock.after(pause, resolve));
        const match = patience.signal.aborted ? undefined : await this.#lookOnce(request, sentAt, patience.signal);
        if (match || patience.signal.aborted) {
          return match;
        }
      }
      return undefined;
    } finally {
      stop();
    }
  }

  async #lookOnce(request: LaunchRequest, sentAt: number, signal: AbortSignal): Promise<Run | undefined> {
    const { client, serverNow } = this.#options;
    const since = serverNow() === undefined ? undefined : new Date(this.#earliest(sentAt)).toISOString();
    const page = await client
      .listRuns(
        { sort_by: 'created_at', sort_order: 'desc', limit: lookedThrough, ...(since && { created_after: since }) },
        signal,
      )
      .catch(problemOnly);
    const matches = page?.runs.filter((run) => this.#cameOf(run, request, sentAt)) ?? [];
    const distance = (run: Run): number => Math.abs(Date.parse(run.created_at) - this.#byServer(sentAt));
    return matches.sort((a, b) => distance(a) - distance(b))[0];
  }

  /** A moment of this machine's clock, by the service's. */
  #byServer(moment: number): number {
    const now = this.#options.serverNow();
    return now === undefined ? moment : moment + now - this.#options.clock.now();
  }

  /** Runs made before this moment did not come of a launch sent at `sentAt`. */
  #earliest(sentAt: number): number {
    return this.#byServer(sentAt) - (this.#options.serverNow() === undefined ? wideMargin : margin);
  }

  #cameOf(run: Run, request: LaunchRequest, sentAt: number): boolean {
    const { config } = request;
    return (
      !this.#launchedHere.has(run.run_id) &&
      !run.schedule &&
      !(Date.parse(run.created_at) < this.#earliest(sentAt)) &&
      (!request.title || run.title === request.title) &&
      isSameOrUnknown(run.creator?.uid, this.#creator) &&
      isSameOrUnknown(run.agent_config?.environment_id, config?.environment_id) &&
      isSameOrUnknown(run.agent_config?.model_id, config?.model_id) &&
      hasPrompt(run, request)
    );
  }
}

function problemOnly(error: unknown): undefined {
  if (!ApiProblem.is(error)) {
    throw error;
  }
}

function isSameOrUnknown(actual: string | undefined, wanted: string | undefined): boolean {
  return actual === undefined || wanted === undefined || actual === wanted;
}

/** For a skill the service puts the skill's own text before the person's. */
function hasPrompt(run: Run, { prompt = '', skill }: LaunchRequest): boolean {
  const wanted = prompt.trim();
  const told = [run.prompt, run.submitted_prompt ?? ''].map((text) => text.trim());
  return skill ? isOfSkill(run, skill) && told.some((text) => text.endsWith(wanted)) : told.includes(wanted);
}

function isOfSkill(run: Run, skill: string): boolean {
  const spec = run.agent_config?.skill_spec;
  const path = skill.slice(skill.indexOf(':') + 1);
  return spec === undefined ? (run.agent_skill?.full_path?.endsWith(path) ?? false) : spec === skill;
}
