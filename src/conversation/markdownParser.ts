import createMarkdownIt, { type Token } from 'markdown-it';
import { allowedUrl } from './linkNodes';

const markdownIt = createMarkdownIt({ html: false, linkify: true });
markdownIt.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
// A link that may not be followed stays the text that was written; one to a file of the repository shows its name.
markdownIt.validateLink = (url) => allowedUrl(url) !== undefined || isRelative(url);
// A footnote looks like the address of a link, which would not be shown.
markdownIt.block.ruler.before('reference', 'footnote', (state, startLine, _endLine, silent) => {
  const line = state.src.slice(
    (state.bMarks[startLine] ?? 0) + (state.tShift[startLine] ?? 0),
    state.eMarks[startLine],
  );
  if (!/^\[\^[^\]\s]+\]:/.test(line) || silent) {
    return false;
  }
  state.line = startLine + 1;
  state.push('paragraph_open', 'p', 1);
  const inline = state.push('inline', '', 0);
  inline.content = line.trim();
  inline.map = [startLine, state.line];
  inline.children = [];
  state.push('paragraph_close', 'p', -1);
  return true;
});

export function parseMarkdown(text: string): Token[] {
  return markdownIt.parse(text, {});
}

/** Characters that could begin or end something, addresses, and cells of tables, that a text to be read has at most. */
const mostMarks = 8000;
const mostAddresses = 3000;
const mostCells = 20_000;

/** So full of marks that making sense of it would take long and say nothing: shown as it is written. */
export function isTooDense(text: string): boolean {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  if (count(/[\n[\]!*_~<`&|]/g) > mostMarks || count(/:\/\//g) > mostAddresses) {
    return true;
  }
  const lines = count(/\n/g);
  const columns = (text.match(/^[ \t>|:-]+$/gm) ?? []).map((line) => line.split('|').length);
  // Every line after a table's head can be a row of it, as wide as the head.
  return columns.reduce((most, one) => Math.max(most, one), 0) * lines > mostCells;
}

function isRelative(url: string): boolean {
  return !/^[a-z][a-z0-9+.-]*:/i.test(url) && !url.startsWith('//');
}
