import type * as errors from '../platform/errorWords';
import type * as problems from '../platform/problemWords';
import type * as words from '../platform/words';
import type { ViewNode } from './viewNodes';

/** `vscode.l10n.t`: placeholders are `{0}`, `{1}` and so on. */
export type Translate = (message: string, ...values: (string | number)[]) => string;

/** The extension's common words, given so that rendering needs no editor. */
export type Words = Pick<
  typeof words,
  | 'age'
  | 'artifactWord'
  | 'credits'
  | 'duration'
  | 'exactTime'
  | 'runTime'
  | 'runTitle'
  | 'sizeWord'
  | 'sourceWord'
  | 'stateWord'
> &
  Pick<typeof problems, 'problemWords'> &
  Pick<typeof errors, 'errorSentence' | 'helpButton'>;

export interface RenderContext {
  translate: Translate;
  words: Words;
  /** The language of numbers and times, as `vscode.env.language`. */
  language: string;
  /** Keeps an address that a link may lead to, and gives the number that the page will ask for it by. */
  link: (url: string) => number;
  /** The number that the page will ask for a run by. */
  run: (runId: string) => number;
  /** The number of the run's artifact that goes by this id. */
  artifact?: (uid: string) => number | undefined;
}

/** Stands in a translated sentence for what will be a node; no text of a page holds it. */
export const mark = '\u0001';

/** The sentence with the node where its mark is. */
export function phrase(sentence: string, node: ViewNode): ViewNode[] {
  const [before = '', after = ''] = sentence.split(mark);
  return [before, node, after].filter((part) => part !== '');
}

export function icon(name: string): ViewNode {
  return ['span', { class: `icon ${name}`, decorative: true }];
}

/** The first line of a text, for a place that has room for one. */
export function oneLine(text: string, maxLength = 200): string {
  const line = text
    .slice(0, maxLength * 4)
    .trim()
    .replace(/\s+/g, ' ');
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
}

// Making a format takes longer than rendering an entry.
const numberFormats = new Map<string, Intl.NumberFormat>();
const timeFormats = new Map<string, Intl.DateTimeFormat>();

export function numberWord(value: number, { language }: Pick<RenderContext, 'language'>): string {
  const format = numberFormats.get(language) ?? new Intl.NumberFormat(language);
  numberFormats.set(language, format);
  return format.format(value);
}

/** The time of day, as it stands beside a message. */
export function clockTime(time: number, { language }: Pick<RenderContext, 'language'>): string {
  const format = timeFormats.get(language) ?? new Intl.DateTimeFormat(language, { hour: 'numeric', minute: '2-digit' });
  timeFormats.set(language, format);
  return format.format(time);
}
