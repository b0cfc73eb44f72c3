import type { ConversationChunks } from '../model/conversationChunks';
import type { ToPage } from './protocol';
import type { ViewElement } from './viewNodes';

/** Bytes of entries in one message to the page: posting much more at once can be felt. */
const messageLimit = 64_000;

/** Renders the entry at a position in the conversation; nothing where there is none. */
type Render = (place: number) => ViewElement[];

/**
 * The messages that bring the page a chunk, of which it has a version or none: one, or more where one would be too large. Of
 * entries that it has, it gets the ids.
 */
export function* chunkMessages(
  { index, have }: { index: number; have: number | null },
  chunks: ConversationChunks,
  render: Render,
): Iterable<ToPage> {
  const chunk = chunks.shown(index);
  if (!chunk) {
    return;
  }
  const { version, places } = chunk;
  let entries: (ViewElement | string)[] = [];
  let size = 0;
  for (const place of places) {
    const known = have !== null && chunks.isIn(have, place) ? chunks.entries[place] : undefined;
    for (const entry of known ? [known.id] : render(place)) {
      const bytes = Buffer.byteLength(JSON.stringify(entry));
      if (entries.length > 0 && size + bytes > messageLimit) {
        yield { type: 'chunk', index, version, entries, more: true };
        entries = [];
        size = 0;
      }
      entries.push(entry);
      size += bytes;
    }
  }
  yield { type: 'chunk', index, version, entries, more: false };
}
