import { finalMessage, type ActionBlock, type Block, type Entry, type EventBlock } from '../model/conversation';
import { errorOf, reviewComments, viewAction, type ActionView } from '../model/conversationActions';
import { diffText } from '../model/conversationDiff';
import { humanName, subjectOf, todosOf } from '../model/conversationEvents';
import { fileChanges } from '../model/conversationFiles';
import { prettyJson } from '../model/conversationJson';
import { searchResults } from '../model/conversationSearch';
import { isShort } from '../model/conversationTalk';
import { codeSpan, fenced } from '../model/markdownCode';
import { demoteHeadings } from '../model/markdownHeadings';
import { hasEnded } from '../model/runTime';
import { asList, asRecord, firstText } from '../oz/json';
import type { Run } from '../oz/types';
import { visibleText } from '../platform/plainText';
import { actionLine } from './actionLine';
import { oneLine, type RenderContext } from './renderContext';
import { roleWord } from './renderEntry';
import { terminalText } from './terminalOutput';
import { textOf } from './viewNodes';

/** What a document is about. */
export interface MarkdownSubject {
  /** Undefined where a conversation is known by itself alone. */
  run: Run | undefined;
  /** Where it can be seen in the browser. */
  url: string;
}

/**
 * A conversation as the parts of a Markdown document: a heading for each message and step, so that an editor folds and outlines
 * it, and every action in a line with what it changed, printed or found. The parts stand in order, an empty line between them.
 */
export function* markdownParts(
  entries: readonly Entry[],
  { run, url }: MarkdownSubject,
  context: RenderContext,
): Iterable<string> {
  yield* head(run, url, context);
  yield* outcome(entries, run, context);
  for (const entry of entries) {
    yield entryText(entry, context);
  }
}

/** The parts as one text. */
export function markdownOf(parts: readonly string[]): string {
  return parts.join('\n\n').concat('\n');
}

function head(run: Run | undefined, url: string, { translate: t, words }: RenderContext): string[] {
  if (!run) {
    return [t('# Conversation'), `<${url}>`];
  }
  const facts = [
    words.stateWord(run.state),
    words.sourceWord(run.source),
    words.exactTime(run.created_at),
    words.credits(run),
  ].filter(Boolean);
  const title = words.runTitle(run);
  const said = firstText(asRecord(run.status_message), 'message');
  return [
    `# ${title}`,
    facts.join(' · '),
    t('Run: {0}', `<${url}>`),
    ...(said === undefined ? [] : [`> ${visibleText(oneLine(said, 4000))}`]),
  ];
}

/** What a run that is over came to, unless that stands a few lines below anyway. */
function outcome(entries: readonly Entry[], run: Run | undefined, { translate: t }: RenderContext): string[] {
  const final = run && hasEnded(run.state) && !isShort(entries) ? finalMessage(entries) : undefined;
  const texts = final?.blocks.flatMap((block) => (block.kind === 'text' ? [demoteHeadings(block.text.trim(), 2)] : []));
  return texts ? [t('## Outcome'), ...texts] : [];
}

function entryText(entry: Entry, context: RenderContext): string {
  const depth = Math.min(6, 2 + entry.depth);
  const level = '#'.repeat(depth);
  if (entry.kind === 'step') {
    const title = oneLine(entry.title) || context.translate('Step');
    return [`${level} ${title}`, demoteHeadings(entry.summary, depth)].filter(Boolean).join('\n\n');
  }
  const time = entry.time === undefined ? '' : context.words.exactTime(new Date(entry.time).toISOString());
  const heading = `${level} ${[roleWord(entry.role, context), time].filter(Boolean).join(', ')}`;
  return [heading, ...entry.blocks.map((block) => blockText(block, depth, context))].join('\n\n');
}

function blockText(block: Block, depth: number, context: RenderContext): string {
  switch (block.kind) {
    case 'text':
      return demoteHeadings(block.text.trim(), depth);
    case 'action':
      return actionText(block, context);
    case 'event':
      return eventText(block, context);
    case 'unknown':
      return fenced(prettyJson(block.value), 'json');
  }
}

function actionText(action: ActionBlock, context: RenderContext): string {
  const { sentence, facts } = actionLine(action, context);
  const written = sentence.map((node) =>
    typeof node !== 'string' && node[0] === 'code' ? codeSpan(textOf(node)) : textOf(node),
  );
  const error = errorOf(action);
  return [
    `- ${[written.join(''), ...facts.map(textOf)].join(' · ')}`,
    ...(error === undefined ? [] : [`> ${oneLine(error, 2000)}`]),
    ...details(viewAction(action), action),
  ].join('\n\n');
}

/** What stands behind an action's line, as far as it says more than the line does. */
function details(view: ActionView, action: ActionBlock): string[] {
  switch (view.kind) {
    case 'command': {
      const whole = view.command.trim().includes('\n') ? [fenced(withoutLastBreak(view.command), 'sh')] : [];
      const output = withoutLastBreak(terminalText(view.output));
      return [...whole, ...(output === '' ? [] : [fenced(output, 'text')])];
    }
    case 'edit': {
      const changes = fileChanges(action);
      return changes.length === 0 ? [] : [fenced(withoutLastBreak(diffText(changes)), 'diff')];
    }
    case 'search': {
      const found = searchResults(action.output) ?? [];
      return found.length === 0
        ? []
        : [found.map(({ path, lines }) => `  - ${codeSpan(lines === '' ? path : `${path}:${lines}`)}`).join('\n')];
    }
    case 'review':
      return (reviewComments(action.input) ?? reviewComments(action.output) ?? []).map(({ place, text }) =>
        [`  - ${codeSpan(place || '?')}`, fenced(withoutLastBreak(text), 'markdown')].join('\n\n'),
      );
    case 'document': {
      const documents = [
        action.input,
        action.output,
        ...asList(action.input.documents),
        ...asList(action.output.documents),
      ];
      const texts = documents.map((one) => firstText(asRecord(one), 'content', 'markdown', 'text', 'plan'));
      return texts.flatMap((text) => (text === undefined ? [] : [fenced(withoutLastBreak(text), 'markdown')]));
    }
    case 'tool':
    case 'other':
      return Object.keys(action.output).length === 0 ? [] : [fenced(prettyJson(action.output), 'json')];
    default:
      return [];
  }
}

function eventText(event: EventBlock, { translate: t }: RenderContext): string {
  const todos = todosOf(event.name, event.data);
  const title = humanName(event.name) || t('Event');
  const subject = subjectOf(event.data);
  return todos
    ? todos.map((todo) => `- [${todo.done ? 'x' : ' '}] ${oneLine(todo.text, 400)}`).join('\n')
    : `_${[title, subject === undefined ? '' : oneLine(subject)].filter(Boolean).join(': ')}_`;
}

function withoutLastBreak(text: string): string {
  return text.replace(/\n$/, '');
}
