import type { Block } from '../model/conversation';
import { lineRange, sidesOf, type FileChange } from '../model/conversationDiff';
import { fileChanges } from '../model/conversationFiles';
import { fileTargets } from '../model/conversationTargets';
import type { PageHost } from './pageHost';
import type { FromPage } from './protocol';

/** What a person can have opened of an action or event. */
export type BlockMessage = Extract<FromPage, { type: 'diff' | 'diffs' | 'file' }>;

type Host = Pick<PageHost, 'openChanges' | 'openDiff' | 'openFile'>;

export function actOnBlock(message: BlockMessage, block: Block, host: Host): void {
  switch (message.type) {
    case 'diff': {
      const change = changesOf(block)[message.item];
      if (change) {
        const { before, after } = sidesOf(change);
        const lines = lineRange(change);
        host.openDiff(change.path, before, after, ...(lines === undefined ? [] : [{ lines }]));
      }
      return;
    }
    case 'diffs': {
      const changes = changesOf(block).filter(({ lines }) => lines.length > 0);
      if (changes.length > 0) {
        host.openChanges(changes.map((change) => ({ path: change.path, ...sidesOf(change) })));
      }
      return;
    }
    case 'file': {
      const target = fileTargets(block)[message.item];
      if (target) {
        host.openFile(target.path, target.line);
      }
      return;
    }
  }
}

function changesOf(block: Block): FileChange[] {
  return block.kind === 'action' ? fileChanges(block) : [];
}
