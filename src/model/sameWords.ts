/** Characters of a text that are compared. */
const most = 8000;

/** Whether what a text says, marks and spaces aside, stands at the beginning of another or is it. */
export function beginsWithWords(text: string, words: string): boolean {
  const wanted = lettersOf(words);
  return wanted !== '' && words.length <= most / 2 && lettersOf(text).startsWith(wanted);
}

/** Whether one of two sentences has all that the other says. */
export function saysTheSame(a: string, b: string): boolean {
  const [one, other] = [lettersOf(a), lettersOf(b)];
  return one !== '' && other !== '' && (one.includes(other) || other.includes(one));
}

function lettersOf(text: string): string {
  return text
    .slice(0, most)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
