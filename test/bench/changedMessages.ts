import { allMessages, type Message } from '../local-oz/script';
import type { ConversationEditor } from './conversationEditor';
import { type Figure, figure } from './figure';
import { countPosted, readProbe } from './webviewProbe';

const changes = 50;
const rounds = 3;

/**
 * Opens 10,000 messages of a run that works, whose end is followed. Then the last 50 messages change, three times: their
 * texts, actions and results. What is posted is the JSON of all messages that the page gets from before the change until a
 * second after the last of the changed texts is in sight; of the three times, the most. The longest block of the host is
 * from the change to then.
 */
export async function measureChanges(editor: ConversationEditor): Promise<Figure[]> {
  const { run_id: id, conversation_id: conversation = '' } = editor.run('huge');
  const { oz } = editor;
  oz.setState(id, 'INPROGRESS', { finished_at: null });
  await editor.command('agentRuns.refreshRuns');
  await editor.openConversation('huge');
  await editor.rest(2000);
  const frame = editor.webview();
  await frame.evaluate(countPosted);
  let most = 0;
  await editor.blocked();
  for (let round = 1; round <= rounds; round += 1) {
    const before = (await frame.evaluate(readProbe)).posted;
    const mark = `Changed for the ${round}. time`;
    for (const message of allMessages(oz.state.conversations.at(conversation, Date.now())?.steps ?? []).slice(
      -changes,
    )) {
      change(message, mark);
    }
    // Nothing more is said, but the answer is written anew.
    oz.state.conversations.add(conversation, { steps: [] });
    oz.setState(id, 'INPROGRESS', { finished_at: null });
    await editor.command('agentRuns.refreshRuns');
    await frame.locator('.entry').filter({ hasText: mark }).last().waitFor({ timeout: 60_000 });
    await editor.rest(1000);
    const { bytes } = (await frame.evaluate(readProbe)).posted;
    most = Math.max(most, bytes - before.bytes);
  }
  const blocked = await editor.blocked();
  await editor.closeAll();
  return [figure('changes.posted', most / 1000, 'KB', 64), figure('changes.blocked', blocked, 'ms', 100)];
}

function change({ content }: Message, mark: string): void {
  for (const block of content) {
    if (block.type === 'text') {
      block.text += `\n\n${mark}`;
    } else if (block.type === 'action') {
      block.input = { ...block.input, note: mark };
    } else if (block.type === 'action_result') {
      block.output = { ...block.output, note: mark };
    }
  }
}
