import type { Entry } from '../model/conversation';
import { visibleText } from '../platform/plainText';
import type { ConversationSource } from './conversationSource';
import { oneLine, type RenderContext } from './renderContext';

/** What stands for the title while no run has one: of a conversation alone, what was asked first. */
export function sourceTitle(
  source: ConversationSource,
  entries: readonly Entry[],
  { translate: t }: Pick<RenderContext, 'translate'>,
): string {
  if (source.runId !== undefined) {
    return t('Run {0}', visibleText(oneLine(source.runId, 60)));
  }
  const asked = visibleText(oneLine(firstAsked(entries), 100));
  return asked || t('Conversation {0}', visibleText(oneLine(source.conversationId, 60)));
}

/** The first words of a user; a conversation begins with them, or soon. */
function firstAsked(entries: readonly Entry[]): string {
  for (const entry of entries.slice(0, 20)) {
    const block =
      entry.kind === 'message' && entry.role === 'user' ? entry.blocks.find(({ kind }) => kind === 'text') : undefined;
    if (block?.kind === 'text' && block.text.trim() !== '') {
      return block.text;
    }
  }
  return '';
}
