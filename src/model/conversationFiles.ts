import { asList, asNumber, asRecord, asText, firstText, type JsonRecord } from '../oz/json';
import type { ActionBlock } from './conversation';
import { deletion, parseDiff, replacement, type FileChange } from './conversationDiff';

export interface FileReference {
  path: string;
  /** Ranges of lines as written in editors ("10-25"), or empty for the whole file. */
  lines: string;
}

export function diffOf({ input, output }: ActionBlock): string | undefined {
  return firstText(output, 'diff', 'patch') ?? firstText(input, 'diff', 'patch');
}

/** The changes of an edit, file by file; empty when the action does not say. */
export function fileChanges(action: ActionBlock): FileChange[] {
  const diff = diffOf(action);
  if (diff === undefined) {
    return editsOf(action);
  }
  const changes = parseDiff(diff);
  const [only, ...more] = pathsOf(action);
  return changes.map((change) => (change.path === '' && more.length === 0 ? { ...change, path: only ?? '' } : change));
}

/** Edits given as what was searched for and what it was replaced with, whole new files, and files that went. */
export function editsOf({ input, output }: ActionBlock): FileChange[] {
  const replaced = ['diffs', 'edits', 'changes'].flatMap((key) => asList(input[key])).map(asRecord);
  const one = typeof input.search === 'string' || typeof input.old_string === 'string' ? [input] : [];
  const deleted = asList(input.deleted_files).length > 0 ? input.deleted_files : output.deleted_files;
  return [
    ...patches(input.v4a_updates),
    ...[...one, ...replaced].flatMap((edit) => replacementOf(edit, input, 'edited')),
    ...asList(input.new_files).flatMap((file) => replacementOf(asRecord(file), input, 'created')),
    ...asList(deleted).flatMap((file) => {
      const path = pathOf(file);
      return path === undefined ? [] : [deletion(path)];
    }),
  ];
}

function replacementOf(edit: JsonRecord | undefined, input: JsonRecord, what: 'edited' | 'created'): FileChange[] {
  const before = firstText(edit, 'search', 'old_string', 'old_text') ?? '';
  const after = firstText(edit, 'replace', 'new_string', 'new_text', 'content') ?? '';
  const path = pathOf(edit) ?? pathOf(input) ?? '';
  return edit && (before !== '' || after !== '') ? [replacement(path, before, after, what)] : [];
}

/** Patches of single files, each as text or as a text beside the file's path. */
function patches(updates: unknown): FileChange[] {
  return asList(updates).flatMap((update) => {
    const record = asRecord(update);
    const text = asText(update) ?? firstText(record, 'patch', 'diff', 'update', 'content') ?? '';
    const path = record && pathOf(record);
    return parseDiff(text).map((change) => (change.path === '' && path !== undefined ? { ...change, path } : change));
  });
}

export const pathKeys = ['path', 'file_path', 'filepath', 'file', 'filename'];

export function pathOf(value: unknown): string | undefined {
  return asText(value) ?? firstText(asRecord(value), ...pathKeys, 'name');
}

export function pathsOf({ input, output }: ActionBlock): string[] {
  return [...new Set(filesOf(input, output).map(({ path }) => path))];
}

/** The files that an action names, wherever it names them; the input's, or else the output's. */
export function filesOf(...records: JsonRecord[]): FileReference[] {
  for (const record of records) {
    const listed = ['files', 'paths', 'file_paths', 'diffs', 'new_files', 'deleted_files', 'updated_files'];
    const files = [...listed.flatMap((key) => asList(record[key])), ...pathKeys.map((key) => record[key])].flatMap(
      (value) => {
        const path = pathOf(value);
        return path === undefined ? [] : [{ path, lines: linesOf(asRecord(value) ?? record) }];
      },
    );
    if (files.length > 0) {
      return files;
    }
  }
  return [];
}

export function linesOf(file: JsonRecord): string {
  return [...asList(file.lines), ...asList(file.line_ranges), ...asList(file.matched_lines)]
    .map((range) => {
      const numbers = asRecord(range);
      const start = asNumber(numbers?.start) ?? asNumber(numbers?.line_number) ?? asNumber(range);
      const end = asNumber(numbers?.end);
      return start === undefined ? '' : end === undefined || end === start ? `${start}` : `${start}-${end}`;
    })
    .filter(Boolean)
    .slice(0, 8)
    .join(', ');
}
