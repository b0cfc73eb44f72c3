import type { ActionBlock, Block, Entry, EventBlock } from '../model/conversation';
import { viewAction } from '../model/conversationActions';
import { diffText } from '../model/conversationDiff';
import { humanName, subjectOf, todosOf } from '../model/conversationEvents';
import { fileChanges } from '../model/conversationFiles';
import { prettyJson } from '../model/conversationJson';
import { codeSpan, fenced } from '../model/markdownCode';
import type { Run } from '../oz/types';
import { actionLine } from './actionLine';
import { oneLine, type RenderContext } from './renderContext';
import { roleWord } from './renderEntry';
import { terminalText } from './terminalOutput';
import { textOf } from './viewNodes';

/**
 * A conversation as a Markdown document: a heading for each message and step, so that an editor folds and outlines it, and
 * every action in a line with what it changed or printed.
 */
export function conversationMarkdown(
  entries: readonly Entry[],
  run: Run | undefined,
  url: string,
  context: RenderContext,
): string {
  return [...head(run, url, context), ...entries.map((entry) => entryText(entry, context))].join('\n\n').concat('\n');
}

function head(run: Run | undefined, url: string, { translate: t, words }: RenderContext): string[] {
  if (!run) {
    return [`<${url}>`];
  }
  const facts = [
    words.stateWord(run.state),
    words.sourceWord(run.source),
    words.exactTime(run.created_at),
    words.credits(run),
  ].filter(Boolean);
  const title = words.runTitle(run);
  return [`# ${title}`, facts.join(' · '), t('Run: {0}', `<${url}>`)];
}

function entryText(entry: Entry, context: RenderContext): string {
  const level = '#'.repeat(Math.min(6, 2 + entry.depth));
  if (entry.kind === 'step') {
    const title = oneLine(entry.title) || context.translate('Step');
    return [`${level} ${title}`, entry.summary].filter(Boolean).join('\n\n');
  }
  const time = entry.time === undefined ? '' : context.words.exactTime(new Date(entry.time).toISOString());
  const heading = `${level} ${[roleWord(entry.role, context), time].filter(Boolean).join(', ')}`;
  return [heading, ...entry.blocks.map((block) => blockText(block, context))].join('\n\n');
}

function blockText(block: Block, context: RenderContext): string {
  switch (block.kind) {
    case 'text':
      return block.text.trim();
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
  const line = `- ${[written.join(''), ...facts.map(textOf)].join(' · ')}`;
  const view = viewAction(action);
  if (view.kind === 'command') {
    return view.output === '' ? line : `${line}\n\n${fenced(withoutLastBreak(terminalText(view.output)), 'text')}`;
  }
  const changes = view.kind === 'edit' ? fileChanges(action) : [];
  return changes.length === 0 ? line : `${line}\n\n${fenced(withoutLastBreak(diffText(changes)), 'diff')}`;
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
