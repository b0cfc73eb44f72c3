import { isDeepStrictEqual } from 'node:util';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { Schedule } from '../oz/types';
import { emptyForm, formOf, requestOf, type ScheduleForm } from './scheduleForm';

/** A member of a form: its own (`name`, `cron` …), or one of `config` or `newer` (`config.harness`, `newer.metadata`). */
export type FormMember = string;

/** A member that both changed, to different values. Undefined: it is not set. */
export interface ScheduleConflict {
  member: FormMember;
  base: unknown;
  mine: unknown;
  theirs: unknown;
}

export type Side = 'mine' | 'theirs';

/** Answers a side for each conflict, in their order; undefined when nothing is to be saved. */
export type ChooseSides = (
  conflicts: readonly ScheduleConflict[],
  theirs: Schedule,
) => PromiseLike<readonly Side[] | undefined>;

export type SaveOutcome =
  /** `kept`: what others changed meanwhile and is kept. */
  | { kind: 'saved'; schedule: Schedule; kept: readonly FormMember[] }
  /** The service has all of it already: nothing was sent. */
  | { kind: 'same'; schedule: Schedule }
  | { kind: 'cancelled'; schedule: Schedule }
  /** It was deleted meanwhile. */
  | { kind: 'gone' };

export interface SaveScheduleDeps {
  client: Pick<OzClient, 'getSchedule' | 'updateSchedule'>;
}

/**
 * Replaces a schedule by what a person made of it. What changed on the service meanwhile is kept, member by member; where both
 * changed the same, the person chooses. It is read right before it is sent, also after a choice, which may take its time.
 * @param base the schedule that the person began with
 * @throws ApiProblem
 */
export async function saveSchedule(
  { client }: SaveScheduleDeps,
  base: Schedule,
  form: ScheduleForm,
  choose: ChooseSides,
  signal?: AbortSignal,
): Promise<SaveOutcome> {
  const kept = new Set<FormMember>();
  let [before, mine] = [base, form];
  try {
    for (;;) {
      const theirs = await client.getSchedule(base.id, signal);
      const merge = mergeForms(formOf(before), mine, formOf(theirs));
      for (const member of merge.theirs) {
        kept.add(member);
      }
      if (merge.conflicts.length === 0) {
        if (differences(merge.form, formOf(theirs)).length === 0) {
          return { kind: 'same', schedule: theirs };
        }
        const schedule = await client.updateSchedule(base.id, requestOf(merge.form, theirs), signal);
        return { kind: 'saved', schedule, kept: [...kept] };
      }
      const sides = await choose(merge.conflicts, theirs);
      if (!sides) {
        return { kind: 'cancelled', schedule: theirs };
      }
      mine = withSides(merge, sides);
      before = theirs;
    }
  } catch (error) {
    if (ApiProblem.is(error) && error.kind === 'notFound') {
      return { kind: 'gone' };
    }
    throw error;
  }
}

export interface FormMerge {
  /** With mine where both changed the same. */
  form: ScheduleForm;
  conflicts: ScheduleConflict[];
  /** What only they changed. */
  theirs: FormMember[];
}

/** Three-way: what only one side changed is that side's, members that nobody here knows included. */
export function mergeForms(base: ScheduleForm, mine: ScheduleForm, theirs: ScheduleForm): FormMerge {
  const began = membersOf(base);
  const members = differences(mine, theirs).map(({ member, a, b }) => {
    const before = began.get(member);
    const isMine = !isDeepStrictEqual(a, before);
    const isTheirs = !isDeepStrictEqual(b, before);
    return { member, base: before, mine: a, theirs: b, isMine, isTheirs };
  });
  const onlyTheirs = members.filter(({ isMine }) => !isMine);
  return {
    form: withMembers(mine, new Map(onlyTheirs.map((one) => [one.member, one.theirs]))),
    conflicts: members
      .filter(({ isMine, isTheirs }) => isMine && isTheirs)
      .map(({ member, base: before, mine: own, theirs: other }) => ({
        member,
        base: before,
        mine: own,
        theirs: other,
      })),
    theirs: onlyTheirs.map(({ member }) => member),
  };
}

/** In which members two forms differ. Who owns a schedule cannot be changed, so that is none. */
export function changedMembers(before: ScheduleForm, after: ScheduleForm): FormMember[] {
  return differences(before, after).map(({ member }) => member);
}

function withSides({ form, conflicts }: FormMerge, sides: readonly Side[]): ScheduleForm {
  const other = conflicts.filter((_, index) => sides[index] !== 'mine');
  return withMembers(form, new Map(other.map(({ member, theirs }) => [member, theirs])));
}

/** The members in which two forms differ, with both values. */
export function differences(a: ScheduleForm, b: ScheduleForm): { member: FormMember; a: unknown; b: unknown }[] {
  const [left, right] = [membersOf(a), membersOf(b)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((member) => ({ member, a: left.get(member), b: right.get(member) }))
    .filter((one) => !isDeepStrictEqual(one.a, one.b));
}

const nested = ['config', 'newer'] as const;

/** The members in one row: whatever is in one of `config` goes together, as a harness and its model do. */
function membersOf({ config, newer = {}, ...own }: ScheduleForm): Map<FormMember, unknown> {
  return new Map<FormMember, unknown>([
    ...Object.entries(own).filter(([name]) => name !== 'team'),
    ...Object.entries(config).map(([name, value]): [string, unknown] => [`config.${name}`, value]),
    ...Object.entries(newer).map(([name, value]): [string, unknown] => [`newer.${name}`, value]),
  ]);
}

/** The form with other values of some members; undefined takes one away. */
function withMembers(form: ScheduleForm, changes: ReadonlyMap<FormMember, unknown>): ScheduleForm {
  const all = [...new Map([...membersOf(form), ...changes])].filter(([, value]) => value !== undefined);
  const below = (prefix: string): object =>
    Object.fromEntries(
      all.filter(([name]) => name.startsWith(prefix)).map(([name, value]) => [name.slice(prefix.length), value]),
    );
  const own = all.filter(([name]) => !nested.some((one) => name.startsWith(`${one}.`)));
  const newer = below('newer.');
  return {
    ...emptyForm(),
    ...Object.fromEntries(own),
    ...(form.team !== undefined && { team: form.team }),
    config: below('config.'),
    ...(Object.keys(newer).length > 0 && { newer }),
  };
}
