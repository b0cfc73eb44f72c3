import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem, type ProblemKind } from '../oz/problems';
import type { Schedule } from '../oz/types';
import { tidyCron } from './cronCheck';
import { requestOf, type ScheduleForm } from './scheduleForm';

/** The pauses before each look for a schedule whose answer was lost, in milliseconds. */
const looks = [500, 1500, 3000];

/** Answers after which the schedule may exist although creating it failed: one look is worth it. */
const doubtful: ReadonlySet<ProblemKind> = new Set<ProblemKind>(['timeout', 'server', 'notOz', 'rateLimited']);

/** A new schedule that is sent, or was and may exist. Plain data. */
export interface SentSchedule {
  form: ScheduleForm;
  /** The ids of the schedules that were there before. */
  before: readonly string[];
  /** Milliseconds since 1970. */
  at: number;
}

export interface CreationDeps {
  client: Pick<OzClient, 'listSchedules' | 'createSchedule'>;
  clock: Pick<Clock, 'now' | 'after'>;
  /** Keeps what is about to be sent; undefined: the service refused it. */
  note: (sent: SentSchedule | undefined) => PromiseLike<void>;
}

export interface CreatedSchedule {
  schedule: Schedule;
  /** What it was made from, which may be what was sent before. */
  form: ScheduleForm;
}

/**
 * Creates one schedule, never twice. The service knows no idempotency key: one whose answer was lost is looked for among
 * those that were not there before, also when a person tries again with something else. It is noted before it is sent.
 * @param sent what was sent before and may exist
 * @throws ApiProblem; of kind `outcomeUnknown` when the schedule may exist but was not found, `aborted` when nothing was sent
 */
export async function createSchedule(
  { client, clock, note }: CreationDeps,
  form: ScheduleForm,
  sent: SentSchedule | undefined,
  signal?: AbortSignal,
): Promise<CreatedSchedule> {
  const listed = await client.listSchedules(signal);
  const earlier = sent && cameOf(sent, listed);
  if (earlier) {
    return { schedule: earlier, form: sent.form };
  }
  const sending = { form, before: listed.map(({ id }) => id), at: clock.now() };
  await note(sending);
  try {
    return { schedule: await client.createSchedule(requestOf(form), signal), form };
  } catch (error) {
    const kind = ApiProblem.is(error) ? error.kind : 'notOz';
    if (kind !== 'outcomeUnknown' && !doubtful.has(kind)) {
      await note(undefined);
      throw error;
    }
    const schedule = await look(client, clock, sending, kind === 'outcomeUnknown' ? looks : looks.slice(0, 1));
    if (!schedule) {
      throw error;
    }
    return { schedule, form };
  }
}

/** The schedule that came of what was sent, among those that are there now. */
export function cameOf({ form, before }: SentSchedule, listed: readonly Schedule[]): Schedule | undefined {
  const { name, cron, prompt, skill = '' } = form;
  return listed.find(
    (schedule) =>
      !before.includes(schedule.id) &&
      schedule.name.trim() === name.trim() &&
      tidyCron(schedule.cron_schedule) === tidyCron(cron) &&
      schedule.prompt.trim() === prompt.trim() &&
      (schedule.agent_config?.skill_spec ?? '').trim() === skill.trim(),
  );
}

/** A look that fails does not end it; a person who cancels wants to know all the more. */
async function look(
  client: Pick<OzClient, 'listSchedules'>,
  clock: Pick<Clock, 'after'>,
  sent: SentSchedule,
  pauses: readonly number[],
): Promise<Schedule | undefined> {
  for (const pause of pauses) {
    await new Promise<void>((resolve) => clock.after(pause, resolve));
    const match = cameOf(sent, await client.listSchedules().catch(nothingRead));
    if (match) {
      return match;
    }
  }
  return undefined;
}

function nothingRead(error: unknown): Schedule[] {
  if (!ApiProblem.is(error)) {
    throw error;
  }
  return [];
}
