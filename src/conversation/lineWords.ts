import { humanName } from '../model/conversationEvents';
import { mark, numberWord, oneLine, phrase, type RenderContext, type Translate } from './renderContext';
import type { ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

/** What an action or an event is, in one line: an icon, a sentence, and facts that stand beside it. */
export interface ActionLine {
  icon: string;
  sentence: ViewNode[];
  facts: ViewNode[];
}

export function line(icon: string, sentence: ViewNode[], facts: ViewNode[] = []): ActionLine {
  return { icon, sentence, facts };
}

/** A sentence about an action: once done, while it runs, and when it did not happen. */
export type Sentences = readonly [done: string, running: string, undone: string];

/** The sentence that fits the state, about one thing. */
export function say(sentences: Sentences, state: string, about: ViewNode): ViewNode[] {
  const [done, running, undone] = sentences;
  return phrase(state === 'running' ? running : isUndone(state) ? undone : done, about);
}

/** The same, of what has no effect when it fails. */
export function sayDone(sentences: Sentences, state: string, about: ViewNode): ViewNode[] {
  return say(sentences, state === 'failed' ? 'denied' : state, about);
}

export function isUndone(state: string): boolean {
  return state === 'denied' || state === 'waiting' || state === 'unanswered';
}

export function code(text: string): ViewNode {
  return ['code', '', visibleText(oneLine(text))];
}

/** Several things by the first of them and how many there are besides. */
export function firstOf(names: readonly string[], context: RenderContext, asCode = true): ViewNode {
  const [first = ''] = names;
  const shown: ViewNode = asCode ? code(first) : visibleText(oneLine(first));
  const more = names.length - 1;
  return more < 1
    ? shown
    : ['span', '', ...phrase(context.translate('{0} and {1} more', mark, numberWord(more, context)), shown)];
}

/** What is of an unknown kind goes by its own name. */
export function named(name: string, subject: string): ViewNode[] {
  const words = humanName(name);
  const title = visibleText(oneLine(words.charAt(0).toUpperCase() + words.slice(1), 80));
  return beside(title, subject);
}

/** A title with what it is about beside it: a text after a colon, members in their parentheses. */
export function beside(title: string, subject: string): ViewNode[] {
  const about = visibleText(oneLine(subject.replace(/\*\*|`|^#+ /gm, '')));
  return about === ''
    ? title === ''
      ? []
      : [title]
    : [about.startsWith('(') ? `${title} ` : `${title}: `, ['span', 'subject', about]];
}

export function factNodes(facts: readonly ViewNode[]): ViewNode[] {
  return facts.map((fact): ViewNode => ['span', 'fact', fact]);
}

/** A number of things; where there are several, `mark` stands for the number. */
export function counted(count: number, [one, many]: readonly [string, string], context: RenderContext): string {
  return count === 1 ? one : many.replace(mark, numberWord(count, context));
}

/** Lines added and removed. */
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

export const fileSentences = {
  created: (t: Translate): Sentences => [t('Created {0}', mark), t('Creating {0}', mark), t('Create {0}', mark)],
  deleted: (t: Translate): Sentences => [t('Deleted {0}', mark), t('Deleting {0}', mark), t('Delete {0}', mark)],
  edited: (t: Translate): Sentences => [t('Edited {0}', mark), t('Editing {0}', mark), t('Edit {0}', mark)],
  renamed: (t: Translate): Sentences => [t('Renamed {0}', mark), t('Renaming {0}', mark), t('Rename {0}', mark)],
  read: (t: Translate): Sentences => [t('Read {0}', mark), t('Reading {0}', mark), t('Read {0}', mark)],
  suggested: (t: Translate): Sentences => [t('Suggested {0}', mark), t('Suggesting {0}', mark), t('Suggest {0}', mark)],
};

/** A plan is written, where a file is created. */
export const documentSentences = {
  ...fileSentences,
  created: (t: Translate): Sentences => [t('Wrote {0}', mark), t('Writing {0}', mark), t('Write {0}', mark)],
};
