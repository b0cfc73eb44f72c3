import type { ActionBlock, MessageEntry } from '../model/conversation';
import { viewAction } from '../model/conversationActions';
import { asText } from '../model/conversationJson';
import { runHelp } from '../model/errorHelp';
import { whyNotFollowable } from '../model/followUpGate';
import { hasEnded, isActive } from '../model/runTime';
import type { Run } from '../oz/types';
import { actionLine } from './actionLine';
import { commandButton } from './commandButton';
import { helpNode } from './helpNode';
import { highlightCode } from './highlightCode';
import { gapNode, preNodes } from './longText';
import { renderEntry } from './renderEntry';
import type { RenderContext } from './renderContext';
import { stateLook } from './stateLook';
import type { TopFacts } from './topFacts';
import { traceNode, traceOf } from './traceNode';
import { childrenOf, type ViewElement, type ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

/** Characters of the service's own words that are shown. */
const saidLimit = 4000;

/** What a run that is over, or waits for a person, came to; of one at work, what the service says about it. */
export function outcome({ run, final, waiting }: TopFacts, context: RenderContext): ViewElement | null {
  if (!run) {
    return null;
  }
  if (isActive(run.state)) {
    const said = saidOf(run);
    return said === ''
      ? null
      : ['section', { class: 'outcome', label: context.translate('Status') }, ['p', 'status-message', said]];
  }
  if (!hasEnded(run.state) && run.state !== 'BLOCKED') {
    return null;
  }
  const asked = run.state === 'BLOCKED' ? (waiting ?? []).slice(0, mostAsked).map((one) => asking(one, context)) : [];
  const shown = [
    ...(run.state === 'SUCCEEDED' ? [] : why(run, context)),
    ...asked,
    ...steps(run, context),
    ...(final ? [finalText(final, context)] : []),
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

function saidOf(run: Run): string {
  return visibleText((asText(run.status_message?.message) ?? '').slice(0, saidLimit).trim());
}

/** What the error means, then the service's own words. */
function why(run: Run, context: RenderContext): ViewNode[] {
  const meaning = run.state === 'CANCELLED' ? undefined : context.words.errorSentence(run.status_message?.error_code);
  const said = saidOf(run);
  const trace = traceOf(run);
  return [
    ...(meaning === undefined ? [] : [['p', 'status-message', meaning] as const]),
    ...(said === '' ? [] : [['p', meaning === undefined ? 'status-message' : 'status-message muted', said] as const]),
    ...(trace === undefined ? [] : [traceNode(trace, 'run', context)]),
  ];
}

/** The one step that helps; where a run waits, the ways to answer it too. */
function steps(run: Run, context: RenderContext): ViewNode[] {
  const { translate: t } = context;
  const help = runHelp(run);
  const answers: ViewNode[] =
    run.state === 'BLOCKED'
      ? [
          ...(whyNotFollowable(run) ? [] : [commandButton('followUp', t('Answer…'))]),
          commandButton(run.session_link ? 'openSession' : 'openBrowser', t('Answer in Browser')),
        ]
      : [];
  const buttons = [...(help === undefined ? [] : [helpNode(help, context)]), ...answers];
  return buttons.length === 0 ? [] : [['div', 'buttons', ...buttons]];
}

/** Actions that a run asks about, as many as are shown, and characters of a command. */
const mostAsked = 3;
const commandLimit = 4000;

/** What a person is asked to allow: the whole command, or the line of another action. */
function asking(action: ActionBlock, context: RenderContext): ViewNode {
  const view = viewAction(action);
  return [
    'div',
    'awaiting',
    ...(view.kind === 'command'
      ? preNodes(
          view.command,
          commandLimit,
          (text) => highlightCode(text, 'bash'),
          (hidden) => gapNode(hidden, action.id, 'command', context),
        )
      : actionLine(action, context).sentence),
  ];
}

/** The texts of the final message; its actions are below, in their place. */
function finalText(final: MessageEntry, context: RenderContext): ViewNode {
  const texts = { ...final, blocks: final.blocks.filter((block) => block.kind === 'text') };
  return ['div', 'final', ...childrenOf(renderEntry(texts, { place: 0, folded: false }, context))];
}
