/**
 * Text from outside, made safe to show. Control characters and bidirectional marks act unseen on what a person reads;
 * where VS Code reads more than text, labels turn `$(name)` into icons and notifications `[text](command:…)` into links.
 */

/**
 * Control characters, bidirectional marks, characters without a width and tags: shown by their number. The joiners U+200C
 * and U+200D are left out: Persian, Indic scripts and emoji are misspelled without them.
 */
const unseen =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/gu;
const whiteSpace = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
const loneSurrogate = /\p{Surrogate}/gu;
/** Has no width and, unlike the ones above, no other effect: it only parts what would be read together. */
const parting = '\u200c';

/**
 * One line of plain text: white space becomes a space, what cannot be seen is written as `U+202E`, icons and links stay
 * what was typed. At most `maxLength` characters are kept; a longer text ends in "…".
 */
export function plain(text: string, maxLength = 300): string {
  // Several times the length: characters are only removed below, never enough of them to matter.
  const head = text.length > maxLength * 4 ? text.slice(0, maxLength * 4) : text;
  return shorten(neutral(head.replace(whiteSpace, ' ')).trim(), maxLength, head.length < text.length);
}

/** A whole text for a page that shows nothing but text: tabs and lines stay, what cannot be seen is written as `‹U+202E›`. */
export function visibleText(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(unseen, (character) =>
      character === '\n' || character === '\t' ? character : `\u2039${numberOf(character)}\u203a`,
    );
}

/**
 * A text for an editor of Markdown, where VS Code follows a link to a `command:` at a click and runs it with whatever arguments
 * it has. What has no width parts the scheme.
 */
export function withoutCommandLinks(text: string): string {
  return text.replace(/\bcommand(?=\\?:\S)/gi, (scheme) => scheme + parting);
}

/** The first lines of a text, each made safe as `plain` does, for tooltips and messages that keep lines. */
export function plainLines(text: string, maxLines = 5, maxLength = 600): string {
  const head = text.slice(0, maxLength * 4);
  const lines = head.split(/\r\n|[\n\r\u2028\u2029]/).map((line) => neutral(line.replaceAll('\t', '  ')));
  const kept = lines.slice(0, maxLines).join('\n').trim();
  return shorten(kept, maxLength, lines.length > maxLines || head.length < text.length);
}

function neutral(text: string): string {
  return text
    .replace(loneSurrogate, '\ufffd')
    .replace(unseen, numberOf)
    .replaceAll('$(', `$${parting}(`)
    .replaceAll('](', `]${parting}(`);
}

function numberOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

function shorten(text: string, maxLength: number, wasCut: boolean): string {
  const characters = Array.from(text);
  if (characters.length <= maxLength && !wasCut) {
    return text;
  }
  return `${characters
    .slice(0, maxLength - 1)
    .join('')
    .trimEnd()}…`;
}
