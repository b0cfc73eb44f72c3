import type { ConversationEditor } from './conversationEditor';
import { type Figure, figure } from './figure';
import { readProbe, scrollScreens, scrollToEnd } from './webviewProbe';

const screens = 120;
/** Frames between two screens: as fast as a wheel is turned, and three times as fast, 20,000 pixels a second. */
const paces = [6, 2];
/** The rest of the way goes by so many screens at a time, so that every part of the conversation comes near the window. */
const stride = 10;

/**
 * Opens 10,000 messages, scrolls down 120 screens at each pace, and then to the end. A frame is blank when a box of the
 * conversation is in sight without entries in it. Long tasks are those of more than 50 ms that the browser names in the
 * page's frame or in several frames at once, from before its first HTML on; those of the workbench alone are not counted.
 * Memory is all that the browser's process holds in its JavaScript and DOM heaps and buffers after all garbage was
 * collected, the workbench included: at the end as compared with after opening.
 */
export async function measureScrolling(editor: ConversationEditor): Promise<Figure[]> {
  await editor.openConversation('huge');
  await editor.rest(1500);
  const before = await editor.memory();
  const frame = editor.webview();
  await editor.blocked();
  let blank = 0;
  for (const pace of paces) {
    const seen = await frame.evaluate(scrollScreens, { screens, pace });
    blank += seen.blank;
  }
  await frame.evaluate(scrollToEnd, stride);
  await editor.rest(1000);
  const blocked = await editor.blocked();
  const { longTasks } = await frame.evaluate(readProbe);
  const after = await editor.memory();
  await editor.closeAll();
  await editor.rest();
  const own = longTasks.filter(({ where }) => !where.endsWith('-ancestor'));
  console.log(`Long tasks: ${longTasks.map(({ ms, where }) => `${ms} ms (${where})`).join(', ') || 'none'}`);
  return [
    figure('scrolling.blank', blank, 'frames', 0),
    figure('scrolling.longTasks', own.length, 'tasks', 0),
    figure('scrolling.memory', (after.heap - before.heap) / 1e6, 'MB', 10),
    figure('scrolling.blocked', blocked, 'ms', 100),
  ];
}
