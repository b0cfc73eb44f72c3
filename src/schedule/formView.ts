import { checkCron } from '../model/cronCheck';
import {
  emptyForm,
  type FormProblem,
  longestIdle,
  problemsIn,
  shortestIdle,
  type ScheduleForm,
} from '../model/scheduleForm';
import { plain } from '../platform/plainText';
import type { CronView, FormPart, FormView, Owner, PageAct } from './protocol';
import { type BarState, formBars } from './formBars';
import type { ScheduleFields } from './scheduleFields';
import type { ScheduleWords, ZoneFormats } from './scheduleWords';

export interface FormState extends BarState {
  isNew: boolean;
  isSaving: boolean;
  /** Somebody wanted to save it: what is missing is said from then on. */
  showsAll: boolean;
  cron: CronView;
}

/** All of a form but its texts, as the page shows it. @param now milliseconds since 1970 */
export function formView(
  state: FormState,
  fields: ScheduleFields,
  formats: ZoneFormats,
  now: number,
  words: ScheduleWords,
): FormView {
  const { editing, isNew, isSaving, cron } = state;
  const form = editing?.form ?? emptyForm();
  const base = editing?.base;
  const environmentName = base?.agent_config?.environment_id === form.environment ? base?.environment?.name : undefined;
  return {
    title: formTitle(editing, words),
    state: stateOf(state, formats, now, words),
    // Of what is not there nothing can be edited either.
    isLoading: !editing || (editing.isGone && !editing.base),
    isSaving,
    acts: headActs(state, words),
    bars: formBars(state, fields, formats, now, words),
    problems: problemWords(form, state, words),
    cron,
    skill: form.skill === undefined ? null : { ...fields.skill(form.skill), spec: plain(form.skill, 300) },
    environment: fields.environment(form.environment, environmentName),
    model: fields.model(form.model),
    options: fields.options(form),
    enabled: form.enabled,
    owner: isNew ? ownerOf(form) : null,
    ownedBy: form.team === undefined ? '' : form.team ? words.t('Team') : words.t('Personal'),
  };
}

/** What a schedule is called; while its name is being written anew, as it was called before. */
export function formTitle(editing: FormState['editing'], { t }: ScheduleWords): string {
  const [name = '', before = ''] = [editing?.form.name, editing?.base?.name];
  return plain(name, 80) || plain(before, 80) || (editing && !editing.base ? t('New Schedule') : t('Schedule'));
}

/** Nothing is wrong with it, as far as can be told here. */
export function isComplete(form: ScheduleForm): boolean {
  return problemsIn(form).length === 0 && checkCron(form.cron).length === 0;
}

function ownerOf({ team }: ScheduleForm): Owner {
  return team === undefined ? 'default' : team ? 'team' : 'personal';
}

function stateOf(
  { editing, isNew, isSaving }: FormState,
  formats: ZoneFormats,
  now: number,
  { t }: ScheduleWords,
): FormView['state'] {
  const base = editing?.base;
  if (isSaving) {
    return { look: 'new', words: t('Saving…') };
  }
  if (!base) {
    return { look: 'new', words: isNew ? t('Not created yet') : '' };
  }
  if (!base.enabled) {
    return { look: 'paused', words: t('Paused') };
  }
  const next = Date.parse(base.history?.next_run ?? '');
  const words = next > now ? t('Next run: {0}', formats.local(next, now)) : t('Active');
  return { look: base.last_spawn_error ? 'failing' : 'active', words };
}

function headActs({ editing, isNew, isSaving, conflicts }: FormState, { t }: ScheduleWords): PageAct[] {
  const isOff = (off: boolean): Pick<PageAct, 'isOff'> => (off ? { isOff: true } : {});
  if (!editing) {
    return [];
  }
  const { isDirty, base, isGone } = editing;
  const isHeld = isSaving || conflicts !== undefined;
  const save: PageAct = {
    name: 'save',
    label: isNew ? t('Create') : t('Save'),
    isFirst: true,
    title: isNew ? t('Create the Schedule (Ctrl+S)') : t('Save (Ctrl+S)'),
    ...isOff(isHeld || (!isDirty && !isNew)),
  };
  const revert: PageAct = {
    name: 'revert',
    label: isNew ? t('Start Over') : t('Revert'),
    ...isOff(isHeld || !isDirty),
  };
  const others: PageAct[] =
    base && !isGone
      ? [
          { name: 'runNow', label: t('Run Now'), title: t('Launches a run as it is saved, now and once') },
          base.enabled
            ? { name: 'pause', label: t('Pause'), title: t('Its times pass without a run until it is resumed') }
            : { name: 'resume', label: t('Resume'), title: t('It runs at its times again') },
          { name: 'delete', label: t('Delete…') },
        ]
      : [];
  return isGone ? [revert] : [save, revert, ...others];
}

function problemWords(
  form: ScheduleForm,
  { showsAll, editing }: FormState,
  { t }: ScheduleWords,
): FormView['problems'] {
  const words = (problem: FormProblem): [FormPart, string] => {
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
  };
  // What is empty is known to be so by whoever is still writing.
  const problems = editing ? problemsIn(form).filter(({ kind }) => showsAll || kind !== 'missing') : [];
  return Object.fromEntries(problems.map(words));
}
