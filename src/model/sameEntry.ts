import type { Block, Entry } from './conversation';
import { sameJson } from './conversationJson';

/** Whether two readings of an entry show the same. */
export function sameEntry(a: Entry, b: Entry): boolean {
  if (a.id !== b.id || a.depth !== b.depth || !sameJson(a.within, b.within)) {
    return false;
  }
  if (a.kind === 'step' || b.kind === 'step') {
    // What stands in a step is compared where it is shown.
    return sameJson({ ...a, raw: undefined }, { ...b, raw: undefined });
  }
  return (
    a.role === b.role &&
    a.time === b.time &&
    a.blocks.length === b.blocks.length &&
    a.blocks.every((block, index) => sameBlock(block, b.blocks[index]))
  );
}

function sameBlock(a: Block, b: Block | undefined): boolean {
  if (a.id !== b?.id) {
    return false;
  }
  // Nearly all of a conversation's bytes are in these two kinds.
  if (a.kind === 'text' && b.kind === 'text') {
    return a.text === b.text;
  }
  if (a.kind === 'action' && b.kind === 'action') {
    return (
      a.state === b.state &&
      a.took === b.took &&
      a.left === b.left &&
      sameJson(a.outdated, b.outdated) &&
      sameJson(a.raw.action, b.raw.action) &&
      sameJson(a.raw.result, b.raw.result)
    );
  }
  return sameJson(a, b);
}
