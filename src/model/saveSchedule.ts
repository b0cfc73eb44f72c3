import { isDeepStrictEqual } from 'node:util';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem, type ProblemKind } from '../oz/problems';
import type { AgentConfig, Schedule, WholeSchedule } from '../oz/types';
import { harnessTakes } from './harnessFit';
import { hiddenIn, type LeftOut } from './runAgain';
import {
  conflictsIn,
  type FormMember,
  mergeForms,
  type ScheduleConflict,
  type Side,
  withSides,
} from './scheduleChange';
import { formOf, problemsIn, replacementOf, type ScheduleForm } from './scheduleForm';

/** What a person is asked before a schedule is saved. */
export interface SaveQuestions {
  /**
   * Answers a side for each conflict, in their order; undefined when nothing is to be saved.
   * @param isMismatch what each side made of it is fine, and both together are not
   */
  choose(conflicts: readonly ScheduleConflict[], isMismatch: boolean): PromiseLike<readonly Side[] | undefined>;
  /** Whether values that the service hides may go back as it showed them: they may be lost. */
  sendHidden(hidden: readonly LeftOut[]): PromiseLike<boolean>;
}

export type SaveOutcome =
  /** The service has all of it. `kept`: what others changed meanwhile and is kept. */
  | { kind: 'saved'; schedule: Schedule; kept: readonly FormMember[] }
  /** A person does not want it after all. */
  | { kind: 'declined'; schedule: Schedule }
  /** It was deleted meanwhile. */
  | { kind: 'gone' };

export interface SaveScheduleDeps {
  client: Pick<OzClient, 'getWholeSchedule' | 'updateSchedule'>;
}

/** Of a schedule whose `enabled` cannot be read: saving might start or stop it. */
export const enabledUnreadable = 'enabled_unreadable';

/** How often it is sent at the most. */
const mostSent = 3;

/** Failures after which the schedule may be saved all the same. */
const doubtful: ReadonlySet<ProblemKind> = new Set<ProblemKind>(['outcomeUnknown', 'server']);
/** Failures that may pass; the client waits as long as the service asked for. */
const passing: ReadonlySet<ProblemKind> = new Set<ProblemKind>(['server', 'rateLimited', 'unreachable', 'timeout']);

/**
 * Replaces a schedule by what a person made of it. What changed on the service meanwhile is kept, member by member; where both
 * changed the same, the person chooses. It is read right before each time that it is sent, also after a question, which may
 * take its time, and after a try that failed in a way that leaves open what became of it.
 * @param base the schedule that the person began with
 * @throws ApiProblem; `outcomeUnknown` when it may be saved, `aborted` when nothing was saved, code `enabledUnreadable`
 */
export async function saveSchedule(
  { client }: SaveScheduleDeps,
  base: Schedule,
  form: ScheduleForm,
  questions: SaveQuestions,
  signal?: AbortSignal,
): Promise<SaveOutcome> {
  const kept = new Set<FormMember>();
  let [before, mine] = [formOf(base), form];
  let mayHide: readonly LeftOut[] = [];
  let failed: ApiProblem | undefined;
  for (let sent = 0; ;) {
    const whole = await readAgain(client, base.id, failed, signal);
    if (!whole) {
      return { kind: 'gone' };
    }
    const theirs = formOf(whole.schedule);
    const merge = mergeForms(before, mine, theirs);
    const mismatch = mismatched(merge.form, mine, theirs);
    for (const member of merge.theirs.filter((one) => !mismatch.includes(one))) {
      kept.add(member);
    }
    const conflicts = conflictsIn([...merge.conflicts, ...mismatch], mine, theirs);
    const all = replacementOf(merge.form, whole);
    if (conflicts.length === 0 && isDeepStrictEqual(all, replacementOf(theirs, whole))) {
      return { kind: 'saved', schedule: whole.schedule, kept: [...kept] };
    }
    if (failed && (signal?.aborted || sent >= mostSent || !mayPass(failed))) {
      throw failed;
    }
    if (typeof whole.raw.enabled !== 'boolean') {
      throw new ApiProblem({ kind: 'notOz', code: enabledUnreadable, message: '', retryable: false });
    }
    if (conflicts.length > 0) {
      const sides = await questions.choose(conflicts, mismatch.length > 0);
      if (!sides) {
        return { kind: 'declined', schedule: whole.schedule };
      }
      const chosen = withSides(merge.form, conflicts, sides);
      if (mismatched(chosen, mine, theirs).length === 0) {
        [before, mine] = [theirs, chosen];
      }
      continue;
    }
    const hidden = hiddenBoth(merge.form.config, theirs.config);
    if (hidden.length > 0 && !isDeepStrictEqual(hidden, mayHide)) {
      if (!(await questions.sendHidden(hidden))) {
        return { kind: 'declined', schedule: whole.schedule };
      }
      mayHide = hidden;
      continue;
    }
    try {
      sent += 1;
      return { kind: 'saved', schedule: await client.updateSchedule(base.id, all, signal), kept: [...kept] };
    } catch (error) {
      if (!ApiProblem.is(error) || !(doubtful.has(error.kind) || mayPass(error) || error.kind === 'notFound')) {
        throw error;
      }
      failed = error;
    }
  }
}

/**
 * The schedule as it is now, or undefined when it is gone. A person who cancelled after it was sent wants to know all the more.
 * @param failed why the last try to save it failed
 */
async function readAgain(
  client: SaveScheduleDeps['client'],
  id: string,
  failed: ApiProblem | undefined,
  signal: AbortSignal | undefined,
): Promise<WholeSchedule | undefined> {
  const isInDoubt = failed !== undefined && doubtful.has(failed.kind);
  try {
    return await client.getWholeSchedule(id, isInDoubt && signal?.aborted ? undefined : signal);
  } catch (error) {
    if (ApiProblem.is(error) && error.kind === 'notFound') {
      return undefined;
    }
    throw isInDoubt ? new ApiProblem({ ...failed.facts, kind: 'outcomeUnknown' }) : error;
  }
}

/** What the service named as missing is no failure that passes, and only reading tells whether it is the schedule. */
function mayPass({ kind, facts: { retryable } }: ApiProblem): boolean {
  return kind === 'outcomeUnknown' || (passing.has(kind) && retryable !== false);
}

/** What the form sends back of the servers although the service hides it. */
function hiddenBoth({ mcp_servers: servers }: AgentConfig, theirs: AgentConfig): LeftOut[] {
  return isDeepStrictEqual(servers, theirs.mcp_servers) ? hiddenIn(theirs) : [];
}

/** Members that make sense only together, and when they do not. */
const together: { members: readonly FormMember[]; isWrong: (form: ScheduleForm) => boolean }[] = [
  { members: ['prompt', 'skill'], isWrong: (form) => problemsIn(form).some(({ field }) => field === 'prompt') },
  {
    members: ['config.harness', 'config.harness_auth_secrets'],
    isWrong: ({ config: { harness, harness_auth_secrets: secrets } }) =>
      secrets !== undefined && !harnessTakes('harnessSecret', { harness: harness?.type }),
  },
];

/** The members that are wrong in the form although each side was fine by itself. */
function mismatched(form: ScheduleForm, mine: ScheduleForm, theirs: ScheduleForm): FormMember[] {
  return together
    .filter(({ isWrong }) => isWrong(form) && !isWrong(mine) && !isWrong(theirs))
    .flatMap(({ members }) => members);
}
