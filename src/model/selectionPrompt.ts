import { fenced } from './markdownCode';

export interface SelectedText {
  /** Exactly as in the file, its line ends included. */
  text: string;
  /** From 1; the last line is part of the selection. */
  firstLine: number;
  lastLine: number;
}

/** Where the selected text is from, as far as it is known. */
export interface SelectionSource {
  /** From the repository's root, or else from the workspace's; undefined for a file that was never saved. */
  path?: string;
  languageId?: string;
  /** `owner/repo` */
  repository?: string;
  branch?: string;
  commit?: string;
}

/**
 * The prompt of a launch from a selection: what the person wrote, where the text is from, then the text in fences that
 * nothing inside it can close. Nothing is shortened.
 */
export function selectionPrompt(words: string, source: SelectionSource, selections: readonly SelectedText[]): string {
  const facts = [
    ['File', source.path],
    ['Repository', source.repository],
    ['Branch', source.branch],
    ['Commit', source.commit],
  ].flatMap(([name, value]) => (name && value ? [`${name}: ${inOneLine(value)}`] : []));
  const parts = selections.map(
    ({ text, firstLine, lastLine }) => `${lineRange(firstLine, lastLine)}:\n\n${fenced(text, source.languageId)}`,
  );
  return [words, facts.join('\n'), ...parts].filter(Boolean).join('\n\n');
}

function lineRange(first: number, last: number): string {
  return first === last ? `Line ${first}` : `Lines ${first}–${last}`;
}

/** A file's name may hold a line end, which would look like the next fact. */
export function inOneLine(value: string): string {
  return value.replace(
    /[\p{Cc}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
