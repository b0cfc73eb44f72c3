/**
 * The beginning of a text that has at most so many characters (code points): up to the end of a sentence where one ends in its
 * second half, else of a word.
 */
export function shortened(text: string, maxLength: number): string {
  const head = Array.from(text.slice(0, maxLength * 2 + 2));
  if (head.length <= maxLength && text.length <= maxLength * 2) {
    return text;
  }
  const kept = head.slice(0, maxLength).join('');
  // What follows tells whether the cut is at a word's end anyway.
  const whole = kept + (head[maxLength] ?? '');
  const sentence = lastMatch(kept, /[.!?](?=\s)/g, 1);
  const word = lastMatch(whole, /\s/g, 0);
  return (sentence > kept.length / 2 ? kept.slice(0, sentence) : word > 0 ? whole.slice(0, word) : kept).trimEnd();
}

/** Where the last match is, and so many characters on; -1 without one. */
function lastMatch(text: string, pattern: RegExp, further: number): number {
  let last = -1;
  for (const { index } of text.matchAll(pattern)) {
    last = index + further;
  }
  return last;
}
