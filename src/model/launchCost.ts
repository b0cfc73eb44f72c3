import type { Clock } from '../oz/clock';
import { abortable } from '../oz/deadline';
import type { OzClient } from '../oz/ozClient';
import type { LaunchRequest, ListRunsQuery, Run } from '../oz/types';
import { usageOf } from './runUsage';
import { timeOf } from './serviceTime';
import { specKey } from './skillSpec';

/** What launches like one cost lately: the median of each run's whole cost. */
export interface LaunchCost {
  credits?: number;
  /** US dollars. */
  dollars?: number;
  /** How many runs this is the median of. */
  runs: number;
  /** What these runs have in common with the launch. */
  of: 'skill' | 'environment';
}

/** How many runs are looked at, the newest. */
const recent = 20;
/** Milliseconds after which a person is not kept waiting for it any more. */
const patience = 1500;
/** Runs that came to an end of their own: what is cancelled cost less than it would have. */
const finished: ListRunsQuery['state'] = ['SUCCEEDED', 'FAILED'];

export interface LaunchCostOptions {
  runs: { all(): Iterable<Run> };
  client: Pick<OzClient, 'listRuns'>;
  clock: Clock;
}

/**
 * What such a launch cost lately, by the runs that are known and one look at the list; undefined when that is not known, or
 * not within about a second. Never rejects.
 */
export async function likelyCost(
  { runs, client, clock }: LaunchCostOptions,
  request: LaunchRequest,
): Promise<LaunchCost | undefined> {
  const skill = skillOf(request);
  const environment = request.config?.environment_id;
  if (!skill && !environment) {
    return undefined;
  }
  const stop = new AbortController();
  const stopTimer = clock.after(patience, () => {
    stop.abort();
  });
  const query: ListRunsQuery = {
    ...(skill ? { skill_spec: skill } : { environment_id: environment }),
    state: finished,
    sort_by: 'created_at',
    limit: recent,
  };
  // Without it what is on hand is told.
  const page = await abortable(client.listRuns(query, stop.signal), stop.signal).catch(() => undefined);
  stopTimer();
  return medianCost([...runs.all(), ...(page?.runs ?? [])], request);
}

/** The median cost of the newest finished runs of the launch's skill; without any of its environment. */
export function medianCost(runs: readonly Run[], request: LaunchRequest): LaunchCost | undefined {
  const skill = skillOf(request);
  const environment = request.config?.environment_id;
  const isOfSkill = (run: Run): boolean => specKey(run.agent_config?.skill_spec ?? '') === specKey(skill ?? '');
  const isOfEnvironment = (run: Run): boolean => run.agent_config?.environment_id === environment;
  return (
    (skill ? costOf(runs, 'skill', isOfSkill) : undefined) ??
    (environment ? costOf(runs, 'environment', isOfEnvironment) : undefined)
  );
}

function skillOf({ skill, config }: LaunchRequest): string | undefined {
  return skill ?? config?.skill_spec;
}

function costOf(runs: readonly Run[], of: LaunchCost['of'], isLike: (run: Run) => boolean): LaunchCost | undefined {
  const states: ReadonlySet<string> = new Set(finished);
  const like = runs.filter((run) => states.has(run.state) && isLike(run));
  // The copy of a run that comes last is kept.
  const newest = [...new Map(like.map((run) => [run.run_id, run])).values()]
    .sort((a, b) => timeOf(b.created_at) - timeOf(a.created_at))
    .slice(0, recent)
    .map(usageOf);
  const dollars = newest.flatMap((usage) => usage.dollars ?? []);
  const credits = newest.flatMap(({ costs }) => {
    const parts = costs.flatMap((cost) => cost.credits ?? []);
    return parts.length > 0 ? parts.reduce((sum, part) => sum + part, 0) : [];
  });
  // Where not every run tells both, the unit that more of them tell.
  const count = Math.max(dollars.length, credits.length);
  return count === 0
    ? undefined
    : {
        ...(credits.length === count && { credits: median(credits) }),
        ...(dollars.length === count && { dollars: median(dollars) }),
        runs: count,
        of,
      };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
