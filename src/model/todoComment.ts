/** A line that is longer is no comment that somebody wrote. */
const maxLine = 1000;
/** So many lines a TODO can have. */
const maxLines = 12;

/** What begins a comment, in one language or another. */
const opening = /\/\/|\/\*|#|--|;|<!--|%|\{-|\(\*|^\s*(?:\*|'|"|rem\b)/i;
/** The beginning of a line in a longer comment or of an entry in a list: nothing but its mark. */
const mark = /^\s*(?:[-*+>]|\d+[.)])?\s*(?:\[ \]\s*)?$/;
const word = /\b(?:TODO|FIXME)\b(?:\([^)]*\))?(:?)\s*/;
const closing = /\s*(?:\*\/|-->|-\}|\*\)|%>)\s*$/;
/** What opens a comment that goes on until it is closed. */
const blocks = ['/*', '<!--', '{-', '(*'];

export interface TodoComment {
  /** Lines, from 0; the last one is part of it. */
  first: number;
  last: number;
  /** What it asks for, in one line; empty when it says no more than that. */
  words: string;
}

/** The TODO or FIXME that a line is part of, with all lines that it goes on in. Few lines around it are looked at. */
export function todoAt(lineAt: (line: number) => string | undefined, line: number): TodoComment | undefined {
  for (let first = line; first > line - maxLines; first--) {
    const text = lineAt(first);
    if (text === undefined) {
      return undefined;
    }
    const words = todoComment(text);
    if (words !== undefined) {
      const more = linesBelow(lineAt, first, text);
      const last = first + more.length;
      return last >= line ? { first, last, words: [words, ...more].filter(Boolean).join(' ') } : undefined;
    }
  }
  return undefined;
}

/**
 * What a line's TODO or FIXME asks for, empty when it says no more than that; undefined on a line without one. Goes by the
 * line alone: a word in a longer text is none.
 */
export function todoComment(line: string): string | undefined {
  if (line.length > maxLine) {
    return undefined;
  }
  const found = word.exec(line);
  const before = line.slice(0, found?.index);
  if (!found || !(opening.test(before) || mark.test(before))) {
    return undefined;
  }
  return line
    .slice(found.index + found[0].length)
    .replace(closing, '')
    .trim();
}

/** What the further lines of the same comment say. */
function linesBelow(lineAt: (line: number) => string | undefined, first: number, text: string): string[] {
  const before = text.slice(0, word.exec(text)?.index).trimEnd();
  const opener = /\S*$/.exec(before)?.[0] ?? '';
  const isBlock = blocks.some((block) => opener.startsWith(block));
  let isClosed = !opening.test(opener) || (isBlock && closing.test(text));
  const below: string[] = [];
  while (!isClosed && below.length < maxLines - 1) {
    const line = lineAt(first + below.length + 1) ?? '';
    const column = before.length - opener.length;
    const rest = isBlock ? line.replace(/^\s*\*?(?!\/)/, '') : restBehind(line, opener.toLowerCase(), column);
    const words = line.length > maxLine || word.test(line) ? '' : rest.replace(closing, '').trim();
    if (!/[\p{L}\p{N}]/u.test(words)) {
      break;
    }
    below.push(words);
    isClosed = closing.test(rest);
  }
  return below;
}

/** What stands behind the same mark in the same column; empty where that line is something else. */
function restBehind(line: string, opener: string, column: number): string {
  const isSame = line.slice(column, column + opener.length).toLowerCase() === opener;
  return isSame && !line.slice(0, column).trim() ? line.slice(column + opener.length) : '';
}
