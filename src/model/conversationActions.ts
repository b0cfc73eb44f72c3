import type { ActionBlock } from './conversation';
import { countDiff, parseDiff } from './conversationDiff';
import { subjectOf } from './conversationEvents';
import { diffOf, editsOf, filesOf, linesOf, pathOf, pathsOf, pathKeys, type FileReference } from './conversationFiles';
import { asList, asNumber, asRecord, asText, firstText, type JsonRecord } from './conversationJson';

/**
 * What an action is about. The service documents categories but neither names nor shapes, so the category proposes a
 * view and the members that are there decide; an action that fits none is `other`.
 */
export type ActionView =
  | { kind: 'command'; command: string; exitCode?: number; output: string }
  | { kind: 'edit'; files: string[]; added: number; removed: number }
  | { kind: 'read'; files: FileReference[] }
  | { kind: 'upload'; file: string; description: string }
  | { kind: 'search'; queries: string[]; where: string; found?: number }
  | { kind: 'tool'; tool: string; server: string }
  | { kind: 'resource'; uri: string }
  | { kind: 'document'; title: string }
  | { kind: 'computer'; summary: string }
  | { kind: 'review'; comments: number }
  | { kind: 'skill'; skill: string }
  | { kind: 'other'; subject: string };

type Reader = (action: ActionBlock) => ActionView | undefined;

const byCategory = new Map<string, Reader[]>([
  ['command', [commandView]],
  ['files', [uploadView, editView, readView]],
  ['search', [searchView, readView]],
  ['integration', [resourceView, toolView]],
  ['documents', [documentView]],
  ['computer', [computerView]],
  ['review', [reviewView]],
  ['skill', [skillView]],
]);

/** What the members alone can tell, the surest first. */
const byMembers: Reader[] = [commandView, changedView, skillMembersView, searchView, toolView, readView];

export function viewAction(action: ActionBlock): ActionView {
  for (const read of [...(byCategory.get(action.category) ?? []), ...byMembers]) {
    const view = read(action);
    if (view) {
      return view;
    }
  }
  return { kind: 'other', subject: subjectOf(action.input) ?? subjectOf(action.output) ?? '' };
}

function commandView({ category, input, output }: ActionBlock): ActionView | undefined {
  const command = firstText(input, 'command', 'cmd', 'script') ?? firstText(output, 'command');
  const typed = category === 'command' ? firstText(input, 'input') : undefined;
  if (command === undefined && typed === undefined) {
    return undefined;
  }
  const parts = [firstText(output, 'output', 'stdout', 'text', 'snapshot', 'result'), firstText(output, 'stderr')];
  return {
    kind: 'command',
    command: command ?? typed ?? '',
    exitCode: asNumber(output.exit_code) ?? asNumber(output.exitCode),
    output: parts.filter((part) => part !== undefined).join('\n'),
  };
}

function editView(action: ActionBlock): ActionView | undefined {
  const changed = changedView(action);
  if (changed) {
    return changed;
  }
  const files = pathsOf(action);
  return files.length > 0 && /edit|write|create|delete|remove|apply|patch|update|replace|move/i.test(action.name)
    ? { kind: 'edit', files, added: 0, removed: 0 }
    : undefined;
}

/** An action that says what it changed. */
function changedView(action: ActionBlock): ActionView | undefined {
  const diff = diffOf(action);
  if (diff !== undefined) {
    const named = pathsOf(action);
    const files = named.length > 0 ? named : [...new Set(parseDiff(diff).map(({ path }) => path))].filter(Boolean);
    return { kind: 'edit', files, ...countDiff(diff) };
  }
  const changes = editsOf(action);
  return changes.length === 0
    ? undefined
    : {
        kind: 'edit',
        files: [...new Set(changes.map(({ path }) => path))],
        added: changes.reduce((sum, change) => sum + change.added, 0),
        removed: changes.reduce((sum, change) => sum + change.removed, 0),
      };
}

function readView({ input, output }: ActionBlock): ActionView | undefined {
  const files = filesOf(input, output);
  return files.length > 0 ? { kind: 'read', files } : undefined;
}

function uploadView({ name, input, output }: ActionBlock): ActionView | undefined {
  const file = firstText(output, 'filepath', 'filename') ?? pathOf(input);
  return file !== undefined && (firstText(output, 'artifact_uid') !== undefined || /upload/i.test(name))
    ? { kind: 'upload', file, description: firstText(input, 'description') ?? '' }
    : undefined;
}

function searchView({ input, output }: ActionBlock): ActionView | undefined {
  const many = ['queries', 'patterns'].flatMap((key) => asList(input[key])).flatMap((query) => asText(query) ?? []);
  const one = firstText(input, 'query', 'pattern', 'regex', 'glob');
  const queries = one === undefined ? many : [one, ...many];
  if (queries.length === 0) {
    return undefined;
  }
  const found = searchResults(output);
  return {
    kind: 'search',
    queries,
    where: placeOf(firstText(input, 'path', 'search_dir', 'codebase_path', 'codebase')),
    found: found?.length,
  };
}

/** Where a search looked; empty for the folder that everything is in. */
function placeOf(path = ''): string {
  return path === '.' || path === './' ? '' : path;
}

/** The files or places that a search found, or undefined when it does not list them. */
export function searchResults(output: JsonRecord): FileReference[] | undefined {
  const key = ['files', 'matched_files', 'matches', 'results'].find((name) => Array.isArray(output[name]));
  return key === undefined
    ? undefined
    : asList(output[key]).flatMap((item) => {
        const record = asRecord(item);
        const path = pathOf(item) ?? firstText(record, 'title', 'url');
        const line = asNumber(record?.line) ?? asNumber(record?.line_number);
        return path === undefined ? [] : [{ path, lines: line === undefined ? linesOf(record ?? {}) : `${line}` }];
      });
}

function resourceView({ input }: ActionBlock): ActionView | undefined {
  const uri = firstText(input, 'uri');
  return uri === undefined ? undefined : { kind: 'resource', uri };
}

function toolView({ category, name, input }: ActionBlock): ActionView | undefined {
  const tool = firstText(input, 'tool', 'tool_name', 'name');
  const called = ['input', 'args', 'arguments'].some((key) => Object.hasOwn(input, key));
  if (category !== 'integration' && (tool === undefined || !called)) {
    return undefined;
  }
  return { kind: 'tool', tool: tool ?? name, server: firstText(input, 'server', 'server_name', 'mcp_server') ?? '' };
}

function documentView({ input, output }: ActionBlock): ActionView | undefined {
  const listed = [input, output].flatMap((record) => asList(record.documents)).map(asRecord);
  const title = [input, output, ...listed].map((record) => firstText(record, 'title', 'name', 'document_id', 'id'));
  return { kind: 'document', title: title.find((text) => text !== undefined) ?? '' };
}

function computerView({ input, output }: ActionBlock): ActionView | undefined {
  const keys = ['action_summary', 'task_summary', 'summary', 'description', 'action'];
  return { kind: 'computer', summary: firstText(input, ...keys) ?? firstText(output, ...keys) ?? '' };
}

function reviewView({ input, output }: ActionBlock): ActionView | undefined {
  return { kind: 'review', comments: (reviewComments(input) ?? reviewComments(output))?.length ?? 0 };
}

/** Where a comment of a review stands, and what it says. */
export interface ReviewComment {
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

/** What went wrong, when the action says so. */
export function errorOf({ state, output }: ActionBlock): string | undefined {
  const error = firstText(output, 'error') ?? firstText(asRecord(output.error), 'message', 'detail');
  return error ?? (state === 'failed' || state === 'denied' ? firstText(output, 'message', 'reason') : undefined);
}
