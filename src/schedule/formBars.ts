import { differences, type ScheduleConflict } from '../model/scheduleChange';
import { formOf } from '../model/scheduleForm';
import type { ApiProblem } from '../oz/problems';
import type { Schedule } from '../oz/types';
import { plain } from '../platform/plainText';
import { memberName, memberValue } from './memberWords';
import type { Bar, PageAct } from './protocol';
import type { ScheduleEditing } from './scheduleEditing';
import type { ScheduleFields } from './scheduleFields';
import type { ScheduleWords, ZoneFormats } from './scheduleWords';
import { isOfKey, unreadBar } from './unreadBar';

/** What there is to be said above a form. */
export interface BarState {
  /** Undefined until the schedule was read. */
  editing: ScheduleEditing | undefined;
  /** What kept it from being read. */
  readProblem: ApiProblem | undefined;
  /** What kept it from being saved. */
  saveProblem: ApiProblem | undefined;
  /** Both changed the same: saving waits for a person. */
  conflicts: readonly ScheduleConflict[] | undefined;
  /** What they changed is shown. */
  showsChanges: boolean;
  /** What was typed before was found. */
  isKept: boolean;
  lacksServers: boolean;
}

export function formBars(
  state: BarState,
  fields: ScheduleFields,
  formats: ZoneFormats,
  now: number,
  words: ScheduleWords,
): Bar[] {
  const { editing, readProblem, saveProblem, conflicts } = state;
  if (!editing) {
    return readProblem ? [unreadBar(readProblem, words.t('The schedule could not be read.'), words)] : [];
  }
  const { theirs, base } = editing;
  return [
    ...(conflicts ? [conflictBar(conflicts, fields, words)] : []),
    ...(saveProblem ? [saveProblemBar(saveProblem, base !== undefined, words)] : []),
    ...(editing.isGone ? [goneBar(editing, words)] : []),
    ...(theirs && !conflicts ? [theirsBar(theirs, editing, state.showsChanges, fields, formats, now, words)] : []),
    ...(state.isKept ? [keptBar(words)] : []),
    ...(editing.canUndo ? [undoBar(words)] : []),
    ...(state.lacksServers ? [serversBar(words)] : []),
    ...(base?.last_spawn_error ? [spawnBar(base.last_spawn_error, words)] : []),
  ];
}

function conflictBar(conflicts: readonly ScheduleConflict[], fields: ScheduleFields, words: ScheduleWords): Bar {
  const { t } = words;
  return {
    kind: 'warning',
    words: t('You and somebody else changed the same. Choose what is kept; nothing is saved before that.'),
    acts: [],
    table: {
      left: t('Yours'),
      right: t('Theirs'),
      rows: conflicts.map(({ member, mine, theirs }) => ({
        member: memberName(member, words),
        left: memberValue(member, mine, fields, words),
        right: memberValue(member, theirs, fields, words),
      })),
    },
    choice: { save: t('Save These'), cancel: t('Cancel') },
  };
}

function saveProblemBar(problem: ApiProblem, isKnown: boolean, { t, problemWords }: ScheduleWords): Bar {
  const again: PageAct = { name: 'save', label: t('Try Again') };
  const dismiss: PageAct = { name: 'dismiss', label: t('Dismiss') };
  if (problem.kind === 'outcomeUnknown') {
    return isKnown
      ? {
          kind: 'warning',
          words: t(
            'The connection broke after the changes were sent, so they may be saved or not. Saving again is safe.',
          ),
          acts: [again],
        }
      : {
          kind: 'warning',
          words: t(
            'The connection broke after the schedule was sent, and it is not in the list. It may still come into being: trying again looks for it first.',
          ),
          acts: [{ name: 'showSchedules', label: t('Show Schedules') }, again],
        };
  }
  const isOnTheWay = problem.kind === 'unreachable' || problem.kind === 'timeout' || problem.kind === 'notOz';
  const words = t('Nothing was saved. {0} What you typed is kept.', problemWords(problem));
  return {
    kind: 'error',
    words,
    acts: [
      isOfKey(problem) ? { name: 'setKey', label: t('Set API Key…') } : again,
      ...(isOnTheWay ? [{ name: 'diagnose', label: t('Diagnose Connection…') } as const] : []),
      dismiss,
    ],
  };
}

function goneBar({ base }: ScheduleEditing, { t }: ScheduleWords): Bar {
  const close: PageAct = { name: 'discard', label: t('Close') };
  return {
    kind: 'warning',
    words: base
      ? t(
          'This schedule is not in the list any more: it may be deleted, or not yours to see. It can be made again as it is here.',
        )
      : t('This schedule is not in the list: it may be deleted, or not yours to see.'),
    acts: base ? [{ name: 'save', label: t('Create Again') }, close] : [close],
  };
}

function theirsBar(
  theirs: Schedule,
  { base }: ScheduleEditing,
  showsChanges: boolean,
  fields: ScheduleFields,
  formats: ZoneFormats,
  now: number,
  words: ScheduleWords,
): Bar {
  const { t } = words;
  const who = plain(theirs.updated_by?.display_name ?? theirs.updated_by?.email ?? '', 60) || t('Somebody');
  const time = Date.parse(theirs.updated_at);
  const when = Number.isNaN(time) ? '' : formats.local(time, now);
  const rows = base
    ? differences(formOf(base), formOf(theirs)).map(({ member, a, b }) => ({
        member: memberName(member, words),
        left: memberValue(member, a, fields, words),
        right: memberValue(member, b, fields, words),
      }))
    : [];
  return {
    kind: 'warning',
    words: when
      ? t('{0} changed this schedule at {1}, while you had changes of your own.', who, when)
      : t('{0} changed this schedule while you had changes of your own.', who),
    acts: [
      { name: 'showChanges', label: showsChanges ? t('Hide What Changed') : t('Show What Changed') },
      { name: 'keepMine', label: t('Keep Mine'), title: t('What you changed stays, the rest is taken over.') },
      { name: 'takeTheirs', label: t('Take Theirs'), title: t('What you changed is given up; it can be undone.') },
    ],
    ...(showsChanges && { table: { left: t('Before'), right: t('Now'), rows } }),
  };
}

function keptBar({ t }: ScheduleWords): Bar {
  return {
    kind: 'info',
    words: t('These changes were kept from before: they are not saved.'),
    acts: [
      { name: 'discard', label: t('Discard Them') },
      { name: 'dismiss', label: t('Go On') },
    ],
  };
}

function undoBar({ t }: ScheduleWords): Bar {
  return {
    kind: 'info',
    words: t('What you had changed was given up.'),
    acts: [
      { name: 'undo', label: t('Undo') },
      { name: 'dismiss', label: t('Dismiss') },
    ],
  };
}

function serversBar({ t }: ScheduleWords): Bar {
  return {
    kind: 'warning',
    words: t('The MCP servers that you chose were not kept, since they may have secrets: choose their file again.'),
    acts: [{ name: 'dismiss', label: t('Dismiss') }],
  };
}

function spawnBar(error: string, { t }: ScheduleWords): Bar {
  return { kind: 'error', words: t('Its last run could not be started: {0}', plain(error, 500)), acts: [] };
}
