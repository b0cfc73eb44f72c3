import { isDeepStrictEqual } from 'node:util';
import { emptyForm, type ScheduleForm } from './scheduleForm';

/** A member of a form: its own (`name`, `cron` …), or one of `config` or `newer` (`config.harness`, `newer.metadata`). */
export type FormMember = string;

/** A member of which a person is to choose a side. Undefined: it is not set. */
export interface ScheduleConflict {
  member: FormMember;
  mine: unknown;
  theirs: unknown;
}

export type Side = 'mine' | 'theirs';

export interface FormMerge {
  /** With mine where both changed the same. */
  form: ScheduleForm;
  /** What both changed, to different values. */
  conflicts: FormMember[];
  /** What only they changed. */
  theirs: FormMember[];
}

/** Three-way: what only one side changed is that side's, members that nobody here knows included. */
export function mergeForms(base: ScheduleForm, mine: ScheduleForm, theirs: ScheduleForm): FormMerge {
  const began = membersOf(base);
  const isAsBefore = (member: FormMember, value: unknown): boolean => isDeepStrictEqual(value, began.get(member));
  const all = differences(mine, theirs);
  const onlyTheirs = all.filter(({ member, a }) => isAsBefore(member, a));
  return {
    form: withMembers(mine, new Map(onlyTheirs.map(({ member, b }) => [member, b]))),
    conflicts: all
      .filter(({ member, a, b }) => !isAsBefore(member, a) && !isAsBefore(member, b))
      .map(({ member }) => member),
    theirs: onlyTheirs.map(({ member }) => member),
  };
}

/** Both sides of some members, in the order of the form. */
export function conflictsIn(
  members: readonly FormMember[],
  mine: ScheduleForm,
  theirs: ScheduleForm,
): ScheduleConflict[] {
  return differences(mine, theirs)
    .filter(({ member }) => members.includes(member))
    .map(({ member, a, b }) => ({ member, mine: a, theirs: b }));
}

/** The form with the side of each conflict that was chosen. @param sides one for each, in their order */
export function withSides(
  form: ScheduleForm,
  conflicts: readonly ScheduleConflict[],
  sides: readonly Side[],
): ScheduleForm {
  const chosen = conflicts.map(({ member, mine, theirs }, index): [FormMember, unknown] => [
    member,
    sides[index] === 'mine' ? mine : theirs,
  ]);
  return withMembers(form, new Map(chosen));
}

/** In which members two forms differ. */
export function changedMembers(before: ScheduleForm, after: ScheduleForm): FormMember[] {
  return differences(before, after).map(({ member }) => member);
}

/** The members in which two forms differ, with both values. Who owns a schedule cannot be changed, so that is none. */
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
