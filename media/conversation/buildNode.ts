import { domAttributes, tags, type ViewElement, type ViewNode } from '../../src/conversation/viewNodes';

const known: ReadonlySet<string> = new Set(tags);

/** The document's element for a view element. Text becomes text nodes: nothing is ever parsed as HTML. */
export function buildElement([tag, attributes, ...children]: ViewElement): HTMLElement {
  const element = document.createElement(known.has(tag) ? tag : 'span');
  for (const [name, value] of domAttributes(attributes)) {
    element.setAttribute(name, value);
  }
  element.append(...children.map(buildNode));
  return element;
}

function buildNode(node: ViewNode): Node {
  return typeof node === 'string' ? document.createTextNode(node) : buildElement(node);
}
