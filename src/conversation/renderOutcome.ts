import type { ActionBlock, MessageEntry } from '../model/conversation';
import { viewAction } from '../model/conversationActions';
import { runHelp } from '../model/errorHelp';
import { whyNotFollowable } from '../model/followUpGate';
import { canRunAgain } from '../model/runAgain';
import { hasEnded, isActive } from '../model/runTime';
import { saysTheSame } from '../model/sameWords';
import { asText } from '../oz/json';
import type { Run } from '../oz/types';
import { actionLine } from './actionLine';
import { commandButton } from './commandButton';
import { helpNode } from './helpNode';
import { highlightCode } from './highlightCode';
import { gapNode, preNodes } from './longText';
import { renderEntry } from './renderEntry';
import type { RenderContext } from './renderContext';
import { questionNodes } from './renderTalk';
import { stateLook } from './stateLook';
import type { TopFacts } from './topFacts';
import { traceNode, traceOf } from './traceNode';
import { childrenOf, type ViewElement, type ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

/** Characters of the service's own words that are shown. */
const saidLimit = 4000;

/** What a run that is over, or waits for a person, came to; of one at work, what the service says about it. */
export function outcome({ run, final, waiting, isAnswered }: TopFacts, context: RenderContext): ViewElement | null {
  if (!run) {
    return null;
  }
  if (isActive(run.state)) {
    // Once it is answered, the service says for a while still that it waits.
    const said = waitWords.test(saidOf(run)) ? '' : saidOf(run);
    return said === ''
      ? null
      : ['section', { class: 'outcome', label: context.translate('Status') }, ['p', 'status-message', said]];
  }
  if (!hasEnded(run.state) && (run.state !== 'BLOCKED' || isAnswered)) {
    return null;
  }
  const asked = run.state === 'BLOCKED' ? (waiting ?? []).slice(0, mostAsked) : [];
  const shown = [
    ...(run.state === 'SUCCEEDED' ? [] : why(run, asked, context)),
    ...(final ? finalText(final, run, context) : []),
    ...asking(asked, context),
    ...steps(run, asked, context),
  ];
  return shown.length === 0
    ? null
    : [
        'section',
        { class: `outcome ${stateLook(run.state)}`, label: context.translate('Outcome') },
        ['h2', '', run.state === 'SUCCEEDED' ? context.translate('Outcome') : context.words.stateWord(run.state)],
        ...shown,
      ];
}

/** What the service says of a run that waits: the kind of action that it names is in no words of a person's. */
const waitWords = /\b(?:waiting|wait) for (?:the )?user(?:'s)? (?:confirmation|approval|input)\b/i;

function saidOf(run: Run): string {
  return visibleText((asText(run.status_message?.message) ?? '').slice(0, saidLimit).trim());
}

/** The service's own words, then what the error means unless they say that. */
function why(run: Run, asked: readonly ActionBlock[], context: RenderContext): ViewNode[] {
  const said = asked.length > 0 && waitWords.test(saidOf(run)) ? '' : saidOf(run);
  const meaning = run.state === 'CANCELLED' ? '' : (context.words.errorSentence(run.status_message?.error_code) ?? '');
  const trace = traceOf(run);
  return [
    ...(said === '' ? [] : [['p', 'status-message', said] as const]),
    ...(meaning === '' || saysTheSame(said, meaning)
      ? []
      : [['p', said === '' ? 'status-message' : 'status-message muted', meaning] as const]),
    ...(trace === undefined ? [] : [traceNode(trace, 'run', context)]),
  ];
}

/** What helps, in the order in which buttons stand everywhere: what the error asks for, another try, the browser. */
function steps(run: Run, asked: readonly ActionBlock[], context: RenderContext): ViewNode[] {
  const help = runHelp(run);
  const hasFailed = run.state === 'FAILED' || run.state === 'ERROR';
  const canTry = hasFailed && help !== 'retry' && run.status_message?.retryable !== false && canRunAgain(run);
  const buttons = [
    ...(help === undefined || help === 'browser' ? [] : [helpNode(help, context)]),
    ...(canTry ? [helpNode('retry', context)] : []),
    ...(help === 'browser' || (hasFailed && help === undefined) ? [helpNode('browser', context)] : []),
    ...(run.state === 'BLOCKED' ? answers(run, asked, context) : []),
  ];
  return buttons.length === 0 ? [] : [['div', 'buttons', ...buttons]];
}

/** The ways to answer a run that waits. Nothing is sent by them: they fill the box. */
function answers(run: Run, asked: readonly ActionBlock[], context: RenderContext): ViewNode[] {
  const { translate: t } = context;
  const answer = (item: number, label: string): ViewNode => [
    'button',
    { class: 'secondary', does: 'answer', item },
    label,
  ];
  const isYesOrNo = asked.length > 0 && asked.every((action) => viewAction(action).kind !== 'ask');
  const here = isYesOrNo
    ? [answer(0, t('Approve…')), answer(1, t('Deny…'))]
    : [commandButton('followUp', t('Answer…'))];
  return [
    ...(whyNotFollowable(run) ? [] : here),
    commandButton(run.session_link ? 'openSession' : 'openBrowser', t('Answer in Browser')),
  ];
}

/** Actions that a run asks about, as many as are shown, and characters of a command. */
const mostAsked = 3;
const commandLimit = 4000;

/** What a person is asked to allow: whole commands, the lines of other actions; or what they are asked. */
function asking(actions: readonly ActionBlock[], context: RenderContext): ViewNode[] {
  const { translate: t } = context;
  const nodes = actions.map((action): ViewNode => {
    const view = viewAction(action);
    switch (view.kind) {
      case 'command':
        return [
          'div',
          'awaiting',
          ...preNodes(
            view.command,
            commandLimit,
            (text) => highlightCode(text, 'bash'),
            (hidden) => gapNode(hidden, action.id, 'command', context),
          ),
        ];
      case 'ask':
        return ['div', 'awaiting', ...questionNodes(view.questions, context)];
      default:
        return ['div', 'awaiting', ...actionLine(action, context).sentence];
    }
  });
  const runs = actions.some((action) => viewAction(action).kind === 'command');
  return nodes.length === 0 || !runs ? nodes : [['p', 'status-message muted', t('Wants to run:')], ...nodes];
}

/** The texts of the final message; its actions are below, in their place. */
function finalText(final: MessageEntry, { state }: Run, context: RenderContext): ViewNode[] {
  const texts = { ...final, blocks: final.blocks.filter((block) => block.kind === 'text') };
  const isOutcome = state === 'SUCCEEDED' || state === 'BLOCKED';
  return [
    ...(isOutcome ? [] : [['p', 'status-message muted', context.translate('Last message:')] as const]),
    ['div', 'final', ...childrenOf(renderEntry(texts, { place: 0, folded: false }, context))],
  ];
}
