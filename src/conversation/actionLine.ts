import type { ActionBlock } from '../model/conversation';
import { viewAction, type ActionView } from '../model/conversationActions';
import { humanName } from '../model/conversationEvents';
import { mark, numberWord, oneLine, phrase, type RenderContext, type Translate } from './renderContext';
import type { ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

/** What an action is, in one line: an icon, a sentence, and facts that stand beside it. */
export interface ActionLine {
  icon: string;
  sentence: ViewNode[];
  facts: ViewNode[];
}

/** A sentence about an action: once done, while it runs, and when it did not happen. */
type Sentences = readonly [done: string, running: string, undone: string];

/** Those of files and of documents. */
const sentences = {
  created: (t: Translate): Sentences => [t('Created {0}', mark), t('Creating {0}', mark), t('Create {0}', mark)],
  edited: (t: Translate): Sentences => [t('Edited {0}', mark), t('Editing {0}', mark), t('Edit {0}', mark)],
  read: (t: Translate): Sentences => [t('Read {0}', mark), t('Reading {0}', mark), t('Read {0}', mark)],
};

export function actionLine(action: ActionBlock, context: RenderContext): ActionLine {
  const view = viewAction(action);
  const { icon, sentence, facts } = describe(view, action, context);
  return { icon, sentence, facts: [...facts, ...stateFacts(action, view, context)] };
}

function describe(view: ActionView, action: ActionBlock, context: RenderContext): ActionLine {
  const { translate: t } = context;
  const say = ([done, running, undone]: Sentences, about: string, asCode = true): ViewNode[] => {
    const message = action.state === 'running' ? running : isUndone(action.state) ? undone : done;
    const text = visibleText(oneLine(about));
    return phrase(message, asCode ? ['code', '', text] : text);
  };
  switch (view.kind) {
    case 'command':
      return line('terminal', say([t('Ran {0}', mark), t('Running {0}', mark), t('Run {0}', mark)], view.command), []);
    case 'edit':
      return line(
        'edit',
        say(sentences.edited(t), ...files(view.files, context)),
        changeFacts(view.added, view.removed, context),
      );
    case 'read':
      return line(
        'eye',
        say(
          sentences.read(t),
          ...files(
            view.files.map(({ path, lines }) => (lines === '' ? path : `${path}:${lines}`)),
            context,
          ),
        ),
        [],
      );
    case 'upload':
      return line(
        'file',
        say([t('Uploaded {0}', mark), t('Uploading {0}', mark), t('Upload {0}', mark)], view.file),
        [],
      );
    case 'search':
      return line(
        'search',
        say(
          [t('Searched for {0}', mark), t('Searching for {0}', mark), t('Search for {0}', mark)],
          view.queries.join(', '),
        ),
        [
          ...(view.where === '' ? [] : [t('in {0}', visibleText(oneLine(view.where, 60)))]),
          ...(view.found === undefined ? [] : [t('{0} found', numberWord(view.found, context))]),
        ],
      );
    case 'tool':
      return line(
        'plug',
        say([t('Called {0}', mark), t('Calling {0}', mark), t('Call {0}', mark)], view.tool),
        view.server === '' ? [] : [visibleText(oneLine(view.server, 60))],
      );
    case 'resource':
      return line(
        'plug',
        say(
          [t('Read the resource {0}', mark), t('Reading the resource {0}', mark), t('Read the resource {0}', mark)],
          view.uri,
        ),
        [],
      );
    case 'document': {
      const verb = documentVerb(action.name);
      const about = view.title.trim() || (/plan/i.test(action.name) ? t('the plan') : t('a document'));
      return line('book', verb ? say(sentences[verb](t), about, false) : named(action.name, view.title), []);
    }
    case 'computer':
      return line(
        'device-desktop',
        view.summary === ''
          ? [t('Used the computer')]
          : phrase(t('Computer: {0}', mark), visibleText(oneLine(view.summary))),
        [],
      );
    case 'review':
      return line('comment-discussion', named(action.name, ''), [
        ...(view.comments === 0
          ? []
          : [view.comments === 1 ? t('1 comment') : t('{0} comments', numberWord(view.comments, context))]),
      ]);
    case 'skill':
      return line(
        'mortar-board',
        say(
          [t('Read the skill {0}', mark), t('Reading the skill {0}', mark), t('Read the skill {0}', mark)],
          view.skill,
        ),
        [],
      );
    case 'other':
      return line('tools', named(action.name || action.category, view.subject), []);
  }
}

/** What is done to a document, by the name of the action. */
const documentVerbs = [
  ['created', /create|add|write/i],
  ['edited', /edit|update|change|replace/i],
  ['read', /read|get|view|fetch/i],
] as const;

function documentVerb(name: string): keyof typeof sentences | undefined {
  return documentVerbs.find(([, pattern]) => pattern.test(name))?.[0];
}

function line(icon: string, sentence: ViewNode[], facts: ViewNode[]): ActionLine {
  return { icon, sentence, facts };
}

function isUndone(state: string): boolean {
  return state === 'denied' || state === 'waiting' || state === 'unanswered';
}

/** An action of an unknown kind goes by its own name. */
function named(name: string, subject: string): ViewNode[] {
  const words = humanName(name);
  const title = visibleText(oneLine(words.charAt(0).toUpperCase() + words.slice(1), 80));
  const about = visibleText(oneLine(subject));
  const nodes: ViewNode[] = [title, ' ', ['span', 'subject', about]];
  return about === '' ? [title] : nodes;
}

/** One file by its name, several by their number. */
function files(paths: string[], context: RenderContext): [about: string, asCode: boolean] {
  const [only = ''] = paths;
  return paths.length > 1
    ? [context.translate('{0} files', numberWord(paths.length, context)), false]
    : [only === '' ? context.translate('files') : only, only !== ''];
}

export function changeFacts(added: number, removed: number, context: RenderContext): ViewNode[] {
  return added === 0 && removed === 0
    ? []
    : [
        [
          'span',
          { class: 'change', label: context.translate('{0} lines added, {1} removed', added, removed), role: 'img' },
          ...(added > 0 ? [['span', 'added', `+${numberWord(added, context)}`] as const] : []),
          ...(added > 0 && removed > 0 ? [' '] : []),
          ...(removed > 0 ? [['span', 'removed', `\u2212${numberWord(removed, context)}`] as const] : []),
        ],
      ];
}

/** Milliseconds of an action that are worth saying. */
const shortest = 1000;

/** Kinds whose sentence says that the action is running. */
const sayRunning: ReadonlySet<ActionView['kind']> = new Set([
  'command',
  'edit',
  'read',
  'resource',
  'search',
  'skill',
  'tool',
  'upload',
] as const);

function stateFacts(action: ActionBlock, view: ActionView, context: RenderContext): ViewNode[] {
  const { translate: t, words } = context;
  const exit = view.kind === 'command' ? view.exitCode : undefined;
  const facts: ViewNode[] = [];
  if (exit !== undefined) {
    facts.push(['span', exit === 0 ? '' : 'error', t('exit {0}', exit)]);
  }
  switch (action.state) {
    case 'completed':
      break;
    case 'running':
      if (!sayRunning.has(view.kind) && (view.kind !== 'document' || !documentVerb(action.name))) {
        facts.push(t('running'));
      }
      break;
    case 'failed':
      if (exit === undefined || exit === 0) {
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
      facts.push(t('no result'));
      break;
    default:
      facts.push(visibleText(oneLine(action.state, 40)));
  }
  if (action.took !== undefined && action.took >= shortest && action.state !== 'running') {
    facts.push(words.duration(action.took));
  }
  return facts;
}
