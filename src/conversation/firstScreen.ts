import { entryLines, type ConversationChunks } from '../model/conversationChunks';
import type { Anchor } from './protocol';
import type { EntryAt } from './readingMemory';
import type { ViewAttributes, ViewElement, ViewNode } from './viewNodes';

/** Where the first screen is: at one of the ends, or at an entry of which `offset` pixels are above the window. */
export type FirstPlace = 'start' | 'end' | (Anchor & EntryAt);

/** The first screen holds at least this many entries, and as many as fill a tall window. */
const fewest = 6;
const fullWindow = 50;
/** Pixels of a line, about; fewer than there are. */
const lineHeight = 16;

/** The entries that are on the page from the start, by their chunk. */
export function firstEntries(
  chunks: ConversationChunks,
  from: FirstPlace,
  render: (place: number) => ViewElement[],
): Map<number, ViewElement[]> {
  const byChunk = new Map<number, ViewElement[]>();
  for (const place of firstPlaces(chunks, from).sort((a, b) => a - b)) {
    const chunk = chunks.chunkAt(place);
    byChunk.set(chunk, [...(byChunk.get(chunk) ?? []), ...render(place)]);
  }
  return byChunk;
}

/** The chunks of the first screen, beginning with the one where reading begins. */
export function firstChunks(chunks: ConversationChunks, from: FirstPlace): number[] {
  return [...new Set(firstPlaces(chunks, from).map((place) => chunks.chunkAt(place)))];
}

/** The positions of the entries on the first screen, beginning with the one where reading begins. */
function firstPlaces(chunks: ConversationChunks, from: FirstPlace): number[] {
  const { entries } = chunks;
  const step = from === 'end' ? -1 : 1;
  const start = from === 'end' ? entries.length - 1 : from === 'start' ? 0 : from.place;
  const enough = fullWindow + (typeof from === 'string' ? 0 : Math.max(0, from.offset) / lineHeight);
  const places: number[] = [];
  let lines = 0;
  for (let place = start; places.length < fewest || lines < enough; place += step) {
    const entry = entries[place];
    if (!entry) {
      break;
    }
    if (chunks.isShown(entry)) {
      places.push(place);
      lines += entryLines(entry);
    }
  }
  return places;
}

/** The class of a page that does not begin at its top: its style shows that place before the script has scrolled there. */
export function placeClass(from: FirstPlace): string {
  if (typeof from === 'string') {
    return from === 'end' ? 'from-end' : '';
  }
  // What is above the entry is not in the page yet, so no style can tell how tall it is.
  return from.offset < 0 ? 'from-later' : 'from-entry';
}

/** What that style needs to know. */
export function placeStyle(from: FirstPlace): string {
  return typeof from === 'string' ? '' : `:root{--above:${Math.round(from.offset * 10) / 10}px}`;
}

/** The element with the bodies of what is unfolded in it. @param bodyOf a block's body, or undefined for one that is folded */
export function withBodies(element: ViewElement, bodyOf: (id: string) => ViewElement | undefined): ViewElement {
  const [tag, attributes, ...given] = element;
  const children = given.map((child): ViewNode => (typeof child === 'string' ? child : withBodies(child, bodyOf)));
  const isFoldable = typeof attributes !== 'string' && attributes.class?.split(' ').includes('foldable') === true;
  const body = isFoldable && attributes.id !== undefined ? bodyOf(attributes.id) : undefined;
  return body ? [tag, attributes, ...children.map(expanded), body] : [tag, attributes, ...children];
}

function expanded(node: ViewNode): ViewNode {
  if (typeof node === 'string' || typeof node[1] === 'string' || node[1].expanded === undefined) {
    return node;
  }
  const [tag, attributes, ...children] = node;
  const open: ViewAttributes = { ...attributes, expanded: true };
  return [tag, open, ...children];
}
