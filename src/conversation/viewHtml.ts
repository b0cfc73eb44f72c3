import { escapeHtml } from '../platform/pageShell';
import { domAttributes, type ViewNode } from './viewNodes';

/** HTML of a node, for the first screen: it is on the screen before the page's script has arrived. */
export function toHtml(node: ViewNode): string {
  if (typeof node === 'string') {
    return escapeHtml(node);
  }
  const [tag, attributes, ...children] = node;
  const written = domAttributes(attributes).map(([name, value]) => ` ${name}="${escapeHtml(value)}"`);
  const start = `<${tag}${written.join('')}>`;
  if (tag === 'br' || tag === 'hr') {
    return start;
  }
  // HTML drops a line break right after <pre>, a document built from nodes keeps it.
  return `${start}${tag === 'pre' ? '\n' : ''}${children.map(toHtml).join('')}</${tag}>`;
}
