import type { ConversationEditor, PageMemory } from './conversationEditor';
import { type Figure, figure } from './figure';

const cycles = 40;
/** What is made once and kept: code, caches, VS Code's own lists of editors. */
const warmUps = 10;

type Left = PageMemory & { hostHeap: number };

/**
 * What 40 times opening and closing 10,000 messages leave behind in the browser's process and in the extension host, after
 * all garbage was collected in both. The other figure is what as many cycles of the empty webview leave.
 */
export async function measureCycles(editor: ConversationEditor): Promise<Figure[]> {
  const empty = await leftBy(editor, () => editor.timeToPaint('bench.empty'));
  const own = await leftBy(editor, () => editor.openConversation('huge'));
  return [
    figure('cycles.nodes', own.nodes, 'nodes', 0, empty.nodes),
    figure('cycles.listeners', own.listeners, 'listeners', 0, empty.listeners),
    figure('cycles.frames', own.frames, 'frames', 0, empty.frames),
    figure('cycles.pageHeap', own.heap / 1e6, 'MB', 2, empty.heap / 1e6),
    figure('cycles.hostHeap', own.hostHeap / 1e6, 'MB', 2, empty.hostHeap / 1e6),
  ];
}

async function leftBy(editor: ConversationEditor, open: () => Promise<unknown>): Promise<Left> {
  const cycle = async (times: number): Promise<Left> => {
    for (let time = 0; time < times; time += 1) {
      await open();
      await editor.closeAll();
    }
    // VS Code lets go of some of it a little later.
    await editor.rest(3000);
    return { ...(await editor.memory()), hostHeap: await editor.hostHeap() };
  };
  const before = await cycle(warmUps);
  const after = await cycle(cycles);
  return {
    heap: after.heap - before.heap,
    nodes: after.nodes - before.nodes,
    listeners: after.listeners - before.listeners,
    frames: after.frames - before.frames,
    hostHeap: after.hostHeap - before.hostHeap,
  };
}
