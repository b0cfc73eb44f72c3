import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { Schedule } from '../oz/types';
import { isAlike } from './formTexts';
import { isDoubtful } from './doubt';
import { asProblem } from './loadStatus';
import { formOf, requestOf, type ScheduleForm } from './scheduleForm';

/** The pauses before each look for a schedule whose answer was lost, in milliseconds. After another answer, one is worth it. */
const looks = [500, 1500, 3000];

/** A new schedule that is sent, or was and may exist. Plain data. */
export interface SentSchedule {
  form: ScheduleForm;
  /** The ids of the schedules that were there before. */
  before: readonly string[];
  /** Milliseconds since 1970. */
  at: number;
  /** What is written since has nothing to do with it, unless that is the same again. */
  isGivenUp?: boolean;
}

export interface CreationDeps {
  client: Pick<OzClient, 'listSchedules' | 'createSchedule'>;
  clock: Pick<Clock, 'now' | 'after'>;
  /** Keeps what is about to be sent; what was sent before that again once the service refused it. */
  note: (sent: SentSchedule | undefined) => PromiseLike<void>;
}

export interface CreatedSchedule {
  schedule: Schedule;
  /** What it was made from, which may be what was sent before. */
  form: ScheduleForm;
  /** One that was found, not answered, may be a colleague's after all. */
  isAnswered: boolean;
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
  const listed = await client.listSchedules(signal, true);
  const earlier = sent && cameOf(sent, listed);
  if (earlier && (!sent.isGivenUp || isAlike(sent.form, form))) {
    return { schedule: earlier, form: sent.form, isAnswered: false };
  }
  const sending = { form, before: listed.map(({ id }) => id), at: clock.now() };
  await note(sending);
  try {
    return { schedule: await client.createSchedule(requestOf(form), signal), form, isAnswered: true };
  } catch (error) {
    const { facts } = asProblem(error);
    if (!isDoubtful(facts)) {
      await note(sent);
      throw error;
    }
    const pauses = facts.kind === 'outcomeUnknown' ? looks : looks.slice(0, 1);
    const schedule = await look(client, clock, sending, pauses);
    if (!schedule) {
      throw error;
    }
    return { schedule, form, isAnswered: false };
  }
}

/** The schedule that came of what was sent, among those that are there now. */
export function cameOf({ form, before }: SentSchedule, listed: readonly Schedule[]): Schedule | undefined {
  return listed.find((schedule) => !before.includes(schedule.id) && isAlike(form, formOf(schedule)));
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
    const match = cameOf(sent, await client.listSchedules(undefined, true).catch(nothingRead));
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
