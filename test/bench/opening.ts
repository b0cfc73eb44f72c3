import type { ConversationEditor } from './conversationEditor';
import { type Figure, figure, median } from './figure';

const samples = 7;
/** The first openings also load code and fill caches. */
const warmUps = 2;

interface Opened {
  /** Milliseconds from the command, given in the extension host, to the first paint with content. */
  times: number[];
  /** The longest time (ms) for which the host was blocked meanwhile and in the second after. */
  blocked: number;
}

const kinds = ['huge', 'small', 'empty'] as const;
type Kind = (typeof kinds)[number];

/**
 * From the command to the first entries on the screen, of 10,000 messages and of 100, beside a webview with one word in it:
 * a message is in sight in a frame that is shown, and that frame has been painted. Once in new panels, which read their
 * conversations from the service; then of panels behind other panels, whose pages are gone as well but whose conversations
 * are there. The three take turns. The longest block of the host is the longest of all openings, the first one included.
 */
export async function measureOpening(editor: ConversationEditor): Promise<Figure[]> {
  const fetched = await openings(editor, () => editor.closeAll());
  // All of them are open from here on: each that is shown hides the one before.
  for (const kind of kinds) {
    await show(editor, kind);
    await editor.rest();
  }
  const there = await openings(editor, () => Promise.resolve());
  await editor.closeAll();
  await editor.rest();
  return [
    ...ratios('fetched', fetched.huge, fetched.empty, 2),
    ...ratios('there', there.huge, there.empty, 1.3),
    ...ratios('length', there.huge, there.small, 1.1),
    figure('opening.blocked', fetched.huge.blocked, 'ms', 100, fetched.empty.blocked),
  ];
}

function ratios(name: string, own: Opened, other: Opened, goal: number): Figure[] {
  const floor = median(other.times);
  return [figure(`opening.${name}`, median(own.times) / floor, 'x', goal, floor)];
}

async function openings(editor: ConversationEditor, after: () => Promise<void>): Promise<Record<Kind, Opened>> {
  const opened = Object.fromEntries(kinds.map((kind) => [kind, { times: [], blocked: 0 }])) as unknown as Record<
    Kind,
    Opened
  >;
  for (let round = 0; round < warmUps + samples; round += 1) {
    for (const kind of kinds) {
      const one = opened[kind];
      await editor.blocked();
      const time = await show(editor, kind);
      await editor.rest(1000);
      one.blocked = Math.max(one.blocked, await editor.blocked());
      if (round >= warmUps) {
        one.times.push(time);
      }
      await after();
      await editor.rest(300);
    }
  }
  return opened;
}

function show(editor: ConversationEditor, kind: Kind): Promise<number> {
  return kind === 'empty' ? editor.timeToPaint('bench.empty') : editor.openConversation(kind);
}
