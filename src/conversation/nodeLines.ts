import { childrenOf, type ViewNode } from './viewNodes';

/** Nodes of a text parted at its line breaks; what spans several lines is in each of them. */
export function nodeLines(nodes: readonly ViewNode[]): ViewNode[][] {
  const lines: ViewNode[][] = [[]];
  for (const node of nodes) {
    const parts = partsOf(node);
    parts.forEach((part, index) => {
      if (index > 0) {
        lines.push([]);
      }
      lines.at(-1)?.push(...part);
    });
  }
  return lines;
}

function partsOf(node: ViewNode): ViewNode[][] {
  if (typeof node === 'string') {
    return node.split('\n').map((text) => (text === '' ? [] : [text]));
  }
  const [tag, attributes] = node;
  return nodeLines(childrenOf(node)).map((children) => (children.length === 0 ? [] : [[tag, attributes, ...children]]));
}
