import type { FollowUp } from '../model/followUp';
import { ApiProblem } from '../oz/problems';
import type { FollowUpOutcome, Open, Run } from '../oz/types';
import { visibleText } from '../platform/plainText';
import { canContinue, noBoxWords } from './followUpBoxState';
import type { CommandName, PendingAct } from './protocol';
import { icon, type RenderContext } from './renderContext';
import type { ViewElement, ViewNode } from './viewNodes';

export interface PendingFacts {
  run: Run | undefined;
  /** In their order. */
  followUps: readonly FollowUp[];
  /** Those that may have arrived are looked for, and nothing was found out yet. */
  isLooking: boolean;
  /** What keeps the service from being reached is said elsewhere. */
  isCauseTold: boolean;
  /** Those of which a new run is being made. */
  starting: ReadonlySet<number>;
}

/** Characters of a follow-up that are shown; all of it is in the box again when it is edited. */
const textLimit = 2000;

/** The follow-ups that the conversation does not show yet; or why the run takes none. */
export function renderPending(facts: PendingFacts, context: RenderContext): ViewElement | null {
  const { translate: t } = context;
  const reason = noBoxWords(facts.run, context);
  const none: ViewNode[] =
    reason === undefined ? [] : [['p', 'no-box', ['span', '', reason], small('openBrowser', t('Open in Browser'))]];
  const list: ViewNode[] =
    facts.followUps.length === 0
      ? []
      : [
          [
            'ul',
            { class: 'pending', label: t('Follow-ups on their way') },
            ...facts.followUps.map((one, index) => row(one, index, facts, context)),
          ],
        ];
  return none.length + list.length === 0 ? null : ['div', '', ...list, ...none];
}

function row(one: FollowUp, index: number, facts: PendingFacts, context: RenderContext): ViewNode {
  const { iconName, words, acts } = view(one, index, facts, context);
  const cut = one.text.length > textLimit ? `${one.text.slice(0, textLimit)}…` : one.text;
  const needsKey = one.state === 'waiting' && one.retryAt === undefined;
  return [
    'li',
    one.state,
    icon(iconName),
    [
      'div',
      'pending-body',
      ['div', 'pending-text', visibleText(cut)],
      [
        'div',
        'pending-line',
        ['span', 'pending-words', words],
        ...(needsKey ? [small('setKey', context.translate('Set API Key…'))] : []),
        ...acts.map(([act, label]): ViewNode => {
          return ['button', { class: 'small', does: 'pending', item: one.id, name: act }, label];
        }),
      ],
    ],
  ];
}

function small(name: CommandName, label: string): ViewNode {
  return ['button', { class: 'small', does: 'command', name }, label];
}

interface RowView {
  iconName: string;
  words: string;
  acts: [PendingAct, string][];
}

function view(one: FollowUp, index: number, facts: PendingFacts, context: RenderContext): RowView {
  const { translate: t, words } = context;
  const { run, followUps, isLooking, isCauseTold, starting } = facts;
  const edit: [PendingAct, string] = ['edit', t('Edit')];
  const remove: [PendingAct, string] = ['remove', t('Remove')];
  const why = one.problem ? words.problemWords(new ApiProblem(one.problem)) : '';
  switch (one.state) {
    case 'sending':
      return { iconName: 'working', words: t('Sending…'), acts: [] };
    case 'sent':
      return { iconName: 'send', words: outcomeWords(one.outcome, context), acts: [] };
    case 'unsure':
      // The same row all the while: whoever cannot wait may act.
      return {
        iconName: isLooking ? 'working' : 'question',
        words: t('May not have arrived.'),
        acts: [['send', t('Send Again')], remove],
      };
    case 'refused': {
      const canStart = run !== undefined && canContinue(run);
      const isStarting = starting.has(one.id);
      return {
        iconName: 'warning',
        words: [
          t('Not sent.'),
          why,
          ...(isStarting
            ? [t('Starting a new run…')]
            : canStart
              ? [t('A new run can go on with the conversation.')]
              : []),
        ].join(' '),
        acts: isStarting
          ? []
          : [
              ...(canStart ? [['newRun', t('Start New Run')] as [PendingAct, string]] : []),
              ['send', t('Try Again')],
              edit,
              remove,
            ],
      };
    }
    case 'waiting': {
      const isFirst = followUps.every(({ state }, before) => before >= index || state === 'sent');
      if (!isFirst) {
        return { iconName: 'state-waiting', words: t('Waits for the one before it.'), acts: [edit, remove] };
      }
      return why === ''
        ? { iconName: 'working', words: t('Sending…'), acts: [] }
        : {
            iconName: 'disconnected',
            words:
              one.retryAt === undefined
                ? t('Not sent yet. {0}', why)
                : isCauseTold
                  ? t('Not sent yet: it goes out by itself.')
                  : t('Not sent yet: it goes out by itself. {0}', why),
            acts: [['send', t('Send Now')], edit, remove],
          };
    }
  }
}

/** When the agent reads it. */
function outcomeWords(outcome: Open<FollowUpOutcome> | undefined, { translate: t }: RenderContext): string {
  switch (outcome) {
    case 'live_session':
      return t('The agent has it: it is at work on the run.');
    case 'queued_prompt':
      return t('The agent gets it as it goes on.');
    case 'handoff_execution':
      return t('The run starts again with it.');
    case 'queue_pending':
      return t('The agent gets it once the run has begun.');
    default:
      return t('Sent.');
  }
}
