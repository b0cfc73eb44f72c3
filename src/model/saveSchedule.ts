import { isDeepStrictEqual } from 'node:util';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem, outcomeUnknown } from '../oz/problems';
import type { AgentConfig, Schedule, WholeSchedule } from '../oz/types';
import { likened, settled } from './formTexts';
import { harnessTakes } from './harnessFit';
import { withServersLike } from './hiddenServers';
import { isDoubtful } from './doubt';
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

/** Which side counts. */
export interface SidesQuestion {
  kind: 'sides';
  conflicts: readonly ScheduleConflict[];
  /** What each side made of it is fine, and both together are not. */
  isMismatch: boolean;
  /** What only they changed, which is taken over. */
  others: readonly ScheduleConflict[];
  /** As they left it. */
  schedule: Schedule;
}

/** What a person is asked before a schedule is saved. */
export type SaveQuestion =
  | SidesQuestion
  /** Whether values that the service hides may go back as it showed them: they may be lost. */
  | { kind: 'hidden'; hidden: readonly LeftOut[] };

/** A side for each conflict, in their order, where sides are asked for; null: nothing is to be saved. */
export type SaveAnswer = readonly Side[] | null;

export type SaveOutcome =
  /** The service has all of it. `kept`: what others changed meanwhile and is kept. */
  | { kind: 'saved'; schedule: Schedule; kept: readonly FormMember[] }
  /** A person does not want it after all. */
  | { kind: 'declined'; schedule: Schedule }
  /** It was deleted meanwhile. */
  | { kind: 'gone' };

export interface SaveScheduleDeps {
  client: Pick<OzClient, 'getWholeSchedule' | 'updateSchedule'>;
  ask: (question: SaveQuestion) => PromiseLike<SaveAnswer>;
  /** What of the hidden may go back by a person's word of before. */
  mayHide?: readonly LeftOut[];
}

/** Of a schedule whose `enabled` cannot be read: saving might start or stop it. */
export const enabledUnreadable = 'enabled_unreadable';

/** How often it is sent at the most. */
const mostSent = 3;

/**
 * Replaces a schedule by what a person made of it. What changed on the service meanwhile is kept, member by member; where both
 * changed the same, the person chooses. It is read right before each time that it is sent, also after a question, which may
 * take its time, and after a try that failed in a way that leaves open what became of it.
 * @param base the schedule that the person began with
 * @throws ApiProblem; `outcomeUnknown` when it may be saved, `aborted` when nothing was saved, code `enabledUnreadable`
 */
export async function saveSchedule(
  { client, ask, mayHide = [] }: SaveScheduleDeps,
  base: Schedule,
  form: ScheduleForm,
  signal?: AbortSignal,
): Promise<SaveOutcome> {
  const kept = new Set<FormMember>();
  let before = formOf(base);
  let mine = likened(settled(form), before);
  let agreed = mayHide;
  let failed: ApiProblem | undefined;
  for (let sent = 0; ;) {
    const whole = await readAgain(client, base.id, failed, signal);
    if (!whole) {
      return { kind: 'gone' };
    }
    const shown = formOf(whole.schedule);
    // It may have arrived, and come back with its secrets hidden.
    const theirs = failed && isDoubtful(failed.facts) ? withServersLike(shown, mine, { shown, before }) : shown;
    const merge = mergeForms(before, mine, theirs);
    const mismatch = mismatched(merge.form, mine, theirs);
    const taken = merge.theirs.filter((one) => !mismatch.includes(one));
    for (const member of taken) {
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
      const others = conflictsIn(taken, mine, theirs);
      const isMismatch = mismatch.length > 0;
      const sides = await ask({ kind: 'sides', conflicts, isMismatch, others, schedule: whole.schedule });
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
    if (hidden.length > 0 && !isDeepStrictEqual(hidden, agreed)) {
      if (!(await ask({ kind: 'hidden', hidden }))) {
        return { kind: 'declined', schedule: whole.schedule };
      }
      agreed = hidden;
      continue;
    }
    try {
      sent += 1;
      return { kind: 'saved', schedule: await client.updateSchedule(base.id, all, signal), kept: [...kept] };
    } catch (error) {
      if (!ApiProblem.is(error) || !(isDoubtful(error.facts) || mayPass(error) || error.kind === 'notFound')) {
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
  const isInDoubt = failed !== undefined && isDoubtful(failed.facts);
  try {
    return await client.getWholeSchedule(id, isInDoubt && signal?.aborted ? undefined : signal);
  } catch (error) {
    if (ApiProblem.is(error) && error.kind === 'notFound') {
      return undefined;
    }
    throw isInDoubt ? outcomeUnknown(failed.facts) : error;
  }
}

/**
 * Whether sending it again may help; the client waits as long as the service asked for. What the service named as missing does
 * not pass, and only reading tells whether it is the schedule.
 */
function mayPass({ kind, facts }: ApiProblem): boolean {
  const isPassing = isDoubtful(facts) || kind === 'unreachable' || kind === 'timeout';
  return kind === 'outcomeUnknown' || (isPassing && facts.retryable !== false);
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
