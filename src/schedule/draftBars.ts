import { dismissAct } from './dismissAct';
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
  /** Another draft of the same is kept for another account. */
  hasOther: boolean;
  /** What was typed before was found. */
  isKept: boolean;
}

export function draftBars({ editing, isNew, isElsewhere, hasOther, isKept }: DraftState, words: ScheduleWords): Bar[] {
  return [
    ...(hasOther ? [otherBar(isNew, isElsewhere, words)] : isElsewhere ? [elsewhereBar(isNew, words)] : []),
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

/** Neither is kept in the other's place: a person says which one is gone on with. */
function otherBar(isNew: boolean, isElsewhere: boolean, { t }: ScheduleWords): Bar {
  if (!isElsewhere) {
    return {
      kind: 'info',
      words: isNew
        ? t('A draft that was begun with another API key or service is kept.')
        : t('Changes of this schedule that were made with another API key or service are kept.'),
      acts: [{ name: 'showOther', label: isNew ? t('Show It') : t('Show Them') }],
    };
  }
  return {
    kind: 'warning',
    words: isNew
      ? t(
          'Another draft is kept for the API key or service in use now. This one is kept beside it, and is not created with that key.',
        )
      : t(
          'Other changes of this schedule are kept for the API key or service in use now. These are kept beside them, and are not saved with that key.',
        ),
    acts: [{ name: 'showOther', label: isNew ? t('Show That One') : t('Show Those') }],
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
    acts: [{ name: 'undo', label: t('Undo') }, dismissAct(words)],
  };
}

function serversBar(words: ScheduleWords): Bar {
  const { t } = words;
  return {
    kind: 'warning',
    words: t('The MCP servers that you chose were not kept, since they may have secrets: choose their file again.'),
    acts: [{ name: 'chooseServers', label: t('Choose Servers…') }, dismissAct(words)],
  };
}
