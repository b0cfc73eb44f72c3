import { asList, asRecord, type JsonRecord } from '../model/conversationJson';
import type { ChunkSize } from '../model/conversationChunks';
import type { ViewElement } from './viewNodes';

/** The parts of the page around the conversation, in the order in which they stand. */
export const partNames = ['header', 'banner', 'outcome', 'artifacts', 'note', 'tail'] as const;
export type PartName = (typeof partNames)[number];

/** What the host tells the page. */
export type ToPage =
  /** How the conversation is cut, and how many entries it has. Sent on every change. */
  | { type: 'layout'; chunks: ChunkSize[]; entries: number; active: boolean }
  /** Entries of a chunk, in order. What is too large for one message comes in several; `more` says so. */
  | { type: 'chunk'; index: number; version: number; entries: ViewElement[]; more: boolean }
  /** What stands behind an action's line. */
  | { type: 'body'; id: string; node: ViewElement }
  /** A part of the page around the conversation; none takes it away. */
  | { type: 'part'; name: PartName; node: ViewElement | null }
  /** Scroll to an entry and, unless it is where reading went on before a reload, give it the focus. */
  | { type: 'reveal'; chunk: number; id: string; offset: number | null };

/** What a person can have done to the whole run or panel; the host knows which command each is. */
export const commandNames = [
  'cancelRun',
  'copyLink',
  'copyMarkdown',
  'followUp',
  'openAsText',
  'openBrowser',
  'openSession',
  'openTranscript',
  'retry',
  'setKey',
] as const;
export type CommandName = (typeof commandNames)[number];

/** What of a message or an action can be copied or opened as a document. */
export const textParts = ['code', 'command', 'diff', 'message', 'output', 'raw', 'text'] as const;
export type TextPart = (typeof textParts)[number];

/** Where a reader was: an entry and how many pixels of it are above the window. */
export interface Anchor {
  id: string;
  offset: number;
}

/** What the page asks of the host: ids and numbers only. No path, address or command of the page's is used. */
export type FromPage =
  | { type: 'ready'; folded: string[]; anchor: Anchor | null }
  | { type: 'chunk'; index: number }
  | { type: 'body'; id: string; raw: boolean }
  | { type: 'fold'; folded: string[] }
  | { type: 'jump'; from: string | null; back: boolean }
  | { type: 'link'; item: number }
  | { type: 'artifact'; item: number }
  | { type: 'diff'; id: string; item: number }
  | { type: 'copy'; id: string; part: TextPart; item: number }
  | { type: 'open'; id: string; part: TextPart; item: number }
  | { type: 'command'; name: CommandName };

/** Entries are named by a hash, their blocks by a number after it. */
const idPattern = /^[0-9a-z]{1,12}(?:\.\d{1,3})?$/;
/** Steps that a page may report as folded. */
const mostFolded = 10_000;

/** A message of the page's, or undefined for anything that is not exactly one. */
export function readFromPage(value: unknown): FromPage | undefined {
  const given = asRecord(value);
  if (!given) {
    return undefined;
  }
  const { type, item, part } = given;
  const id = idOf(given.id);
  switch (type) {
    case 'ready': {
      const folded = idsOf(given.folded);
      return folded && { type, folded, anchor: anchorOf(given.anchor) };
    }
    case 'fold': {
      const folded = idsOf(given.folded);
      return folded && { type, folded };
    }
    case 'chunk':
      return isIndex(given.index) ? { type, index: given.index } : undefined;
    case 'body':
      return id !== undefined && typeof given.raw === 'boolean' ? { type, id, raw: given.raw } : undefined;
    case 'jump': {
      const from = given.from === null ? null : idOf(given.from);
      return from !== undefined && typeof given.back === 'boolean' ? { type, from, back: given.back } : undefined;
    }
    case 'link':
    case 'artifact':
      return isIndex(item) ? { type, item } : undefined;
    case 'diff':
      return id !== undefined && isIndex(item) ? { type, id, item } : undefined;
    case 'copy':
    case 'open':
      return id !== undefined && isIndex(item) && isOneOf(textParts, part) ? { type, id, part, item } : undefined;
    case 'command':
      return isOneOf(commandNames, given.name) ? { type, name: given.name } : undefined;
    default:
      return undefined;
  }
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' && idPattern.test(value) ? value : undefined;
}

function idsOf(value: unknown): string[] | undefined {
  const ids = asList(value).map(idOf);
  return Array.isArray(value) && value.length <= mostFolded && ids.every((id) => id !== undefined) ? ids : undefined;
}

function anchorOf(value: unknown): Anchor | null {
  const anchor: JsonRecord | undefined = asRecord(value);
  const id = idOf(anchor?.id);
  return id !== undefined && typeof anchor?.offset === 'number' && Number.isFinite(anchor.offset)
    ? { id, offset: anchor.offset }
    : null;
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isOneOf<T extends string>(list: readonly T[], value: unknown): value is T {
  return list.some((one) => one === value);
}
