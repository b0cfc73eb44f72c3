import type { ActionBlock, Block, EventBlock } from '../model/conversation';
import { errorOf, viewAction, type ActionView } from '../model/conversationActions';
import type { AgentsView } from '../model/conversationAgents';
import { viewEvent } from '../model/conversationEvents';
import { fileChanges } from '../model/conversationFiles';
import { prettyJson } from '../model/conversationJson';
import type { JsonRecord } from '../oz/json';
import { rawText } from './blockText';
import { highlightCode } from './highlightCode';
import { gapNode, preNodes, textLimit } from './longText';
import { changeNodes } from './renderChanges';
import { oneLine, type RenderContext } from './renderContext';
import { computerNodes, documentNodes, markdown, reviewNodes, skillNodes } from './renderDocuments';
import { listNodes, readNodes, searchNodes, webNodes } from './renderFiles';
import { agentNodes, areBelow, questionNodes, todoNodes } from './renderTalk';
import { toolNodes } from './renderTool';
import type { TextPart } from './protocol';
import { terminalNodes } from './terminalOutput';
import type { Verb, ViewElement, ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

/** Bytes of a body's JSON at most, and characters of what is shown instead of a larger one. */
const bodyLimit = 64_000;
const poorLimit = 8000;

/** What stands behind the line of an action or event: made for reading, or as the service sent it. */
export function renderBody(block: Block, raw: boolean, context: RenderContext): ViewElement {
  const ways = [
    () => (raw ? rawNodes(block, context) : madeNodes(block, true, context)),
    () => (raw ? rawNodes(block, context, poorLimit) : madeNodes(block, false, context)),
  ];
  const fits = (nodes: ViewNode[]): boolean => Buffer.byteLength(JSON.stringify(nodes)) <= bodyLimit;
  const made = ways.map((make) => make()).find(fits) ?? rawNodes(block, context, poorLimit);
  return ['div', { class: 'body', role: 'group' }, ...made, ...tools(block, raw, context)];
}

function tools(block: Block, raw: boolean, context: RenderContext): ViewNode[] {
  const { translate: t } = context;
  const button = (does: Verb, name: string, label: string): ViewNode => [
    'button',
    { class: 'small', does, of: block.id, name, item: 0 },
    label,
  ];
  const copy = (name: TextPart, label: string): ViewNode => button('copy', name, label);
  const view = block.kind === 'action' ? viewAction(block) : undefined;
  const changes = block.kind === 'action' && view?.kind === 'edit' ? fileChanges(block) : [];
  const hasOwn = block.kind === 'action' || (block.kind === 'event' && eventNodes(block, context) !== undefined);
  return [
    [
      'div',
      'tools-line',
      ...(view?.kind === 'command' ? [copy('command', t('Copy Command'))] : []),
      ...(view?.kind === 'command' && view.output !== '' ? [copy('output', t('Copy Output'))] : []),
      ...(changes.length > 1 ? [button('diffs', '', t('Open All Changes'))] : []),
      ...(changes.length > 0 ? [copy('diff', t('Copy Diff'))] : []),
      ...(hasOwn ? [button('body', raw ? 'made' : 'raw', raw ? t('Show Formatted') : t('Show Raw'))] : []),
      ...(raw || !hasOwn ? [button('open', 'raw', t('Open Raw in Editor'))] : []),
    ],
  ];
}

function rawNodes(block: Block, context: RenderContext, limit = textLimit): ViewNode[] {
  return preNodes(
    rawText(block),
    limit,
    (text) => highlightCode(text, limit < textLimit ? '' : 'json'),
    (hidden) => gapNode(hidden, block.id, 'raw', context),
  );
}

function madeNodes(block: Block, coloured: boolean, context: RenderContext): ViewNode[] {
  const made =
    block.kind === 'action'
      ? actionNodes(block, coloured, context)
      : block.kind === 'event'
        ? eventNodes(block, context)
        : undefined;
  return made ?? rawNodes(block, context, coloured ? textLimit : poorLimit);
}

/** What of an event is for reading, besides what its line has below it; undefined for one of data. */
function eventNodes(event: EventBlock, context: RenderContext): ViewNode[] | undefined {
  const view = viewEvent(event);
  switch (view.kind) {
    case 'thought':
    case 'summary':
      return view.text === '' ? undefined : [markdown(view.text, event.id, context)];
    case 'error':
      return view.subject === '' ? undefined : [['p', 'problem', visibleText(view.subject.slice(0, poorLimit))]];
    case 'todos':
      return event.outdated ? todoNodes(view.todos, context) : [];
    case 'agents':
      return agentsBody(view, event.id, context);
    default:
      return undefined;
  }
}

/** What the agents were told, and those that the line does not lead to. */
function agentsBody(view: Omit<AgentsView, 'kind'>, id: string, context: RenderContext): ViewNode[] | undefined {
  const { message, agents } = view;
  const nodes = [
    ...(message === '' ? [] : [markdown(message, id, context)]),
    ...(agents.length === 0 || areBelow(view) ? [] : agentNodes(agents, context)),
  ];
  return nodes.length === 0 && agents.length === 0 ? undefined : nodes;
}

function actionNodes(action: ActionBlock, coloured: boolean, context: RenderContext): ViewNode[] {
  const view = viewAction(action);
  const error = errorOf(action);
  const made = viewNodes(view, action, coloured, context);
  return [
    ...(error === undefined ? [] : [['p', 'problem', visibleText(oneLine(error, 2000))] as const]),
    ...(made ?? jsonNodes(action, context)),
  ];
}

/** Undefined where no view fits. */
function viewNodes(
  view: ActionView,
  action: ActionBlock,
  coloured: boolean,
  context: RenderContext,
): ViewNode[] | undefined {
  switch (view.kind) {
    case 'todos':
      return action.outdated ? todoNodes(view.todos, context) : [];
    case 'agents':
      return agentsBody(view, action.id, context);
    case 'other':
      return undefined;
    default: {
      const made = madeOf(view, action, coloured, context);
      return made.length > 0 ? made : undefined;
    }
  }
}

function madeOf(
  view: Exclude<ActionView, { kind: 'agents' | 'other' | 'todos' }>,
  action: ActionBlock,
  coloured: boolean,
  context: RenderContext,
): ViewNode[] {
  switch (view.kind) {
    case 'command':
      return commandNodes(view.command, view.output, action, context);
    case 'edit': {
      const changes = fileChanges(action);
      const files = view.files.map((path) => ({ path, lines: '' }));
      return changes.length > 0 ? changeNodes(changes, action, coloured, context) : listNodes(files, action, context);
    }
    case 'read':
      return readNodes(view.files, action, context);
    case 'upload':
      return [
        ...(view.description === '' ? [] : [['p', '', visibleText(oneLine(view.description, 2000))] as const]),
        ...listNodes([{ path: view.file, lines: '' }], action, context),
      ];
    case 'search':
      return searchNodes(view, action, context);
    case 'web':
      return webNodes(view, action, context);
    case 'tool':
    case 'resource':
      return toolNodes(action, context);
    case 'document':
      return documentNodes(action, coloured, context);
    case 'review':
      return reviewNodes(action, context);
    case 'skill':
      return skillNodes(action, context);
    case 'computer':
      return computerNodes(view.pictures, action, context);
    case 'ask':
      return questionNodes(view.questions, context);
  }
}

/** Characters of a command that its line has room for in a window that is not narrow. */
const lineRoom = 60;

function commandNodes(command: string, output: string, action: ActionBlock, context: RenderContext): ViewNode[] {
  const gap = (part: TextPart) => (hidden: number) => gapNode(hidden, action.id, part, context);
  const isInLine = output !== '' && command.length <= lineRoom && !command.trim().includes('\n');
  return [
    ...(command === '' || isInLine
      ? []
      : preNodes(command, textLimit, (text) => highlightCode(text, 'bash'), gap('command'))),
    ...(output === '' ? [] : preNodes(output, textLimit, terminalNodes, gap('output'))),
  ];
}

/** What went in and what came out, where no view fits. */
function jsonNodes(action: ActionBlock, context: RenderContext): ViewNode[] {
  const { translate: t } = context;
  const part = (title: string, value: JsonRecord): ViewNode[] =>
    Object.keys(value).length === 0
      ? []
      : [
          ['div', 'path', title],
          ...preNodes(
            prettyJson(value),
            textLimit / 2,
            (text) => highlightCode(text, 'json'),
            (hidden) => gapNode(hidden, action.id, 'raw', context),
          ),
        ];
  const nodes = [...part(t('Input'), action.input), ...part(t('Output'), action.output)];
  return nodes.length > 0 ? nodes : [['p', 'note', t('Nothing more is known about it.')]];
}
