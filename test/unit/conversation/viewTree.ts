import { childrenOf, type ViewAttributes, type ViewNode } from '../../../src/conversation/viewNodes';

/** The attributes of every element of a tree that passes, from the first to the last. */
export function elements(
  node: ViewNode | null | undefined,
  isWanted: (attributes: ViewAttributes, tag: string) => boolean = () => true,
): ViewAttributes[] {
  if (!node || typeof node === 'string') {
    return [];
  }
  const [tag, given] = node;
  const attributes = typeof given === 'string' ? { class: given } : given;
  const below = childrenOf(node).flatMap((child) => elements(child, isWanted));
  return isWanted(attributes, tag) ? [attributes, ...below] : below;
}

/** The names of the commands that a tree offers, in their order. */
export function commandsIn(node: ViewNode | null | undefined): string[] {
  return elements(node, ({ does }) => does === 'command').map(({ name = '' }) => name);
}
