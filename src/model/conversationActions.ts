import { asList, asNumber, asRecord, asText, firstText, type JsonRecord } from '../oz/json';
import type { ActionBlock } from './conversation';
import { agentsView, questionsOf, type AgentsView, type Question } from './conversationAgents';
import { commandView, type CommandView } from './conversationCommands';
import { countDiff, parseDiff, type ChangeKind, type FileChange } from './conversationDiff';
import { inParentheses, tellingOf, todosOf, type Todo } from './conversationEvents';
import { diffOf, editsOf, filesOf, pathOf, pathsOf, pathKeys, type FileReference } from './conversationFiles';
import { shortMembers } from './conversationJson';
import { searchView, webView, type SearchView, type WebView } from './conversationSearch';

/**
 * What an action is about. The service documents categories but neither names nor shapes, so the category proposes a
 * view and the members that are there decide; an action that fits none is `other`.
 */
export type ActionView =
  | CommandView
  | { kind: 'edit'; what: ChangeKind; files: string[]; added: number; removed: number }
  | { kind: 'read'; files: FileReference[]; failed: number }
  | { kind: 'upload'; file: string; description: string }
  | SearchView
  | WebView
  | { kind: 'tool'; tool: string; server: string; given: string }
  | { kind: 'resource'; uri: string }
  | { kind: 'document'; titles: string[] }
  | { kind: 'computer'; summary: string; pictures: string[] }
  | { kind: 'review'; comments: number; files: number }
  | { kind: 'skill'; skill: string }
  | { kind: 'ask'; questions: Question[] }
  | { kind: 'todos'; todos: Todo[] }
  | AgentsView
  | { kind: 'other'; subject: string };

type Reader = (action: ActionBlock) => ActionView | undefined;

const byCategory = new Map<string, Reader[]>([
  ['command', [commandView]],
  ['files', [uploadView, editView, readView]],
  ['search', [webView, searchView, readView]],
  ['integration', [resourceView, toolView]],
  ['documents', [documentView]],
  ['computer', [computerView]],
  ['review', [reviewView]],
  ['skill', [skillView]],
]);

/** What is known by its name in any category: the service has none for it. */
const byName: Reader[] = [todosView, askView, agentsView];

/** What members alone can tell, the surest first. */
const byMembers: Reader[] = [commandView, webView, changedView, skillMembersView, searchView, toolView, readView];

export function viewAction(action: ActionBlock): ActionView {
  for (const read of [...byName, ...(byCategory.get(action.category) ?? []), ...byMembers]) {
    const view = read(action);
    if (view) {
      return view;
    }
  }
  return { kind: 'other', subject: tellingOf(action.input) || tellingOf(action.output) };
}

function editView(action: ActionBlock): ActionView | undefined {
  const changed = changedView(action);
  if (changed) {
    return changed;
  }
  const files = pathsOf(action);
  return files.length > 0 && /edit|write|create|delete|remove|apply|patch|update|replace|move/i.test(action.name)
    ? { kind: 'edit', what: namedChange(action.name), files, added: 0, removed: 0 }
    : undefined;
}

function namedChange(name: string): ChangeKind {
  return /delete|remove/i.test(name) ? 'deleted' : /create/i.test(name) ? 'created' : 'edited';
}

/** An action that says what it changed. */
function changedView(action: ActionBlock): ActionView | undefined {
  const diff = diffOf(action);
  const changes = diff === undefined ? editsOf(action) : parseDiff(diff);
  if (diff === undefined && changes.length === 0) {
    return undefined;
  }
  const named = pathsOf(action);
  const inDiff = [...new Set(changes.map(({ path }) => path))].filter(Boolean);
  const count = (key: 'added' | 'removed'): number => changes.reduce((sum, change) => sum + change[key], 0);
  return {
    kind: 'edit',
    what: commonChange(changes),
    files: inDiff.length > 0 || named.length === 0 ? inDiff : named,
    ...(diff === undefined ? { added: count('added'), removed: count('removed') } : countDiff(diff)),
  };
}

/** What was done to all of the files, or else that they were edited. */
function commonChange(changes: readonly FileChange[]): ChangeKind {
  const [first] = changes;
  return first && changes.every(({ what }) => what === first.what) ? first.what : 'edited';
}

function readView({ input, output }: ActionBlock): ActionView | undefined {
  const files = filesOf(input, output);
  return files.length > 0 ? { kind: 'read', files, failed: asList(output.failed_files).length } : undefined;
}

function uploadView({ name, input, output }: ActionBlock): ActionView | undefined {
  const file = firstText(output, 'filepath', 'filename') ?? pathOf(input);
  return file !== undefined && (firstText(output, 'artifact_uid') !== undefined || /upload/i.test(name))
    ? { kind: 'upload', file, description: firstText(input, 'description') ?? '' }
    : undefined;
}

function resourceView({ input }: ActionBlock): ActionView | undefined {
  const uri = firstText(input, 'uri');
  return uri === undefined ? undefined : { kind: 'resource', uri };
}

/** What a tool of the Model Context Protocol was called with. */
export function toolInput(input: JsonRecord): JsonRecord | undefined {
  return asRecord(input.input) ?? asRecord(input.args) ?? asRecord(input.arguments);
}

function toolView({ category, name, input }: ActionBlock): ActionView | undefined {
  const tool = firstText(input, 'tool', 'tool_name', 'name');
  const called = ['input', 'args', 'arguments'].some((key) => Object.hasOwn(input, key));
  if (category !== 'integration' && (tool === undefined || !called)) {
    return undefined;
  }
  return {
    kind: 'tool',
    tool: tool ?? name,
    server: firstText(input, 'server', 'server_name', 'mcp_server') ?? '',
    given: called ? inParentheses(shortMembers(toolInput(input) ?? {})) : tellingOf(input),
  };
}

function documentView({ input, output }: ActionBlock): ActionView | undefined {
  const keys = ['title', 'name', 'document_id', 'id'];
  const titles = (records: unknown[]): string[] => records.flatMap((one) => firstText(asRecord(one), ...keys) ?? []);
  const found = [
    titles([input]),
    titles(asList(input.documents)),
    titles([output]),
    titles(asList(output.documents)),
  ].find((some) => some.length > 0);
  return { kind: 'document', titles: found ?? [] };
}

function computerView({ name, input, output }: ActionBlock): ActionView | undefined {
  const keys = ['action_summary', 'task_summary', 'summary', 'description', 'action'];
  const summary = firstText(input, ...keys) ?? firstText(output, ...keys) ?? '';
  return { kind: 'computer', summary, pictures: /record/i.test(name) ? [] : picturesOf(output) };
}

/** What a result says about its pictures: names by which the run's artifacts may know them. */
function picturesOf(output: JsonRecord): string[] {
  const keys = ['screenshot_uid', 'screenshot', 'screenshot_id'];
  const lists = ['screenshots', 'screenshot_uids', 'images'];
  const uid = (value: unknown): string | undefined =>
    asText(value) ?? firstText(asRecord(value), 'artifact_uid', 'screenshot_uid', 'uid', 'id');
  const all = [...keys.map((key) => output[key]), ...lists.flatMap((key) => asList(output[key]))];
  return [...new Set(all.flatMap((value) => uid(value) ?? []))].filter((text) => text.length <= 200);
}

function reviewView({ input, output }: ActionBlock): ActionView | undefined {
  const comments = reviewComments(input) ?? reviewComments(output) ?? [];
  return { kind: 'review', comments: comments.length, files: new Set(comments.map(({ path }) => path)).size };
}

/** Where a comment of a review stands, and what it says. */
export interface ReviewComment {
  path: string;
  /** Line as written in editors, or empty. */
  lines: string;
  /** Both in one. */
  place: string;
  text: string;
}

export function reviewComments(data: JsonRecord): ReviewComment[] | undefined {
  return Array.isArray(data.comments)
    ? asList(data.comments).map((item) => {
        const comment = asRecord(item);
        const line = asNumber(comment?.line) ?? asNumber(comment?.line_number) ?? asNumber(comment?.start_line);
        const path = firstText(comment, ...pathKeys) ?? '';
        return {
          path,
          lines: line === undefined ? '' : `${line}`,
          place: line === undefined ? path : `${path}:${line}`,
          text: asText(item) ?? firstText(comment, 'body', 'comment', 'text', 'content', 'message') ?? '',
        };
      })
    : undefined;
}

function skillView({ input, name }: ActionBlock): ActionView | undefined {
  return {
    kind: 'skill',
    skill: firstText(input, 'name', 'skill_name', 'skill_path', 'path', 'bundled_skill_id') ?? name,
  };
}

function skillMembersView({ input }: ActionBlock): ActionView | undefined {
  const skill = firstText(input, 'skill_path', 'bundled_skill_id');
  return skill === undefined ? undefined : { kind: 'skill', skill };
}

function askView(action: ActionBlock): ActionView | undefined {
  const questions = questionsOf(action);
  return questions && { kind: 'ask', questions };
}

function todosView({ name, input, output }: ActionBlock): ActionView | undefined {
  const todos = todosOf(name, input) ?? todosOf(name, output);
  return todos && { kind: 'todos', todos };
}

/** What went wrong, when the action says so. */
export function errorOf({ state, output }: ActionBlock): string | undefined {
  const refused = asRecord(output.permission_denied);
  const error = firstText(output, 'error') ?? firstText(asRecord(output.error), 'message', 'detail');
  return (
    error ??
    firstText(refused, 'reason', 'message') ??
    (state === 'failed' || state === 'denied' ? firstText(output, 'message', 'reason') : undefined)
  );
}
