import { isOfKey, isOnTheWay } from '../model/loadStatus';
import { enabledUnreadable, type SaveQuestion, type SidesQuestion } from '../model/saveSchedule';
import type { LeftOut } from '../model/runAgain';
import type { FormMember, ScheduleConflict } from '../model/scheduleChange';
import type { SentSchedule } from '../model/scheduleCreation';
import type { ApiProblem } from '../oz/problems';
import { plain } from '../platform/plainText';
import { changerName } from './changerName';
import { dismissAct } from './dismissAct';
import { memberName, rowOf } from './memberWords';
import type { Bar, PageAct, TableRow } from './protocol';
import type { ScheduleEditing } from './scheduleEditing';
import type { ScheduleWords } from './scheduleWords';
import type { Wording } from './wording';

/** What there is to be said of saving. */
export interface SaveState {
  isSaving: boolean;
  /** Saving waits for a person. */
  question: SaveQuestion | undefined;
  /** What kept it from being saved. */
  saveProblem: ApiProblem | undefined;
  /** What others changed of what was saved, and is kept beside it. */
  keptOfOthers: readonly FormMember[];
}

export function saveBars(
  { isSaving, question, saveProblem, keptOfOthers }: SaveState,
  { sent, isInDoubt }: Pick<ScheduleEditing, 'sent' | 'isInDoubt'>,
  wording: Wording,
): Bar[] {
  const { formats, now, words } = wording;
  return [
    ...(question?.kind === 'sides' ? [sidesBar(question, wording)] : []),
    ...(question?.kind === 'hidden' ? [hiddenBar(question.hidden, words)] : []),
    ...(saveProblem && !isInDoubt ? [saveProblemBar(saveProblem, words)] : []),
    ...(sent && !isSaving ? [sentBar(sent, saveProblem, formats.local(sent.at, now), words)] : []),
    ...(keptOfOthers.length > 0 ? [keptOfOthersBar(keptOfOthers, words)] : []),
  ];
}

function sidesBar(question: SidesQuestion, wording: Wording): Bar {
  const { t } = wording.words;
  const { conflicts, isMismatch, others, schedule } = question;
  const who = changerName(schedule) || t('somebody else');
  const rowsOf = (members: readonly ScheduleConflict[]): TableRow[] =>
    members.map(({ member, mine, theirs }) => rowOf(member, mine, theirs, wording));
  return {
    kind: 'warning',
    words: isMismatch
      ? t(
          'What you changed and what {0} changed do not go together. Choose what is kept; nothing is saved before that.',
          who,
        )
      : t('You and {0} changed the same. Choose what is kept; nothing is saved before that.', who),
    acts: [],
    table: {
      left: t('Yours'),
      right: t('Theirs'),
      rows: rowsOf(conflicts),
      ...(others.length > 0 && {
        also: { words: t('Also changed by {0}, and taken over:', who), rows: rowsOf(others) },
      }),
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

function sentBar(sent: SentSchedule, problem: ApiProblem | undefined, when: string, words: ScheduleWords): Bar {
  const { t, problemWords } = words;
  const kind = 'warning';
  const showSchedules: PageAct = { name: 'showSchedules', label: t('Show Schedules') };
  if (sent.isGivenUp) {
    const name = plain(sent.form.name, 80);
    return {
      kind,
      words: t(
        '“{0}” was sent to be created on {1}, before you started over: it may be in the list, or get there.',
        name,
        when,
      ),
      acts: [showSchedules, dismissAct(words)],
    };
  }
  const inDoubt = t(
    'This was sent to be created on {0}, and it is not known whether it was. It is not in the list, and may still come into being: creating it looks for it first.',
    when,
  );
  if (!problem || problem.kind === 'outcomeUnknown' || problem.kind === 'aborted') {
    return { kind, words: inDoubt, acts: [showSchedules] };
  }
  return {
    kind,
    words: `${problemWords(problem)} ${inDoubt}`,
    acts: [...helpingActs(problem, words), showSchedules, dismissAct(words)],
  };
}

function saveProblemBar(problem: ApiProblem, words: ScheduleWords): Bar {
  const { t, problemWords } = words;
  const { kind, facts } = problem;
  const again = againAct(words);
  const dismiss = dismissAct(words);
  if (kind === 'outcomeUnknown') {
    const reason =
      facts.code === 'aborted'
        ? t('Saving was cancelled after it was sent.')
        : t('It was sent, and the answer was lost.');
    return {
      kind: 'warning',
      words: t('{0} The changes may be saved or not: saving again is safe.', reason),
      acts: [again, dismiss],
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
  return {
    kind: 'error',
    words: t('Nothing was saved. {0} What you typed is kept.', problemWords(problem)),
    acts: [...helpingActs(problem, words), dismiss],
  };
}

function helpingActs(problem: ApiProblem, words: ScheduleWords): PageAct[] {
  const { t } = words;
  return [
    isOfKey(problem) ? { name: 'setKey', label: t('Set API Key…') } : againAct(words),
    ...(isOnTheWay(problem) ? [{ name: 'diagnose', label: t('Diagnose Connection…') } as const] : []),
  ];
}

function againAct({ t }: ScheduleWords): PageAct {
  return { name: 'save', label: t('Try Again') };
}

function keptOfOthersBar(members: readonly FormMember[], words: ScheduleWords): Bar {
  const { t } = words;
  const names = members.map((member) => memberName(member, words)).join(', ');
  return {
    kind: 'info',
    words: t('Saved. What others changed meanwhile was kept: {0}.', names),
    acts: [dismissAct(words)],
  };
}
