import { apart, asSeen, folded, isApart, isExact, isPassedBy } from '../../src/conversation/foundText';

/** Hits of one element at most: a text that is found more often than this is not looked for by eye. */
const mostHits = 2000;

/**
 * Where a text stands in an element, counted as the host counts it. A hit may begin in one text node and end in another.
 * @param withBodies also in what is unfolded in it, which the host counts apart
 */
export function foundRanges(root: Element, query: string, withBodies: boolean): StaticRange[] {
  const { text, pieces } = textOf(root, withBodies);
  const searched = isExact(query) ? text : folded(text);
  const wanted = isExact(query) ? query : folded(query);
  const ranges: StaticRange[] = [];
  let piece = 0;
  const pointAt = (offset: number): { node: Text; offset: number } | undefined => {
    while ((pieces[piece + 1]?.start ?? Infinity) <= offset) {
      piece++;
    }
    const found = pieces[piece];
    return found && { node: found.node, offset: offset - found.start };
  };
  let at = wanted === '' ? -1 : searched.indexOf(wanted);
  for (; at >= 0 && ranges.length < mostHits; at = searched.indexOf(wanted, at + wanted.length)) {
    const start = pointAt(at);
    const end = pointAt(at + wanted.length - 1);
    if (start && end) {
      ranges.push(
        new StaticRange({
          startContainer: start.node,
          startOffset: start.offset,
          endContainer: end.node,
          endOffset: end.offset + 1,
        }),
      );
    }
  }
  return ranges;
}

/** What the element shows, and the text node that each part of it comes from. */
function textOf(root: Element, withBodies: boolean): { text: string; pieces: { node: Text; start: number }[] } {
  const pieces: { node: Text; start: number }[] = [];
  let text = '';
  const add = (node: Node, isPreformatted: boolean): void => {
    if (node instanceof Text) {
      pieces.push({ node, start: text.length });
      text += asSeen(node.data, isPreformatted);
    } else if (node instanceof Element) {
      const { localName, className } = node;
      const isOtherBody = node !== root && !withBodies && node.matches('.foldable > .body');
      if (isOtherBody || isPassedBy(localName, className)) {
        return;
      }
      const edge = isApart(localName, className) ? apart : '';
      text += edge;
      for (const child of node.childNodes) {
        add(child, isPreformatted || localName === 'pre');
      }
      text += edge;
    }
  };
  add(root, false);
  return { text, pieces };
}
