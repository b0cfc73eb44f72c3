import type { Run, Schedule } from '../oz/types';
import { usageOf } from './runUsage';
import { resultOf } from './scheduleFailure';
import { timeOf } from './serviceTime';

/** How a schedule fares, as far as its past runs were read. */
export interface ScheduleHealth {
  /** A few of the newest runs, the newest last. */
  last: readonly Run[];
  /** How many of the newest runs came out, well or not, and how many of these well. */
  decided: number;
  good: number;
  /** How many of the newest runs there are: the cost is theirs together. */
  runs: number;
  credits?: number;
  /** US dollars. */
  dollars?: number;
  /** No run was started the last time: the service says why. */
  couldNotStart: boolean;
  /** What kept it from that was changed, and it did not try again since. */
  isChanged: boolean;
  /** That no run was started, or the last run that came out failed. */
  isFailing: boolean;
  /** When it should have run, in milliseconds since 1970: the service still said so well after that. */
  overdue?: number;
}

/** The newest runs that the rates are of, and those that are shown one by one. */
export const runsCounted = 20;
const runsShown = 5;

/** A start may take a moment, in milliseconds, as may the word of it. */
const patience = 5 * 60_000;

/**
 * @param runs the newest first
 * @param readAt when the schedule was read, in milliseconds since 1970 by the service's clock
 * @param isChanged what kept it from starting a run was changed
 */
export function healthOf(schedule: Schedule, runs: readonly Run[], readAt: number, isChanged = false): ScheduleHealth {
  const newest = runs.slice(0, runsCounted);
  const results = newest.flatMap(({ state }) => resultOf(state) ?? []);
  const usages = newest.map(usageOf);
  const credits = usages.flatMap(({ costs }) => costs.flatMap((cost) => cost.credits ?? []));
  const dollars = usages.flatMap((usage) => usage.dollars ?? []);
  const couldNotStart = Boolean(schedule.last_spawn_error);
  const next = timeOf(schedule.history?.next_run);
  const isOverdue = schedule.enabled && next > 0 && next + patience <= readAt;
  return {
    last: newest.slice(0, runsShown).reverse(),
    decided: results.length,
    good: results.filter((result) => result === 'good').length,
    runs: newest.length,
    ...(credits.length > 0 && { credits: sum(credits) }),
    ...(dollars.length > 0 && { dollars: sum(dollars) }),
    couldNotStart,
    isChanged: couldNotStart && isChanged,
    isFailing: couldNotStart || results[0] === 'bad',
    ...(isOverdue && { overdue: next }),
  };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
