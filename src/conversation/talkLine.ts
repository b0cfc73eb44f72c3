import type { AgentsView, Question } from '../model/conversationAgents';
import type { Todo } from '../model/conversationEvents';
import type { WebView } from '../model/conversationSearch';
import { beside, code, counted, firstOf, line, say, type ActionLine, type Sentences } from './lineWords';
import { mark, numberWord, oneLine, phrase, type RenderContext } from './renderContext';
import type { ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

/** Lines that actions and events have in common. */

export function webLine(
  { verb, about, found }: Omit<WebView, 'kind'>,
  state: string,
  context: RenderContext,
): ActionLine {
  const { translate: t } = context;
  const search: Sentences = [
    t('Searched the web for {0}', mark),
    t('Searching the web for {0}', mark),
    t('Search the web for {0}', mark),
  ];
  const read: Sentences = [t('Read {0}', mark), t('Reading {0}', mark), t('Read {0}', mark)];
  return line(
    'globe',
    verb === 'search' ? say(search, state, code(about[0] ?? '')) : say(read, state, firstOf(about, context)),
    found === undefined ? [] : [t('{0} found', numberWord(found, context))],
  );
}

export function questionsLine(questions: readonly Question[], context: RenderContext): ActionLine {
  const { translate: t } = context;
  const [first] = questions;
  const text = visibleText(oneLine(first?.text ?? ''));
  const answer = first?.answer ?? '';
  const facts: ViewNode[] = [
    ...(questions.length < 2 ? [] : [t('{0} questions', numberWord(questions.length, context))]),
    ...(answer === '' || questions.length > 1 ? [] : [t('answer: {0}', visibleText(oneLine(answer, 60)))]),
  ];
  return line('question', text === '' ? [t('Asked a question')] : phrase(t('Asked: {0}', mark), text), facts);
}

/** @param outdated what had been done since the list before, of one that a later list goes on with */
export function todosLine(
  todos: readonly Todo[],
  outdated: readonly string[] | undefined,
  context: RenderContext,
): ActionLine {
  const { translate: t } = context;
  const done = numberWord(todos.filter((todo) => todo.done).length, context);
  const facts = [t('{0} of {1} done', done, numberWord(todos.length, context))];
  return outdated === undefined || outdated.length === 0
    ? line('checklist', [t('To do')], facts)
    : line('check-on', [firstOf(outdated, context, false)], facts);
}

export function agentsLine(
  { verb, agents, message }: Omit<AgentsView, 'kind'>,
  state: string,
  context: RenderContext,
): ActionLine {
  const { translate: t } = context;
  const names = agents.map(({ name }) => name).filter((name) => name !== '');
  if (verb === 'message') {
    const sent: Sentences = [t('Wrote to {0}', mark), t('Writing to {0}', mark), t('Write to {0}', mark)];
    const to = names.length === 0 ? t('another agent') : firstOf(names, context, false);
    return line('comment', [...say(sent, state, to), ...beside('', message)]);
  }
  const started: Sentences = [t('Started {0}', mark), t('Starting {0}', mark), t('Start {0}', mark)];
  // Several stand below, by their names.
  const many = agents.some(({ runId }) => runId !== undefined) ? t('{0} sub-runs', mark) : t('{0} agents', mark);
  const about: ViewNode =
    agents.length > 1
      ? counted(agents.length, [t('an agent'), many], context)
      : (names.map((name) => visibleText(oneLine(name)))[0] ?? t('an agent'));
  const prompt = names.length === 0 ? message : '';
  return line('agent', [...say(started, state, about), ...beside('', prompt)]);
}
