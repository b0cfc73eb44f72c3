import { entryLines, type ConversationChunks } from '../model/conversationChunks';
import type { ToPage } from './protocol';
import type { ViewElement } from './viewNodes';

/** Bytes of entries in one message to the page: posting much more at once can be felt. */
const messageLimit = 64_000;
/** The first screen holds at least this many entries, and as many as fill a tall window. */
const fewest = 6;
const fullWindow = 50;

/** Renders the entry at a position in the conversation; nothing where there is none. */
type Render = (place: number) => ViewElement[];

/** The messages that bring the page a chunk: one, or more where one would be too large. */
export function* chunkMessages(index: number, chunks: ConversationChunks, render: Render): Iterable<ToPage> {
  const chunk = chunks.shown(index);
  if (!chunk) {
    return;
  }
  const { version, places } = chunk;
  let entries: ViewElement[] = [];
  let size = 0;
  for (const node of places.flatMap(render)) {
    const bytes = Buffer.byteLength(JSON.stringify(node));
    if (entries.length > 0 && size + bytes > messageLimit) {
      yield { type: 'chunk', index, version, entries, more: true };
      entries = [];
      size = 0;
    }
    entries.push(node);
    size += bytes;
  }
  yield { type: 'chunk', index, version, entries, more: false };
}

/** The entries that are on the page from the start, by their chunk: the last ones or the first. */
export function firstEntries(chunks: ConversationChunks, last: boolean, render: Render): Map<number, ViewElement[]> {
  const { entries } = chunks;
  const places: number[] = [];
  let lines = 0;
  for (let count = 0; count < entries.length && (places.length < fewest || lines < fullWindow); count++) {
    const place = last ? entries.length - 1 - count : count;
    const entry = entries[place];
    if (entry && chunks.isShown(entry)) {
      places.push(place);
      lines += entryLines(entry);
    }
  }
  const byChunk = new Map<number, ViewElement[]>();
  for (const place of places.sort((a, b) => a - b)) {
    const chunk = chunks.chunkAt(place);
    byChunk.set(chunk, [...(byChunk.get(chunk) ?? []), ...render(place)]);
  }
  return byChunk;
}
