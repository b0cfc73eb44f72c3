import type { ZoneFormats } from '../model/zoneFormats';
import type { Bar } from './protocol';
import type { ScheduleEditing } from './scheduleEditing';
import type { ScheduleWords } from './scheduleWords';

/** What there is to be said of what is written, beside what others made of it. */
export interface DraftState {
  /** Undefined until the schedule was read. */
  editing: ScheduleEditing | undefined;
  isNew: boolean;
  isSaving: boolean;
  /** Another account is in use than the one that it is of. */
  isElsewhere: boolean;
  /** What was typed before was found. */
  isKept: boolean;
}

/** @param now milliseconds since 1970 */
export function draftBars(state: DraftState, formats: ZoneFormats, now: number, words: ScheduleWords): Bar[] {
  const { editing, isNew, isSaving, isElsewhere, isKept } = state;
  return [
    ...(isElsewhere ? [elsewhereBar(isNew, words)] : []),
    ...(editing?.sent && !isSaving ? [sentBar(formats.local(editing.sent.at, now), words)] : []),
    ...(isKept ? [keptBar(words)] : []),
    ...(editing?.canUndo ? [undoBar(words)] : []),
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

function sentBar(when: string, { t }: ScheduleWords): Bar {
  return {
    kind: 'warning',
    words: t(
      'This was sent to be created at {0}, and no answer came. It is not in the list, and may still come into being: creating it looks for it first.',
      when,
    ),
    acts: [{ name: 'showSchedules', label: t('Show Schedules') }],
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
    acts: [
      { name: 'chooseServers', label: t('Choose Servers…') },
      { name: 'dismiss', label: t('Dismiss') },
    ],
  };
}
