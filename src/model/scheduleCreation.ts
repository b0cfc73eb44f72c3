import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem, type ProblemKind } from '../oz/problems';
import type { Schedule, ScheduleRequest } from '../oz/types';

/** The pauses before each look for a schedule whose answer was lost, in milliseconds. */
const looks = [500, 1500, 3000];

/** Answers after which the schedule may exist although creating it failed: one look is worth it. */
const doubtful: ReadonlySet<ProblemKind> = new Set<ProblemKind>(['timeout', 'server', 'notOz', 'rateLimited']);

export interface CreatedSchedule {
  schedule: Schedule;
  /** The answer was lost and the schedule was found by looking. */
  found: boolean;
}

/**
 * Creates one schedule, never twice. The service knows no idempotency key: one whose answer was lost is looked for among
 * those that were not there before, also when a person tries again.
 */
export class ScheduleCreation {
  readonly #client: Pick<OzClient, 'listSchedules' | 'createSchedule'>;
  readonly #clock: Pick<Clock, 'after'>;
  /** The schedules of the time before the first one was sent. */
  #before: ReadonlySet<string> | undefined;
  #isInDoubt = false;

  constructor(client: Pick<OzClient, 'listSchedules' | 'createSchedule'>, clock: Pick<Clock, 'after'>) {
    this.#client = client;
    this.#clock = clock;
  }

  /**
   * May be called again once it has failed.
   * @throws ApiProblem; of kind `outcomeUnknown` when the schedule may exist but was not found
   */
  async create(request: ScheduleRequest, signal?: AbortSignal): Promise<CreatedSchedule> {
    const listed = await this.#client.listSchedules(signal);
    this.#before ??= new Set(listed.map(({ id }) => id));
    const already = this.#isInDoubt ? this.#cameOf(request, listed) : undefined;
    if (already) {
      return { schedule: already, found: true };
    }
    try {
      return { schedule: await this.#client.createSchedule(request, signal), found: false };
    } catch (error) {
      if (!ApiProblem.is(error) || (error.kind !== 'outcomeUnknown' && !doubtful.has(error.kind))) {
        throw error;
      }
      this.#isInDoubt = true;
      const schedule = await this.#look(request, error.kind === 'outcomeUnknown' ? looks : looks.slice(0, 1));
      if (!schedule) {
        throw error;
      }
      return { schedule, found: true };
    }
  }

  /** A look that fails does not end it; a person who cancels wants to know all the more. */
  async #look(request: ScheduleRequest, pauses: readonly number[]): Promise<Schedule | undefined> {
    for (const pause of pauses) {
      await new Promise<void>((resolve) => this.#clock.after(pause, resolve));
      const match = this.#cameOf(request, await this.#client.listSchedules().catch(nothingRead));
      if (match) {
        return match;
      }
    }
    return undefined;
  }

  #cameOf(request: ScheduleRequest, listed: readonly Schedule[]): Schedule | undefined {
    const { name, cron_schedule: cron, prompt = '', agent_config: config } = request;
    return listed.find(
      (schedule) =>
        !this.#before?.has(schedule.id) &&
        schedule.name.trim() === name.trim() &&
        schedule.cron_schedule.trim() === cron.trim() &&
        schedule.prompt.trim() === prompt.trim() &&
        (schedule.agent_config?.skill_spec ?? '') === (config?.skill_spec ?? ''),
    );
  }
}

function nothingRead(error: unknown): Schedule[] {
  if (!ApiProblem.is(error)) {
    throw error;
  }
  return [];
}
