import { differences } from '../model/scheduleChange';
import { formOf } from '../model/scheduleForm';
import type { ScheduleHealth } from '../model/scheduleHealth';
import type { ApiProblem } from '../oz/problems';
import type { Schedule } from '../oz/types';
import { changerName } from './changerName';
import { draftBars, type DraftState } from './draftBars';
import { rowOf } from './memberWords';
import type { Bar, PageAct } from './protocol';
import { saveBars, type SaveState } from './saveBars';
import type { ScheduleEditing } from './scheduleEditing';
import type { ScheduleWords } from './scheduleWords';
import { spawnBars } from './spawnBars';
import { unreadBar } from './unreadBar';
import type { Wording } from './wording';

/** What there is to be said above a form. */
export interface BarState extends SaveState, DraftState {
  /** What kept it from being read. */
  readProblem: ApiProblem | undefined;
  /** How the schedule fares that the service has. */
  health: ScheduleHealth | undefined;
  /** What they changed is shown. */
  showsChanges: boolean;
}

export function formBars(state: BarState, wording: Wording): Bar[] {
  const { words } = wording;
  const { editing, readProblem } = state;
  if (!editing) {
    return readProblem ? [unreadBar(readProblem, words.t('The schedule could not be read.'), words)] : [];
  }
  const { theirs, base } = editing;
  return [
    ...saveBars(state, editing, wording),
    ...(editing.isGone && !state.isElsewhere ? [goneBar(editing, words)] : []),
    ...(theirs && !state.question ? [theirsBar(theirs, editing, state.showsChanges, wording)] : []),
    ...draftBars(state, words),
    ...spawnBars(theirs ?? base, state.health?.isChanged === true, words),
  ];
}

function goneBar({ base, isDirty }: ScheduleEditing, { t }: ScheduleWords): Bar {
  const close: PageAct = { name: 'discard', label: isDirty ? t('Discard') : t('Close') };
  return {
    kind: 'warning',
    words: base
      ? t(
          'This schedule is not in the list any more: it may be deleted, or not yours to see. It can be made again as it is here.',
        )
      : t('This schedule is not in the list: it may be deleted, or not yours to see.'),
    acts: base ? [{ name: 'createAgain', label: t('Create Again') }, close] : [close],
  };
}

function theirsBar(theirs: Schedule, { base }: ScheduleEditing, showsChanges: boolean, wording: Wording): Bar {
  const { formats, now } = wording;
  const { t } = wording.words;
  const who = changerName(theirs) || t('Somebody');
  const time = Date.parse(theirs.updated_at);
  const when = Number.isNaN(time) ? '' : formats.local(time, now);
  const rows = base
    ? differences(formOf(base), formOf(theirs)).map(({ member, a, b }) => rowOf(member, a, b, wording))
    : [];
  return {
    kind: 'warning',
    words: when
      ? t('{0} changed this schedule on {1}, while you had changes of your own.', who, when)
      : t('{0} changed this schedule while you had changes of your own.', who),
    acts: [
      { name: 'showChanges', label: showsChanges ? t('Hide What Changed') : t('Show What Changed') },
      {
        name: 'keepMine',
        label: t('Keep Mine, Take the Rest'),
        title: t('What you changed stays; what only they changed is taken over.'),
      },
      { name: 'takeTheirs', label: t('Take Theirs'), title: t('What you changed is given up; it can be undone.') },
    ],
    ...(showsChanges && { table: { left: t('Before'), right: t('Now'), rows } }),
  };
}
