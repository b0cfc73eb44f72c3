import { iso } from '../clock';
import type { Oz } from '../operations/operation';
import { timesBetween } from '../scheduler';
import type { Schedule } from '../state';
import { skillSpec } from './skills';
import { environments, people } from './team';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const schedules = {
  dependencies: 'sched-dependencies',
  flaky: 'sched-flaky',
  drift: 'sched-drift',
  notes: 'sched-notes',
  reconcile: 'sched-reconcile',
  accessibility: 'sched-accessibility',
};

export type ScheduleName = keyof typeof schedules;

export function addSchedules({ state, scheduler }: Oz): void {
  const add = (
    name: ScheduleName,
    title: string,
    cron_schedule: string,
    prompt: string,
    config: Schedule['agent_config'],
    lastRanBefore: number,
    rest: Partial<Schedule> = {},
  ): void => {
    scheduler.put({
      id: schedules[name],
      name: title,
      cron_schedule,
      enabled: true,
      prompt,
      last_spawn_error: null,
      agent_config: config,
      created_at: iso(state.now - 40 * DAY),
      updated_at: iso(state.now - 9 * DAY),
      created_by: people.jonas,
      updated_by: people.maya,
      history: { last_ran: lastTime(cron_schedule, state.now - lastRanBefore * HOUR) },
      scope: { type: 'Team', uid: 'team-acme' },
      ...rest,
    });
  };
  const storefront = { environment_id: environments.storefront };
  add(
    'dependencies',
    'Nightly dependency updates',
    '0 2 * * *',
    '',
    { ...storefront, skill_spec: skillSpec('dependencies') },
    1,
  );
  add('flaky', 'Flaky test triage', '30 6 * * 1-5', '', { ...storefront, skill_spec: skillSpec('flaky') }, 1);
  add(
    'drift',
    'Terraform drift check',
    '0 */6 * * *',
    '',
    { environment_id: 'env-infra-old', skill_spec: skillSpec('drift') },
    72,
    {
      last_spawn_error: 'Environment env-infra-old not found',
    },
  );
  add(
    'notes',
    'Weekly release notes',
    '0 15 * * 5',
    'Publish them as a draft.',
    { ...storefront, skill_spec: skillSpec('notes') },
    1,
  );
  add(
    'reconcile',
    'Reconcile yesterday’s payouts',
    '15 5 * * *',
    'Compare yesterday’s payouts with the ledger. Open an issue for every difference above one euro.',
    { environment_id: environments.payments, model_id: 'claude-sonnet-5' },
    1,
    { created_by: people.priya },
  );
  add(
    'accessibility',
    'Accessibility audit',
    '0 9 * * 1',
    '',
    { ...storefront, skill_spec: skillSpec('accessibility') },
    10 * 24,
    {
      enabled: false,
    },
  );
}

/** The last time of a schedule in the eight days before `end`. */
function lastTime(cron: string, end: number): string | null {
  const last = timesBetween(cron, end - 8 * DAY, end).at(-1);
  return last === undefined ? null : iso(last);
}
