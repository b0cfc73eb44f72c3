import { checkCron } from '../model/cronCheck';
import { changedMembers, type FormMember } from '../model/scheduleChange';
import { type FormProblem, formOf, longestIdle, problemsIn, shortestIdle } from '../model/scheduleForm';
import { visibleText } from '../platform/plainText';
import { type FormPart, type FormView, mostTyped } from './protocol';
import type { ScheduleEditing } from './scheduleEditing';
import type { ScheduleWords } from './scheduleWords';

type Edited = Pick<ScheduleEditing, 'form' | 'base'>;

/** The members that a problem is about. */
const membersOf: Record<FormProblem['field'], readonly FormMember[]> = {
  name: ['name'],
  cron: ['cron'],
  prompt: ['prompt', 'skill'],
  skill: ['skill'],
  idleTimeoutMinutes: ['config.idle_timeout_minutes'],
};

/** Characters of a text. */
const lookedAt = 100_000;

/** Nothing that a person wrote is wrong, as far as can be told here. */
export function isComplete(editing: Edited): boolean {
  const isOwn = ownIn(editing);
  const { form } = editing;
  return !problemsIn(form).some(({ field }) => isOwn(field)) && !(isOwn('cron') && checkCron(form.cron).length > 0);
}

/**
 * What is wrong with a form. Of what the service has already, and nobody changed here, it is a remark: the service took it, so
 * it understands more than is understood here.
 * `showsAll`: also what is missing, which whoever is still writing knows; `isLikely`: it began with what a launch would have.
 */
export function formProblems(
  editing: Edited & Pick<ScheduleEditing, 'start'>,
  { cron, showsAll, isLikely }: { cron: FormView['cron']; showsAll: boolean; isLikely: boolean },
  words: ScheduleWords,
): Pick<FormView, 'problems' | 'remarks' | 'cron'> {
  const isOwn = ownIn(editing);
  const all = problemsIn(editing.form);
  const isShown = ({ field, kind }: FormProblem): boolean =>
    isOwn(field) ? showsAll || kind !== 'missing' : kind !== 'missing';
  const partsOf = (problems: FormProblem[]): [FormPart, string][] =>
    problems.filter(isShown).map((problem) => inWords(problem, words));
  const keptAsItIs = (text: string): string =>
    words.t('{0} It is kept as the service has it unless you change it.', text);
  const remarks = partsOf(all.filter(({ field }) => !isOwn(field)));
  const unread = isOwn('cron') ? [] : cron.problems;
  return {
    problems: Object.fromEntries(partsOf(all.filter(({ field }) => isOwn(field)))),
    remarks: Object.fromEntries([
      ...remarks.map(([part, text]) => [part, keptAsItIs(text)]),
      ...unseenIn(editing.form, words),
      ...environmentRemark(editing, isLikely, words),
      ...(editing.form.prompt.length < mostTyped ? [] : [['prompt', tooLong(words)]]),
      ...(unread.length > 0 ? [['cron', keptAsItIs(words.t('These times are not understood here.'))]] : []),
    ]) as FormView['remarks'],
    cron: unread.length > 0 ? { ...cron, marks: [], problems: [] } : cron,
  };
}

/** Whether a person wrote what a problem is about: all of it in a new schedule, else what is other than it was. */
function ownIn({ form, base }: Edited): (field: FormProblem['field']) => boolean {
  const changed = base && changedMembers(formOf(base), form);
  return (field) => !changed || membersOf[field].some((member) => changed.includes(member));
}

/** What is typed is shown as it is, so what cannot be seen of it is said. */
function unseenIn({ name, prompt }: Edited['form'], { t }: ScheduleWords): [FormPart, string][] {
  return (
    [
      ['name', name],
      ['prompt', prompt],
    ] as const
  ).flatMap(([part, text]): [FormPart, string][] => {
    const [, number] = /‹(U\+[\dA-F]+)›/.exec(visibleText(text.slice(0, lookedAt))) ?? [];
    return number === undefined || text.includes(number)
      ? []
      : [[part, t('Not all of its characters can be seen: it has {0}.', number)]];
  });
}

function environmentRemark(
  { form, start, base }: Parameters<typeof formProblems>[0],
  isLikely: boolean,
  { t }: ScheduleWords,
): [FormPart, string][] {
  if (form.environment === undefined) {
    return [['environment', t('Without an environment the agent has no repository.')]];
  }
  return isLikely && !base && form.environment === start.environment
    ? [['environment', t('It is the one that a launch from here would have.')]]
    : [];
}

function tooLong({ t, language }: ScheduleWords): string {
  const most = new Intl.NumberFormat(language).format(mostTyped);
  return t('No more than {0} characters can be written here. A longer prompt stays as it is.', most);
}

function inWords(problem: FormProblem, { t }: ScheduleWords): [FormPart, string] {
  switch (problem.field) {
    case 'name':
      return ['name', t('A name is needed.')];
    case 'cron':
      return ['cron', t('Say when it runs: choose a usual time, or write five fields.')];
    case 'prompt':
      return ['prompt', t('Say what to do: a prompt, a skill, or both.')];
    case 'skill':
      return ['skill', t('This is no skill on GitHub, which is written owner/repo:path.')];
    case 'idleTimeoutMinutes':
      return ['more', t('The idle timeout is {0} to {1} minutes.', shortestIdle, longestIdle)];
  }
}
