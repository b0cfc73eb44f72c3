import * as vscode from 'vscode';
import type { TextFormat } from '../conversation/conversationText';
import { safeFileName } from '../model/safeFileName';
import { memberOf } from '../oz/json';
import { runTitle } from '../platform/words';
import { type ConversationTextDeps, whichConversation } from './conversationText';
import { withProgress } from './progress';
import { saveBytes } from './saveBytes';

/**
 * Saves a run's conversation as a file: Markdown to read, or JSON with everything that the service sent.
 * @param argument `{ runId }` or `{ conversationId }`, and `format` where it is chosen already
 * @throws ApiProblem when it cannot be read; what the file system says
 */
export async function exportConversation(deps: ConversationTextDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const source = await whichConversation(deps, argument, t('Export the conversation of which run?'));
  const format = source && (formatIn(argument) ?? (await askFormat()));
  if (!source || format === undefined) {
    return;
  }
  const read = await withProgress(t('Reading the conversation…'), (signal) =>
    deps.conversationText(source, format, signal),
  );
  const name = `${safeFileName(read.run ? runTitle(read.run, 80) : t('Conversation'))}${format === 'json' ? '.json' : '.md'}`;
  await saveBytes(name, new TextEncoder().encode(read.text), {
    filters: format === 'json' ? { JSON: ['json'] } : { Markdown: ['md'] },
    saveLabel: t('Export'),
  });
}

async function askFormat(): Promise<TextFormat | undefined> {
  const { t } = vscode.l10n;
  const formats: (vscode.QuickPickItem & { format: TextFormat })[] = [
    { label: 'Markdown', description: t('to read'), format: 'markdown' },
    { label: 'JSON', description: t('everything that the service sent'), format: 'json' },
  ];
  return (await vscode.window.showQuickPick(formats, { placeHolder: t('Export as…') }))?.format;
}

function formatIn(argument: unknown): TextFormat | undefined {
  const format = memberOf(argument, 'format');
  return format === 'markdown' || format === 'json' ? format : undefined;
}
