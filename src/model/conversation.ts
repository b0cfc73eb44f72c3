import { asList, asRecord, asText, shortHash, type JsonRecord } from './conversationJson';
import { layOut, type Draft, type MessageDraft } from './conversationLayout';
import { isError, tellSteps } from './conversationSteps';

/**
 * A conversation as it is read: the tree of steps laid out in one row of entries, each action together with its result.
 * The service promises little about the shape (no captures are public), so whatever does not fit becomes a block of
 * kind `unknown` that still holds the value.
 */
export interface FlatConversation {
  entries: Entry[];
}

export type Entry = StepEntry | MessageEntry;

export interface EntryPlace {
  /** Unique in the conversation, the same after every reading: lower-case letters and digits. */
  id: string;
  /** How many rails stand beside it: 0 for the conversation itself. */
  depth: number;
  /** The ids of the steps that hide it when folded, outermost first. */
  within: readonly string[];
}

export interface StepEntry extends EntryPlace {
  kind: 'step';
  title: string;
  summary: string;
  startedAt?: number;
  completedAt?: number;
  /** Messages in it and in the steps under it. */
  messages: number;
  /** What went wrong in them. */
  errors: number;
  /** Something in it goes on. */
  running: boolean;
  /** The beginning of what was said in it last. */
  said: string;
  /** As the service sent it. */
  raw?: unknown;
}

export interface MessageEntry extends EntryPlace {
  kind: 'message';
  /** In lower case: user, assistant, tool, system, or what a newer service says. */
  role: string;
  time?: number;
  blocks: Block[];
  /** As the service sent it. */
  raw?: unknown;
}

export type Block = TextBlock | ActionBlock | EventBlock | UnknownBlock;

export interface TextBlock {
  kind: 'text';
  id: string;
  text: string;
}

export interface ActionBlock {
  kind: 'action';
  id: string;
  /** In lower case. */
  category: string;
  name: string;
  /** running, completed, failed, denied or a newer word; while there is no result, what that means (`Pending`). */
  state: string;
  /** Milliseconds between the message with the action and the one with its last result. */
  took?: number;
  input: JsonRecord;
  output: JsonRecord;
  /** As the service sent them; a result without its action has no `action`. */
  raw: { action?: JsonRecord; result?: JsonRecord };
}

export interface EventBlock {
  kind: 'event';
  id: string;
  name: string;
  data: JsonRecord;
  raw: JsonRecord;
}

export interface UnknownBlock {
  kind: 'unknown';
  id: string;
  type: string;
  value: unknown;
}

/** What an action without a result does: it works, it waits for a person, or its run is over. */
export type Pending = 'running' | 'waiting' | 'unanswered';

/** Never throws, whatever the answer is. */
export function readConversation(answer: unknown, pending: Pending): FlatConversation {
  return { entries: [...readEntries(answer, pending)] };
}

/** The same entry by entry, for a long conversation to be read in turns. Steps know what is in them once all were read. */
export function* readEntries(answer: unknown, pending: Pending): Iterable<Entry> {
  const root = asRecord(answer);
  const drafts = layOut(asList(root?.steps));
  const results = collectResults(drafts);
  const entries: Entry[] = [];
  for (const draft of drafts) {
    for (const entry of draft.kind === 'step' ? [draft] : readMessage(draft, results, pending)) {
      if (entry.kind === 'step' || entry.blocks.length > 0) {
        entries.push(entry);
        yield entry;
      }
    }
  }
  tellSteps(entries, pending);
}

interface Result {
  value: JsonRecord;
  time?: number;
}

interface Results {
  /** The last result of each action. */
  byAction: Map<string, Result>;
  actions: Set<string>;
}

function collectResults(drafts: readonly Draft[]): Results {
  const results: Results = { byAction: new Map(), actions: new Set() };
  for (const draft of drafts) {
    if (draft.kind !== 'message') {
      continue;
    }
    for (const item of asList(asRecord(draft.value)?.content)) {
      const block = asRecord(item);
      if (blockType(block) === 'action' && typeof block?.id === 'string') {
        results.actions.add(block.id);
      } else if (blockType(block) === 'action_result' && typeof block?.action_id === 'string') {
        results.byAction.set(block.action_id, { value: block, time: draft.time });
      }
    }
  }
  return results;
}

function blockType(block: JsonRecord | undefined): string {
  return typeof block?.type === 'string' ? block.type.toLowerCase() : '';
}

/** Blocks of one entry: a message of more is several entries, so that no entry is without bounds. */
const mostBlocks = 40;

function readMessage(draft: MessageDraft, results: Results, pending: Pending): MessageEntry[] {
  const message = asRecord(draft.value);
  const content = message?.content;
  const role = asText(message?.role)?.toLowerCase() ?? '';
  const items = contentOf(content) ?? [draft.value];
  const parts = Math.max(1, Math.ceil(items.length / mostBlocks));
  return Array.from({ length: parts }, (_, part): MessageEntry => {
    const id = part === 0 ? draft.id : shortHash(`${draft.id} part ${part}`);
    const blocks = items.slice(part * mostBlocks, (part + 1) * mostBlocks).flatMap((item, index): Block[] => {
      const block = readBlock(item, `${id}.${index}`, { results, pending, time: draft.time });
      return block ? [block] : [];
    });
    const { depth, within, time, value: raw } = draft;
    return { kind: 'message', id, depth, within, role, time, blocks, raw };
  });
}

function contentOf(content: unknown): unknown[] | undefined {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : Array.isArray(content) ? content : undefined;
}

function readBlock(
  item: unknown,
  id: string,
  message: { results: Results; pending: Pending; time?: number },
): Block | undefined {
  const { results, pending, time } = message;
  const block = asRecord(item);
  const type = blockType(block);
  if (block && (type === 'text' || type === '') && typeof block.text === 'string') {
    return block.text.trim() === '' ? undefined : { kind: 'text', id, text: block.text };
  }
  if (block && type === 'action') {
    const result = typeof block.id === 'string' ? results.byAction.get(block.id) : undefined;
    const took = result?.time !== undefined && time !== undefined ? result.time - time : -1;
    return { ...readAction(id, block, result?.value, pending), took: took >= 0 ? took : undefined };
  }
  if (block && type === 'action_result') {
    const known = typeof block.action_id === 'string' && results.actions.has(block.action_id);
    const last = typeof block.action_id !== 'string' || results.byAction.get(block.action_id)?.value === block;
    return known || !last ? undefined : readAction(id, undefined, block, pending);
  }
  if (block && type === 'event') {
    return { kind: 'event', id, name: asText(block.name) ?? '', data: recordOf(block.data), raw: block };
  }
  if (block && eventLike.test(type)) {
    return { kind: 'event', id, name: type, data: block, raw: block };
  }
  return item === null || item === undefined ? undefined : { kind: 'unknown', id, type, value: item };
}

/** Blocks of these types are not documented; they say the same as an event of the name. */
const eventLike = /reasoning|thinking|thought|error/;

function readAction(
  id: string,
  action: JsonRecord | undefined,
  result: JsonRecord | undefined,
  pending: Pending,
): ActionBlock {
  const state = result ? (asText(result.state)?.toLowerCase() ?? 'completed') : pending;
  return {
    kind: 'action',
    id,
    category: (asText(action?.category) ?? asText(result?.category) ?? '').toLowerCase(),
    name: asText(action?.name) ?? asText(result?.name) ?? '',
    // Nothing runs any more once the run is over.
    state: state === 'running' ? pending : state,
    input: recordOf(action?.input),
    output: recordOf(result?.output),
    raw: { ...(action ? { action } : {}), ...(result ? { result } : {}) },
  };
}

function recordOf(value: unknown): JsonRecord {
  return asRecord(value) ?? (value === undefined || value === null ? {} : { value });
}

/** What the run said last, preferring the conversation itself to the steps it delegated. */
export function finalMessage(entries: readonly Entry[]): MessageEntry | undefined {
  const said = (entry: Entry): entry is MessageEntry =>
    entry.kind === 'message' && entry.role === 'assistant' && entry.blocks.some((block) => block.kind === 'text');
  return entries.findLast((entry): entry is MessageEntry => said(entry) && entry.depth === 0) ?? entries.findLast(said);
}

/** The actions that the run asks a person about: those of the last message that has any. */
export function waitingActions(entries: readonly Entry[]): ActionBlock[] {
  const waiting = ({ blocks }: MessageEntry): ActionBlock[] =>
    blocks.filter((block): block is ActionBlock => block.kind === 'action' && block.state === 'waiting');
  const last = entries.findLast(
    (entry): entry is MessageEntry => entry.kind === 'message' && waiting(entry).length > 0,
  );
  return last ? waiting(last) : [];
}

/** Where a person jumps to: steps, what a user said, and what went wrong. */
export function isLandmark(entry: Entry): boolean {
  return entry.kind === 'step' || entry.role === 'user' || entry.blocks.some(isError);
}
