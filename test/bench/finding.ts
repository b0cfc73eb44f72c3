import { performance } from 'node:perf_hooks';
import { ConversationFind } from '../../src/conversation/conversationFind';
import type { ToPage } from '../../src/conversation/protocol';
import { readConversation } from '../../src/model/conversation';
import { ConversationChunks } from '../../src/model/conversationChunks';
import { hostTurns } from '../../src/model/inTurns';
import { startLocalOz } from '../local-oz/server';
import { context } from '../unit/conversation/samples';
import { type Figure, figure, median } from './figure';

const rounds = 15;
/** Many hits and few, in any case and in the case as written, and none; each stands where the one before does not end. */
const queries = [
  'the',
  'cart',
  'rule checked',
  'part57',
  'module15.ts',
  'Part 99',
  'Go on',
  '(23 ms)',
  'x',
  'nowhere',
  'Nowhere',
];

/**
 * Finding in all of 10,000 messages once it is prepared, in this process: from the text to the message with the number of
 * hits and the first of them. The middle of many texts, and the middle time of the slowest text; beside them what `indexOf`
 * alone takes to count the hits of the same texts in one string, the JSON of all entries.
 */
export async function measureFinding(): Promise<Figure[]> {
  const chunks = new ConversationChunks();
  chunks.update(await hugeEntries());
  let tell: (message: ToPage) => void = () => undefined;
  const find = new ConversationFind({
    chunks,
    context: context(),
    post: (message) => {
      tell(message);
    },
    unfoldAround: () => undefined,
    turns: hostTurns,
  });
  const hits = (text: string): Promise<number> =>
    new Promise((resolve) => {
      tell = (message) => {
        if (message.type === 'found' && message.hits !== null) {
          resolve(message.hits);
        }
      };
      find.find(text, 0, { from: null, above: 0 });
    });
  await hits('prepare');
  const all = JSON.stringify(chunks.entries).toLowerCase();
  const times = new Map<string, number[]>(queries.map((query) => [query, []]));
  const bare: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const query of queries) {
      times.get(query)?.push(await timeOf(() => hits(query)));
      bare.push(await timeOf(() => count(all, query.toLowerCase())));
    }
  }
  const own = [...times.values()].map(median);
  const floor = median(bare);
  find.dispose();
  return [
    figure('finding.middle', median(own), 'ms', 10, floor),
    figure('finding.slowest', Math.max(...own), 'ms', 10, floor),
  ];
}

async function hugeEntries(): Promise<ReturnType<typeof readConversation>['entries']> {
  const oz = await startLocalOz({ scenario: 'huge' });
  const conversations = [...oz.state.runs.values()].map(({ item }) =>
    oz.state.conversations.at(item.conversation_id ?? '', oz.clock.now()),
  );
  await oz.close();
  const all = conversations.map((conversation) => readConversation(conversation, 'unanswered').entries);
  return all.reduce((longest, entries) => (entries.length > longest.length ? entries : longest), []);
}

async function timeOf(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function count(text: string, query: string): number {
  let found = 0;
  for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + query.length)) {
    found += 1;
  }
  return found;
}
