/** A line that is longer is no comment that somebody wrote. */
const maxLine = 1000;

/** What begins a comment, in one language or another. */
const opening = /\/\/|\/\*|#|--|;|<!--|%|\{-|\(\*|^\s*(?:\*|'|"|rem\b)/i;
/** The beginning of a line in a longer comment or of an entry in a list: nothing but its mark. */
const mark = /^\s*(?:[-*+>]|\d+[.)])?\s*(?:\[ \]\s*)?$/;

/**
 * What a line's TODO or FIXME asks for, empty when it says no more than that; undefined on a line without one. Goes by the
 * line alone: a word in a longer text is none.
 */
export function todoComment(line: string): string | undefined {
  if (line.length > maxLine) {
    return undefined;
  }
  const found = /\b(?:TODO|FIXME)\b(?:\([^)]*\))?(:?)\s*/.exec(line);
  const before = line.slice(0, found?.index);
  if (!found || !(opening.test(before) || mark.test(before))) {
    return undefined;
  }
  const rest = line.slice(found.index + found[0].length);
  return rest.replace(/\s*(?:\*\/|-->|-\}|\*\)|%>)\s*$/, '').trim();
}
