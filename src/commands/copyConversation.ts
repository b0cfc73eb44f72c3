import * as vscode from 'vscode';
import { type ConversationTextDeps, whichConversation } from './conversationText';
import { withProgress } from './progress';

/**
 * Copies a run's whole conversation as Markdown.
 * @param argument `{ runId }` or `{ conversationId }`
 * @throws ApiProblem when it cannot be read
 */
export async function copyConversation(deps: ConversationTextDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const source = await whichConversation(deps, argument, t('Copy the conversation of which run?'));
  if (source) {
    const { text } = await withProgress(t('Reading the conversation…'), (signal) =>
      deps.conversationText(source, 'markdown', signal),
    );
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(t('Conversation copied'), 3000);
  }
}
