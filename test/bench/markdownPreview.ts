import fs from 'node:fs';
import path from 'node:path';
import { markdownOf, markdownParts } from '../../src/conversation/conversationMarkdown';
import { readConversation } from '../../src/model/conversation';
import { context } from '../unit/conversation/samples';
import type { ConversationEditor } from './conversationEditor';
import { type Figure, figure, median } from './figure';

const samples = 1;
/** Rendering all of it takes VS Code many seconds. */
const patience = 180_000;

interface Shown {
  /** Milliseconds from the command to the first paint with content. */
  paint: number;
  /** Bytes in the browser's process that were not there before, and DOM nodes. */
  heap: number;
  nodes: number;
}

/**
 * The same 10,000 messages, exported as Markdown, in VS Code's own Markdown preview: the panel as a part of it. Both are
 * opened anew; memory is as in scrolling, against that before opening.
 */
export async function measurePreview(editor: ConversationEditor): Promise<Figure[]> {
  const run = editor.run('huge');
  const { entries } = readConversation(
    editor.oz.state.conversations.at(run.conversation_id ?? '', Date.now()),
    'unanswered',
  );
  const file = path.join(editor.workspace, 'conversation.md');
  fs.writeFileSync(file, markdownOf([...markdownParts(entries, { run, url: editor.oz.webUrl }, context())]));
  const preview: Shown[] = [];
  const own: Shown[] = [];
  for (let sample = 0; sample < samples; sample += 1) {
    own.push(await shown(editor, () => editor.openConversation('huge')));
    preview.push(await shown(editor, () => editor.timeToPaint('markdown.showPreview', [file], patience)));
  }
  fs.rmSync(file);
  const ratio = (of: keyof Shown): number => median(own.map((one) => one[of])) / floorOf(of);
  const floorOf = (of: keyof Shown): number => median(preview.map((one) => one[of]));
  return [
    figure('preview.paint', ratio('paint'), 'x', 1, floorOf('paint')),
    figure('preview.memory', ratio('heap'), 'x', 1, floorOf('heap') / 1e6),
    figure('preview.nodes', ratio('nodes'), 'x', 1, floorOf('nodes')),
  ];
}

async function shown(editor: ConversationEditor, open: () => Promise<number>): Promise<Shown> {
  const before = await editor.memory();
  const paint = await open();
  await editor.rest(3000);
  const after = await editor.memory();
  await editor.closeAll();
  await editor.rest(1000);
  return { paint, heap: after.heap - before.heap, nodes: after.nodes - before.nodes };
}
