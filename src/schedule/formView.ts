import { nextStart } from '../model/nextStart';
import { emptyForm, type ScheduleForm } from '../model/scheduleForm';
import { scheduleName } from '../model/scheduleName';
import type { Run, Schedule } from '../oz/types';
import { plain } from '../platform/plainText';
import type { CronView, FormView, Owner, PageAct } from './protocol';
import { type BarState, formBars } from './formBars';
import { heldActs } from './actCommands';
import { formProblems } from './formProblems';
import { oftenNote } from './oftenNote';
import type { ScheduleWords } from './scheduleWords';
import type { Wording } from './wording';

export interface FormState extends BarState {
  /** There is something to be saved, and it can be now. */
  canSave: boolean;
  /** A person does not want it saved after all. */
  isStopping: boolean;
  /** Somebody wanted to save it: what is missing is said from then on. */
  showsAll: boolean;
  /** It began with what a launch would have. */
  isLikely: boolean;
  /** Its newest runs, the newest first, as far as they were read. */
  runs: readonly Run[];
  cron: CronView;
}

/** All of a form but its texts, as the page shows it. */
export function formView(state: FormState, wording: Wording): FormView {
  const { fields, words } = wording;
  const { editing, isNew, isSaving, question, showsAll, isLikely, cron, runs } = state;
  const isHeld = isSaving || question !== undefined;
  const asHeld = (acts: PageAct[]): PageAct[] =>
    isHeld ? acts.map((act) => (heldActs.has(act.name) ? { ...act, isOff: true } : act)) : acts;
  const form = editing?.form ?? emptyForm();
  const often = oftenNote(form.cron, runs, words);
  const base = editing?.base;
  const {
    problems,
    remarks,
    cron: shownCron,
  } = editing ? formProblems(editing, { cron, showsAll, isLikely }, words) : { problems: {}, remarks: {}, cron };
  const environmentName = base?.agent_config?.environment_id === form.environment ? base?.environment?.name : undefined;
  return {
    title: formTitle(editing, words),
    state: stateOf(state, wording),
    // Of what is not there nothing can be edited either.
    isLoading: !editing || (editing.isGone && !editing.base),
    isSaving,
    acts: asHeld(headActs(state, words)),
    bars: formBars(state, wording).map((bar) => ({ ...bar, acts: asHeld(bar.acts) })),
    problems,
    remarks: { ...(often !== undefined && { cron: often }), ...remarks },
    cron: shownCron,
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
  if (!editing) {
    return t('Schedule');
  }
  const { form, base } = editing;
  return plain(form.name, 80) || (base ? plain(scheduleName(base), 80) : t('New Schedule'));
}

function ownerOf({ team }: ScheduleForm): Owner {
  return team === undefined ? 'default' : team ? 'team' : 'personal';
}

function stateOf(state: FormState, { formats, now, words }: Wording): FormView['state'] {
  const { t } = words;
  const { editing, isNew, isSaving, isStopping, health, readProblem } = state;
  const known = knownNow(editing);
  if (isSaving) {
    return { look: 'new', words: isStopping ? t('Cancelling…') : t('Saving…') };
  }
  if (!known) {
    const isLoading = !editing && readProblem === undefined;
    return {
      look: 'new',
      words: isNew ? t('Not created yet') : isLoading ? t('Loading…') : editing ? t('Not in the list') : '',
    };
  }
  if (!known.enabled) {
    return { look: 'paused', words: t('Paused') };
  }
  const { overdue, isFailing = false, isChanged = false } = health ?? {};
  if (overdue !== undefined) {
    return { look: 'failing', words: t('Overdue: should have run {0}', formats.local(overdue, now)) };
  }
  const next = nextStart(known, now);
  const when = next === undefined ? '' : formats.local(next, now);
  if (isChanged) {
    const changed = when ? t('Changed since it failed · next try {0}', when) : t('Changed since it failed');
    return { look: 'changed', words: changed };
  }
  if (isFailing) {
    return { look: 'failing', words: when ? t('Failing · next try {0}', when) : t('Failing') };
  }
  return { look: 'active', words: when ? t('Next run: {0}', when) : t('Active') };
}

/** The schedule as the service has it, whatever the form began with; undefined where there is none (any more). */
function knownNow(editing: FormState['editing']): Schedule | undefined {
  return editing?.isGone ? undefined : (editing?.theirs ?? editing?.base);
}

function headActs(
  { editing, isNew, canSave, isSaving, isStopping, isElsewhere }: FormState,
  { t }: ScheduleWords,
): PageAct[] {
  const isOff = (off: boolean): Pick<PageAct, 'isOff'> => (off ? { isOff: true } : {});
  if (!editing) {
    return [];
  }
  const { isDirty, isGone } = editing;
  const known = isElsewhere ? undefined : knownNow(editing);
  const save: PageAct = {
    name: 'save',
    label: isNew ? t('Create') : t('Save'),
    isFirst: true,
    title: isNew ? t('Create the Schedule') : t('Save'),
    key: 'S',
    ...isOff(!canSave),
  };
  const revert: PageAct = isSaving
    ? { name: 'stopSaving', label: t('Cancel'), ...isOff(isStopping) }
    : { name: 'revert', label: isNew ? t('Start Over') : t('Revert'), ...isOff(!isDirty) };
  const others: PageAct[] = known
    ? [
        { name: 'runNow', label: t('Run Now'), title: t('Launches a run as it is saved, now and once') },
        known.enabled
          ? { name: 'pause', label: t('Pause'), title: t('Its times pass without a run until it is resumed') }
          : { name: 'resume', label: t('Resume'), title: t('It runs at its times again') },
        { name: 'delete', label: t('Delete…') },
      ]
    : [];
  return isGone ? [revert] : [save, revert, ...others];
}
