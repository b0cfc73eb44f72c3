import { enabledUnreadable } from '../model/saveSchedule';
import type { LeftOut } from '../model/runAgain';
import type { FormMember } from '../model/scheduleChange';
import type { SentSchedule } from '../model/scheduleCreation';
import type { ScheduleFields } from '../model/scheduleFields';
import type { ApiProblem } from '../oz/problems';
import { plain } from '../platform/plainText';
import { memberName, memberValue } from './memberWords';
import type { Bar, PageAct } from './protocol';
import type { SaveQuestion } from './scheduleReplacing';
import type { ScheduleWords } from './scheduleWords';
import { isOfKey } from './unreadBar';

/** What there is to be said of saving. */
export interface SaveState {
  /** Saving waits for a person. */
  question: SaveQuestion | undefined;
  /** What kept it from being saved. */
  saveProblem: ApiProblem | undefined;
  /** What others changed of what was saved, and is kept beside it. */
  keptOfOthers: readonly FormMember[];
}

/** @param sent what was sent for a new one that may exist, of which more is said elsewhere */
export function saveBars(
  state: SaveState,
  sent: SentSchedule | undefined,
  fields: ScheduleFields,
  words: ScheduleWords,
): Bar[] {
  const { question, saveProblem, keptOfOthers } = state;
  return [
    ...(question?.kind === 'sides' ? [sidesBar(question, fields, words)] : []),
    ...(question?.kind === 'hidden' ? [hiddenBar(question.hidden, words)] : []),
    ...(saveProblem && !(sent && isNoAnswer(saveProblem))
      ? [saveProblemBar(saveProblem, sent !== undefined, words)]
      : []),
    ...(keptOfOthers.length > 0 ? [keptOfOthersBar(keptOfOthers, words)] : []),
  ];
}

function sidesBar(
  { conflicts, isMismatch }: Extract<SaveQuestion, { kind: 'sides' }>,
  fields: ScheduleFields,
  words: ScheduleWords,
): Bar {
  const { t } = words;
  return {
    kind: 'warning',
    words: isMismatch
      ? t(
          'What you changed and what somebody else changed do not go together. Choose what is kept; nothing is saved before that.',
        )
      : t('You and somebody else changed the same. Choose what is kept; nothing is saved before that.'),
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

/** How many values are named. */
const mostNamed = 8;

function hiddenBar(hidden: readonly LeftOut[], { t }: ScheduleWords): Bar {
  const names = hidden.flatMap((one) =>
    one.kind === 'secret' ? [t('{0} of {1}', plain(one.name, 60), plain(one.server, 60))] : [],
  );
  const list = [...names.slice(0, mostNamed), ...(names.length > mostNamed ? ['…'] : [])].join(', ');
  return {
    kind: 'warning',
    words: t(
      'The service hides values of the MCP servers, so saving sends back what it shows instead, and they may be lost: {0}. Nothing is saved yet.',
      list,
    ),
    acts: [
      { name: 'chooseServers', label: t('Choose Servers…'), title: t('From the file that has the values') },
      { name: 'saveAnyway', label: t('Save Anyway') },
      { name: 'openInBrowser', label: t('Open in Browser') },
      { name: 'stopSaving', label: t('Cancel') },
    ],
  };
}

function isNoAnswer({ kind }: ApiProblem): boolean {
  return kind === 'outcomeUnknown' || kind === 'aborted';
}

function saveProblemBar(problem: ApiProblem, mayBeSaved: boolean, { t, problemWords }: ScheduleWords): Bar {
  const { kind, facts } = problem;
  const again: PageAct = { name: 'save', label: t('Try Again') };
  const dismiss: PageAct = { name: 'dismiss', label: t('Dismiss') };
  if (kind === 'outcomeUnknown') {
    const reason =
      facts.code === 'aborted'
        ? t('Saving was cancelled after it was sent.')
        : t('It was sent, and the answer was lost.');
    return {
      kind: 'warning',
      words: t('{0} The changes may be saved or not: saving again is safe.', reason),
      acts: [again],
    };
  }
  if (kind === 'aborted') {
    return {
      kind: 'info',
      words: t('Saving was cancelled, and nothing was saved. What you typed is kept.'),
      acts: [again, dismiss],
    };
  }
  if (facts.code === enabledUnreadable) {
    return {
      kind: 'error',
      words: t(
        'Nothing was saved: it cannot be told whether this schedule is paused, so saving it might start or stop it. What you typed is kept.',
      ),
      acts: [{ name: 'openInBrowser', label: t('Open in Browser') }, dismiss],
    };
  }
  const isOnTheWay = kind === 'unreachable' || kind === 'timeout' || kind === 'notOz';
  return {
    kind: 'error',
    words: mayBeSaved
      ? t('{0} What you typed is kept.', problemWords(problem))
      : t('Nothing was saved. {0} What you typed is kept.', problemWords(problem)),
    acts: [
      isOfKey(problem) ? { name: 'setKey', label: t('Set API Key…') } : again,
      ...(isOnTheWay ? [{ name: 'diagnose', label: t('Diagnose Connection…') } as const] : []),
      dismiss,
    ],
  };
}

function keptOfOthersBar(members: readonly FormMember[], words: ScheduleWords): Bar {
  const { t } = words;
  const names = members.map((member) => memberName(member, words)).join(', ');
  return {
    kind: 'info',
    words: t('Saved. What others changed meanwhile was kept: {0}.', names),
    acts: [{ name: 'dismiss', label: t('Dismiss') }],
  };
}
