import { memberName } from './memberWords';
import type { Bar } from './protocol';
import type { ScheduleEditing } from './scheduleEditing';
import type { ScheduleWords } from './scheduleWords';

/** What there is to be said of what is written, beside what others made of it. */
export interface DraftState {
  /** Undefined until the schedule was read. */
  editing: ScheduleEditing | undefined;
  isNew: boolean;
  /** Another account is in use than the one that it is of. */
  isElsewhere: boolean;
  /** What was typed before was found. */
  isKept: boolean;
}

export function draftBars({ editing, isNew, isElsewhere, isKept }: DraftState, words: ScheduleWords): Bar[] {
  return [
    ...(isElsewhere ? [elsewhereBar(isNew, words)] : []),
    ...(isKept ? [keptBar(isNew, words)] : []),
    ...(editing?.canUndo ? [undoBar(editing.taken, words)] : []),
    ...(editing?.lacksServers ? [serversBar(words)] : []),
  ];
}

function elsewhereBar(isNew: boolean, { t }: ScheduleWords): Bar {
  return {
    kind: 'warning',
    words: isNew
      ? t(
          'This was begun with another API key or service. It is not created with the one in use now, and is kept for the other.',
        )
      : t(
          'This schedule is of another API key or service: with the one in use now it is not there. What you typed is kept for the other.',
        ),
    acts: isNew ? [{ name: 'moveHere', label: t('Go On with This Key') }] : [],
  };
}

function keptBar(isNew: boolean, { t }: ScheduleWords): Bar {
  return {
    kind: 'info',
    words: isNew
      ? t('This draft was kept from before: the schedule is not created yet.')
      : t('These changes were kept from before: they are not saved.'),
    acts: [
      { name: 'discard', label: isNew ? t('Discard') : t('Discard Them') },
      { name: 'dismiss', label: t('Go On') },
    ],
  };
}

function undoBar(taken: ScheduleEditing['taken'], words: ScheduleWords): Bar {
  const { t } = words;
  const names = taken?.map((member) => memberName(member, words)).join(', ');
  return {
    kind: 'info',
    words:
      names === undefined
        ? t('Your changes were discarded.')
        : t('Taken over from the others: {0}. Your own changes are not saved yet.', names),
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
    acts: [
      { name: 'chooseServers', label: t('Choose Servers…') },
      { name: 'dismiss', label: t('Dismiss') },
    ],
  };
}
