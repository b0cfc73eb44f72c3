import { readCron } from '../model/cronCheck';
import { usageOf } from '../model/runUsage';
import type { Run } from '../oz/types';
import type { ScheduleWords } from './scheduleWords';

/** Runs in a day from which on their number is said. */
const many = 24;

/** How often times come that come often, and what that costs where it is known of runs before; undefined for all others. */
export function oftenNote(cron: string, runs: readonly Run[], { t, language }: ScheduleWords): string | undefined {
  const sets = readCron(cron);
  const count = (sets?.hours.size ?? 0) * (sets?.minutes.size ?? 0);
  if (count < many) {
    return undefined;
  }
  const number = (value: number): string =>
    new Intl.NumberFormat(language, { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
  const cost = medianOf(runs.flatMap((run) => creditsOf(run) ?? []));
  return cost === undefined
    ? t('That is {0} runs a day.', number(count))
    : t(
        'That is {0} runs a day, with about {1} credits at the cost of its last runs.',
        number(count),
        number(cost * count),
      );
}

function creditsOf(run: Run): number | undefined {
  const credits = usageOf(run).costs.flatMap((cost) => cost.credits ?? []);
  return credits.length > 0 ? credits.reduce((sum, one) => sum + one, 0) : undefined;
}

/** One run that went wrong in an expensive way says little. */
function medianOf(values: readonly number[]): number | undefined {
  const inOrder = [...values].sort((one, other) => one - other);
  return inOrder[Math.floor(inOrder.length / 2)];
}
