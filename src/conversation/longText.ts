import type { RenderContext } from './renderContext';
import { numberWord } from './renderContext';
import type { TextPart } from './protocol';
import type { ViewNode } from './viewNodes';

/** Characters of one text in a body that are shown; the rest opens in the editor. */
export const textLimit = 30_000;

/** A long text's beginning and end, cut between lines where there is one near. */
export interface HeadAndTail {
  head: string;
  tail: string;
  /** Characters between them. */
  hidden: number;
}

/** The whole text as `head` when it has at most `limit` characters, else three quarters of them and the last quarter. */
export function headAndTail(text: string, limit: number): HeadAndTail {
  if (text.length <= limit) {
    return { head: text, tail: '', hidden: 0 };
  }
  const most = Math.floor(limit * 0.75);
  const lineEnd = text.lastIndexOf('\n', most);
  const head = text.slice(0, lineEnd > most / 2 ? lineEnd : whole(text, most));
  const least = text.length - Math.floor(limit * 0.25);
  const lineStart = text.indexOf('\n', least) + 1;
  const start = lineStart > 0 && lineStart < (least + text.length) / 2 ? lineStart : whole(text, least);
  return { head, tail: text.slice(start), hidden: start - head.length };
}

/** A place to cut that does not part a surrogate pair. */
function whole(text: string, place: number): number {
  return /[\udc00-\udfff]/.test(text.charAt(place)) ? place + 1 : place;
}

/** What stands for the part of a block that is not shown. */
export function gapNode(hidden: number, of: string, part: TextPart, context: RenderContext): ViewNode {
  const { translate } = context;
  return [
    'div',
    'gap',
    ['span', '', translate('{0} characters are not shown here', numberWord(hidden, context))],
    ['button', { class: 'small', does: 'open', of, name: part, item: 0 }, translate('Open in Editor')],
  ];
}

/** Text as it is, in lines; its head and tail when it is too long for the page. */
export function preNodes(
  text: string,
  limit: number,
  render: (text: string) => ViewNode[],
  gap: (hidden: number) => ViewNode,
): ViewNode[] {
  const { head, tail, hidden } = headAndTail(text, limit);
  const shown: ViewNode = ['pre', '', ...render(head)];
  return hidden === 0 ? [shown] : [shown, gap(hidden), ['pre', '', ...render(tail)]];
}
