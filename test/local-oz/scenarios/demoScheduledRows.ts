import { timesBetween } from '../scheduler';
import type { OzState } from '../state';
import { pull } from './demoArtifacts';
import type { Row } from './demoRuns';
import {
  dependencies,
  dependenciesFailed,
  drift,
  flakyTests,
  reconcile,
  reconcileDifference,
  releaseNotes,
} from '../stories/routine';
import { schedules, type ScheduleName } from './schedules';

const HOUR = 3_600_000;

/** What a schedule's runs have in common, and how the one `index` runs ago differs from them. */
const kinds: Partial<Record<ScheduleName, (index: number) => Omit<Row, 'ago' | 'schedule' | 'source'>>> = {
  dependencies: (index) => ({
    title: 'Nightly dependency updates',
    prompt: '',
    by: 'jonas',
    environment: 'storefront',
    skill: 'dependencies',
    took: 9,
    ...(index === 2
      ? {
          state: 'FAILED',
          status: { message: 'minisearch 7.4.0 breaks 3 tests; nothing was pushed.' },
          story: dependenciesFailed,
        }
      : {
          state: 'SUCCEEDED',
          story: dependencies,
          artifacts: [
            pull('storefront', 1840 - index * 7, `oz/dependencies-${index}`, index === 0 ? 'open' : 'merged'),
          ],
        }),
  }),
  flaky: (index) => ({
    title: 'Flaky test triage',
    prompt: '',
    state: 'SUCCEEDED',
    by: 'jonas',
    environment: 'storefront',
    skill: 'flaky',
    took: 14,
    story: flakyTests,
    artifacts: [pull('storefront', 1836 - index * 9, `oz/flaky-${index}`, 'merged')],
  }),
  notes: () => ({
    title: 'Weekly release notes',
    prompt: 'Publish them as a draft.',
    state: 'SUCCEEDED',
    by: 'jonas',
    environment: 'storefront',
    skill: 'notes',
    took: 5,
    story: releaseNotes,
  }),
  reconcile: (index) => ({
    title: 'Reconcile yesterday’s payouts',
    prompt: 'Compare yesterday’s payouts with the ledger. Open an issue for every difference above one euro.',
    state: 'SUCCEEDED',
    by: 'priya',
    environment: 'payments',
    model: 'claude-sonnet-5',
    took: 3,
    story: index === 1 ? reconcileDifference : reconcile,
  }),
  drift: () => ({
    title: 'Terraform drift check',
    prompt: '',
    state: 'SUCCEEDED',
    by: 'jonas',
    environment: 'infra',
    skill: 'drift',
    took: 4,
    story: drift,
  }),
};

/** `count` runs that the schedules have started, at the times at which they would have. */
export function scheduledRows(state: OzState, count: number): Row[] {
  const rows = (name: ScheduleName, most: number, until = state.now - HOUR): Row[] => {
    const cron = state.schedules.get(schedules[name])?.cron_schedule ?? '';
    return timesBetween(cron, state.now - 7 * 24 * HOUR, until)
      .reverse()
      .slice(0, most)
      .flatMap((time, index) => {
        const kind = kinds[name]?.(index);
        return kind
          ? [{ ...kind, source: 'SCHEDULED_AGENT', schedule: name, ago: (state.now - time) / 60_000 } satisfies Row]
          : [];
      });
  };
  const regular = [...rows('dependencies', 6), ...rows('flaky', 4), ...rows('notes', 1), ...rows('reconcile', 4)];
  // The drift check fills up: it has found no environment for three days, so its runs are older than that.
  return [...regular, ...rows('drift', count - regular.length, state.now - 72 * HOUR)];
}
