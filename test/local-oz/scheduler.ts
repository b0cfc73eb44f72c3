import { Cron } from 'croner';
import { iso } from './clock';
import type { Lifecycle } from './lifecycle';
import { invalid, notFound, Problem } from './problems';
import type { OzState, Schedule } from './state';

/** Starts the runs of schedules at their times. */
export class Scheduler {
  /** Counts changes of a schedule: times that were planned before do not count any more. */
  readonly #plans = new Map<string, number>();

  constructor(
    private readonly state: OzState,
    private readonly lifecycle: Lifecycle,
  ) {}

  all(): Schedule[] {
    return [...this.state.schedules.values()].map((schedule) => this.#told(schedule));
  }

  get(id: string): Schedule {
    const schedule = this.state.schedules.get(id);
    if (!schedule) throw notFound('Schedule');
    return this.#told(schedule);
  }

  /** Adds a schedule or replaces it, with its next time. Throws a 400 when the cron expression is invalid. */
  put(schedule: Schedule): Schedule {
    const time = nextTime(schedule.cron_schedule, this.state.now);
    const next = schedule.enabled ? time : undefined;
    const history = { last_ran: schedule.history?.last_ran ?? null, next_run: next === undefined ? null : iso(next) };
    const stored = { ...schedule, history, ...this.#environment(schedule) };
    this.state.schedules.set(schedule.id, stored);
    const plan = (this.#plans.get(schedule.id) ?? 0) + 1;
    this.#plans.set(schedule.id, plan);
    if (next !== undefined) {
      this.state.agenda.at(next, () => {
        if (this.#plans.get(schedule.id) === plan) this.#spawn(this.get(schedule.id));
      });
    }
    return this.#told(stored);
  }

  delete(id: string): void {
    this.get(id);
    this.state.schedules.delete(id);
    this.#plans.set(id, (this.#plans.get(id) ?? 0) + 1);
  }

  #spawn(schedule: Schedule): void {
    const { id, name, cron_schedule, prompt, agent_config } = schedule;
    try {
      this.#checkEnvironment(schedule);
      this.lifecycle.launch({
        request: { prompt, title: name, ...(agent_config && { config: agent_config }) },
        source: 'SCHEDULED_AGENT',
        creator: schedule.created_by ?? this.state.caller,
        schedule: { schedule_id: id, schedule_name: name, cron_schedule },
      });
      this.put({ ...schedule, last_spawn_error: null, history: { ...schedule.history, ...this.#startedNow() } });
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      this.put({ ...schedule, last_spawn_error: error.message });
    }
  }

  #startedNow(): Schedule['history'] {
    return this.state.lastRanIs === 'started' ? { last_ran: iso(this.state.now) } : {};
  }

  #told(schedule: Schedule): Schedule {
    if (this.state.lastRanIs === 'started') return schedule;
    const good = [...this.state.runs.values()].flatMap(({ item }) =>
      item.schedule?.schedule_id === schedule.id && item.state === 'SUCCEEDED' ? item.created_at : [],
    );
    const last_ran = good.sort().at(-1) ?? schedule.history?.last_ran ?? null;
    return { ...schedule, history: { ...schedule.history, last_ran } };
  }

  #checkEnvironment({ agent_config }: Schedule): void {
    const id = agent_config?.environment_id;
    if (id !== undefined && !this.state.environments.some(({ uid }) => uid === id)) {
      throw notFound(`Environment ${id}`);
    }
  }

  #environment({ agent_config }: Schedule): Pick<Schedule, 'environment'> {
    const found = this.state.environments.find(({ uid }) => uid === agent_config?.environment_id);
    return { environment: found?.config };
  }
}

/** The next time of a cron expression of five fields in UTC, or undefined when there is none. Throws a 400. */
export function nextTime(expression: string, after: number): number | undefined {
  return cronOf(expression).nextRun(new Date(after))?.getTime();
}

/** All times after `from` and before `to`, in order. */
export function timesBetween(expression: string, from: number, to: number): number[] {
  const cron = cronOf(expression);
  const times: number[] = [];
  for (let next = cron.nextRun(new Date(from)); next && next.getTime() < to; next = cron.nextRun(next)) {
    times.push(next.getTime());
  }
  return times;
}

function cronOf(expression: string): Cron {
  // croner also knows `@daily` and seconds; the service does not.
  if (expression.trim().split(/\s+/).length !== 5) throw invalid('Invalid cron expression.', expression);
  try {
    return new Cron(expression, { timezone: 'UTC', mode: '5-part', paused: true });
  } catch {
    throw invalid('Invalid cron expression.', expression);
  }
}
