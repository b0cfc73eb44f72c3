import * as vscode from 'vscode';
import { type ConversationTextDeps, whichConversation } from './conversationText';

/**
 * Opens a run's conversation as a read-only document, with the editor's own outline, folding and search.
 * @param argument `{ runId }` or `{ conversationId }`
 */
export async function openConversationAsText(deps: ConversationTextDeps, argument?: unknown): Promise<void> {
  const question = vscode.l10n.t('Open the conversation of which run as text?');
  const source = await whichConversation(deps, argument, question);
  if (source) {
    await deps.showConversationText(source);
  }
}
