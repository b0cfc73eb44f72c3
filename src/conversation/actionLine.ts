import type { ActionBlock } from '../model/conversation';
import { viewAction, type ActionView } from '../model/conversationActions';
import { commandLine } from './commandLine';
import {
  beside,
  changeFacts,
  code,
  counted,
  documentSentences,
  fileSentences,
  firstOf,
  isUndone,
  line,
  named,
  say,
  sayDone,
  type ActionLine,
  type Sentences,
} from './lineWords';
import { agentsLine, questionsLine, todosLine, webLine } from './talkLine';
import { mark, numberWord, oneLine, phrase, type RenderContext } from './renderContext';
import type { ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

export function actionLine(action: ActionBlock, context: RenderContext): ActionLine {
  const view = viewAction(action);
  const { icon, sentence, facts } = describe(view, action, context);
  return { icon, sentence, facts: [...facts, ...stateFacts(action, view, context)] };
}

function describe(view: ActionView, action: ActionBlock, context: RenderContext): ActionLine {
  const { translate: t } = context;
  const { state, name } = action;
  switch (view.kind) {
    case 'command':
      // What printed something was run.
      return commandLine(view, state === 'unanswered' && view.output !== '' ? 'completed' : state, context);
    case 'edit': {
      const about = view.files.length === 0 ? t('files') : firstOf(view.files, context);
      return line(
        editIcons[view.what],
        sayDone(fileSentences[view.what](t), state, about),
        changeFacts(view.added, view.removed, context),
      );
    }
    case 'read': {
      const files = view.files.map(({ path, lines }) => (lines === '' ? path : `${path}:${lines}`));
      const failed = view.failed === 0 ? [] : [t('{0} could not be read', numberWord(view.failed, context))];
      const facts = failed.map((fact): ViewNode => ['span', 'error', fact]);
      return line('eye', say(fileSentences.read(t), state, firstOf(files, context)), facts);
    }
    case 'upload': {
      const sentences: Sentences = [t('Uploaded {0}', mark), t('Uploading {0}', mark), t('Upload {0}', mark)];
      return line('file', sayDone(sentences, state, code(view.file)), quiet(view.description));
    }
    case 'search': {
      const sentences: Sentences = [
        t('Searched for {0}', mark),
        t('Searching for {0}', mark),
        t('Search for {0}', mark),
      ];
      return line('search', say(sentences, state, code(view.queries.join(', '))), [
        ...(view.where === '' ? [] : [t('in {0}', visibleText(oneLine(view.where, 60)))]),
        ...found(view, context),
      ]);
    }
    case 'web':
      return webLine(view, state, context);
    case 'tool': {
      const sentences: Sentences = [t('Called {0}', mark), t('Calling {0}', mark), t('Call {0}', mark)];
      return line('plug', [...say(sentences, state, code(view.tool)), ...beside('', view.given)], quiet(view.server));
    }
    case 'resource': {
      const sentences: Sentences = [
        t('Read the resource {0}', mark),
        t('Reading the resource {0}', mark),
        t('Read the resource {0}', mark),
      ];
      return line('plug', say(sentences, state, code(view.uri)));
    }
    case 'document': {
      const verb = documentVerb(name);
      const sentence = verb
        ? sayDone(documentSentences[verb](t), state, documentsWords(view.titles, /plan/i.test(name), context))
        : named(name, view.titles[0] ?? '');
      return line('book', sentence);
    }
    case 'computer':
      return line(
        isRecording(name) ? 'record' : 'device-desktop',
        computerSentence(name, view.summary, context),
        view.pictures.length === 0
          ? []
          : [counted(view.pictures.length, [t('1 screenshot'), t('{0} screenshots', mark)], context)],
      );
    case 'review':
      return line('comment-discussion', reviewSentence(name, context), [
        ...(view.comments === 0 ? [] : [counted(view.comments, [t('1 comment'), t('{0} comments', mark)], context)]),
        ...(view.files < 2 ? [] : [t('in {0} files', numberWord(view.files, context))]),
      ]);
    case 'skill': {
      const sentences: Sentences = [
        t('Read the skill {0}', mark),
        t('Reading the skill {0}', mark),
        t('Read the skill {0}', mark),
      ];
      return line('mortar-board', say(sentences, state, code(view.skill)));
    }
    case 'ask':
      return questionsLine(view.questions, context);
    case 'todos':
      return todosLine(view.todos, action.outdated, context);
    case 'agents':
      return agentsLine(view, state, context);
    case 'other':
      return line('tools', named(name || action.category, view.subject));
  }
}

const editIcons = { edited: 'edit', created: 'new-file', deleted: 'trash', renamed: 'edit' } as const;

function quiet(text: string): ViewNode[] {
  return text.trim() === '' ? [] : [visibleText(oneLine(text, 60))];
}

function found(view: { found?: number; hits?: number }, context: RenderContext): ViewNode[] {
  const { translate: t } = context;
  if (view.found === undefined) {
    return [];
  }
  return [
    view.hits === undefined || view.found === 0
      ? t('{0} found', numberWord(view.found, context))
      : view.found === 1
        ? t('{0} found in 1 file', numberWord(view.hits, context))
        : t('{0} found in {1} files', numberWord(view.hits, context), numberWord(view.found, context)),
  ];
}

function isRecording(name: string): boolean {
  return /record/i.test(name);
}

function computerSentence(name: string, summary: string, { translate: t }: RenderContext): ViewNode[] {
  if (isRecording(name)) {
    return /start/i.test(name)
      ? [t('Started recording')]
      : /stop/i.test(name)
        ? [t('Stopped recording')]
        : named(name, '');
  }
  return summary === '' ? named(name, '') : phrase(t('Computer: {0}', mark), visibleText(oneLine(summary)));
}

function reviewSentence(name: string, { translate: t }: RenderContext): ViewNode[] {
  return /open/i.test(name)
    ? [t('Opened the code review')]
    : /comment/i.test(name) && /insert|add|write|create/i.test(name)
      ? [t('Wrote review comments')]
      : named(name, '');
}

/** What is done to a document, by the name of the action. */
const documentVerbs = [
  ['suggested', /suggest|propose/i],
  ['created', /create|add|write/i],
  ['edited', /edit|update|change|replace/i],
  ['read', /read|get|view|fetch/i],
] as const;

function documentVerb(name: string): (typeof documentVerbs)[number][0] | undefined {
  return documentVerbs.find(([, pattern]) => pattern.test(name))?.[0];
}

function documentsWords(titles: readonly string[], isPlan: boolean, context: RenderContext): ViewNode {
  const { translate: t } = context;
  if (titles.length > 1) {
    return firstOf(titles, context, false);
  }
  const [title] = titles.map((one) => visibleText(oneLine(one)));
  if (title === undefined) {
    return isPlan ? t('the plan') : t('a document');
  }
  return isPlan ? t('the plan “{0}”', title) : t('the document “{0}”', title);
}

/** Milliseconds of an action that are worth saying. */
const shortest = 1000;

/** Kinds whose sentence does not say that the action is running. */
const silent: ReadonlySet<ActionView['kind']> = new Set(['ask', 'computer', 'other', 'review', 'todos'] as const);

function stateFacts(action: ActionBlock, view: ActionView, context: RenderContext): ViewNode[] {
  const { translate: t, words } = context;
  const exit = view.kind === 'command' ? view.exitCode : undefined;
  const facts: ViewNode[] = [];
  if (exit !== undefined) {
    facts.push(['span', exit === 0 ? '' : 'error', t('exit {0}', exit)]);
  } else if (view.kind === 'command' && view.goesOn && action.state === 'completed') {
    facts.push(action.left ? t('left running') : t('still running'));
  }
  switch (action.state) {
    case 'completed':
      break;
    case 'running':
      if (silent.has(view.kind) || (view.kind === 'document' && !documentVerb(action.name))) {
        facts.push(t('running'));
      }
      break;
    case 'failed':
      if ((exit === undefined || exit === 0) && !(view.kind === 'read' && view.failed > 0)) {
        facts.push(['span', 'error', t('failed')]);
      }
      break;
    case 'denied':
      facts.push(['span', 'warning', t('denied')]);
      break;
    case 'waiting':
      facts.push(['span', 'warning', t('waits for an answer')]);
      break;
    case 'unanswered':
      facts.push(action.raw.result ? t('not finished') : t('no result'));
      break;
    default:
      facts.push(visibleText(oneLine(action.state, 40)));
  }
  if (action.took !== undefined && action.took >= shortest && action.state !== 'running' && !isUndone(action.state)) {
    facts.push(words.duration(action.took));
  }
  return facts;
}
