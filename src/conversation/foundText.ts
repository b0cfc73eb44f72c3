/**
 * What of a page can be found in it. The host finds in the nodes that it would send and the page in its document, so that
 * both count the same hits.
 */

/** Stands between what a reader sees apart. No text of a page holds it. */
export const apart = '\u0000';

/** Elements that go on in the line around them, unless their class sets them apart. */
const inLine: ReadonlySet<string> = new Set(['a', 'code', 'em', 's', 'span', 'strong']);
const setApart = /\b(?:fact|added|removed|same|gap)\b/;
/** What is said about the text but is none of it. */
const passedBy = /\b(?:who|hover-tools|tools-line)\b/;

export function isApart(tag: string, className: string): boolean {
  return !inLine.has(tag) || setApart.test(className);
}

export function isPassedBy(tag: string, className: string): boolean {
  return passedBy.test(className) || (tag === 'div' && className === 'gap');
}

/** A piece of text as it is seen: lines that go on are parted by a space. Keeps its length. */
export function asSeen(text: string, isPreformatted: boolean): string {
  return isPreformatted ? text : text.replace(/[\n\t]/g, ' ');
}

/** In lower case, and of the same length. */
export function folded(text: string): string {
  const lower = text.toLowerCase();
  return lower.length === text.length ? lower : Array.from(text, lowerOfSameLength).join('');
}

function lowerOfSameLength(character: string): string {
  const lower = character.toLowerCase();
  return lower.length === character.length ? lower : character;
}

/** Whether a text that is looked for is meant as it is written: it has an upper-case letter. */
export function isExact(query: string): boolean {
  return query !== query.toLowerCase();
}
