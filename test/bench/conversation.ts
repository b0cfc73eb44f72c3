import { measureChanges } from './changedMessages';
import { ConversationEditor } from './conversationEditor';
import type { Figure } from './figure';
import { measureFinding } from './finding';
import { measurePreview } from './markdownPreview';
import { measureCycles } from './openAndClose';
import { measureOpening } from './opening';
import { measureScrolling } from './scrolling';

/** Group `conversation`: what 10,000 messages cost in a real VS Code, beside an empty webview of the same extension host. */
export async function measureConversation(): Promise<Figure[]> {
  const finding = await measureFinding();
  const editor = await ConversationEditor.open();
  const figures = [
    ...(await measureOpening(editor)),
    ...(await measureScrolling(editor)),
    ...(await measureCycles(editor)),
    ...(await measurePreview(editor)),
    // Last: from here on the conversation is another one.
    ...(await measureChanges(editor)),
    ...finding,
  ];
  await editor.close();
  return figures;
}
