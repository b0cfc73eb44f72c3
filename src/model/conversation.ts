import { asList, asRecord, asText, type JsonRecord } from '../oz/json';
import { layOut, type Draft, type MessageDraft } from './conversationLayout';
import { isError, tellSteps } from './conversationSteps';
import { dropRepeatedSummaries } from './repeatedSummaries';
import { shortHash } from './shortHash';
import { tellTodos } from './todoUpdates';

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
  /** What it says of a command that goes on is the last that is known: nothing is expected to tell more. */
  left?: true;
  /** It holds things to do of which a later block says more: what was done since the block before it. */
  outdated?: string[];
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
  /** As that of an action. */
  outdated?: string[];
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
  const lastAsked = drafts.findLastIndex(isAsked);
  const entries: Entry[] = [];
  for (const [index, draft] of drafts.entries()) {
    if (draft.kind === 'step') {
      entries.push(draft);
      yield draft;
      continue;
    }
    // Once a person has said more, nothing before that goes on or waits.
    for (const entry of readMessage(draft, results, index < lastAsked ? 'unanswered' : pending)) {
      entries.push(entry);
      yield entry;
    }
  }
  tellSteps(entries, pending);
  dropRepeatedSummaries(entries);
  tellTodos(entries);
}

/** A person said it to the run; what is said below that is between agents. */
function isAsked(draft: Draft): boolean {
  return draft.kind === 'message' && draft.depth === 0 && asText(asRecord(draft.value)?.role)?.toLowerCase() === 'user';
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
      const type = blockType(block);
      if (type === 'action' && typeof block?.id === 'string') {
        results.actions.add(block.id);
      } else if (type === 'action_result' && typeof block?.action_id === 'string') {
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

/** The entries of a message; none where it has nothing but results, which are shown with their actions. */
function readMessage(draft: MessageDraft, results: Results, pending: Pending): MessageEntry[] {
  const { depth, within, time, value: raw } = draft;
  const message = asRecord(raw);
  const role = asText(message?.role)?.toLowerCase() ?? '';
  const items = contentOf(message?.content) ?? [raw];
  const around = { results, pending, time };
  const entries: MessageEntry[] = [];
  for (let start = 0; start < items.length; start += mostBlocks) {
    const id = start === 0 ? draft.id : shortHash(`${draft.id} part ${start / mostBlocks}`);
    const blocks: Block[] = [];
    for (let index = start; index < Math.min(start + mostBlocks, items.length); index++) {
      const block = readBlock(items[index], `${id}.${index - start}`, around);
      if (block) {
        blocks.push(block);
      }
    }
    if (blocks.length > 0) {
      entries.push({ kind: 'message', id, depth, within, role, time, blocks, raw });
    }
  }
  return entries;
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
    return readAction({ id, action: block, result: result?.value, took: took >= 0 ? took : undefined }, pending);
  }
  if (block && type === 'action_result') {
    const known = typeof block.action_id === 'string' && results.actions.has(block.action_id);
    const last = typeof block.action_id !== 'string' || results.byAction.get(block.action_id)?.value === block;
    return known || !last ? undefined : readAction({ id, result: block }, pending);
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
  { id, action, result, took }: { id: string; action?: JsonRecord; result?: JsonRecord; took?: number },
  pending: Pending,
): ActionBlock {
  const state = result ? (asText(result.state)?.toLowerCase() ?? 'completed') : pending;
  const output = recordOf(result?.output);
  return {
    kind: 'action',
    id,
    category: (asText(action?.category) ?? asText(result?.category) ?? '').toLowerCase(),
    name: asText(action?.name) ?? asText(result?.name) ?? '',
    // Nothing runs any more once the run is over.
    state: state === 'running' ? pending : state,
    took,
    ...(pending === 'unanswered' && result && output.exit_code === undefined ? { left: true } : {}),
    input: recordOf(action?.input),
    output,
    raw: action ? (result ? { action, result } : { action }) : { result },
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
  const isWaiting = (block: Block): block is ActionBlock => block.kind === 'action' && block.state === 'waiting';
  const last = entries.findLast((entry) => entry.kind === 'message' && entry.blocks.some(isWaiting));
  return last?.kind === 'message' ? last.blocks.filter(isWaiting) : [];
}

/** Where a person jumps to: steps, what a user said, and what went wrong. */
export function isLandmark(entry: Entry): boolean {
  return entry.kind === 'step' || entry.role === 'user' || entry.blocks.some(isError);
}
