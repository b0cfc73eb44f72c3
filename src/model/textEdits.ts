/** Puts a text in the place of another one: offsets in UTF-16 units. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with all edits made; they do not overlap, and one that only inserts comes first where two begin. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  let at = 0;
  const parts: string[] = [];
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    parts.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  return parts.join('') + text.slice(at);
}

/** The one edit that makes a text another one and leaves alone what both begin and end with; undefined when they are the same. */
export function editBetween(before: string, after: string): TextEdit | undefined {
  if (before === after) {
    return undefined;
  }
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) {
    start++;
  }
  // An editor has no place within a line end.
  start -= before[start - 1] === '\r' ? 1 : 0;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) {
    same++;
  }
  same -= same > 0 && before.at(-1 - same) === '\r' && before.at(-same) === '\n' ? 1 : 0;
  return { start, end: before.length - same, text: after.slice(start, after.length - same) };
}
