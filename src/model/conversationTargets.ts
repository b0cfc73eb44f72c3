import type { Block } from './conversation';
import { reviewComments, viewAction } from './conversationActions';
import { fileChanges, type FileReference } from './conversationFiles';
import { searchResults } from './conversationSearch';

/** A file that a block names, as the agent wrote it. */
export interface FileTarget {
  path: string;
  /** From 1. */
  line?: number;
}

/** The files that a block names, in the order in which its body shows them. */
export function fileTargets(block: Block): FileTarget[] {
  if (block.kind !== 'action') {
    return [];
  }
  const view = viewAction(block);
  switch (view.kind) {
    case 'edit': {
      const changes = fileChanges(block);
      return changes.length === 0
        ? view.files.map((path) => ({ path }))
        : changes.map(({ path, lines }) => {
            const first = lines.find(({ kind, line }) => kind !== 'gap' && kind !== 'same' && line !== undefined);
            return { path, ...(first?.line === undefined ? {} : { line: first.line }) };
          });
    }
    case 'read':
      return view.files.map(targetOf);
    case 'upload':
      return [{ path: view.file }];
    case 'search':
      return (searchResults(block.output) ?? []).map(targetOf);
    case 'review':
      return (reviewComments(block.input) ?? reviewComments(block.output) ?? []).map(targetOf);
    default:
      return [];
  }
}

function targetOf({ path, lines }: Pick<FileReference, 'path' | 'lines'>): FileTarget {
  const line = parseInt(lines, 10);
  return Number.isNaN(line) || line < 1 ? { path } : { path, line };
}

/**
 * The parts of a path inside a workspace folder, or undefined for one that would lead out of it: an absolute one, one with
 * `..`, a drive, a scheme or a stream in it. An agent works elsewhere, so its path can be anything.
 */
export function partsInFolder(path: string): string[] | undefined {
  if (path === '' || path.length > 1000 || /^[/\\~]|[:\u0000-\u001f\u007f]/.test(path)) {
    return undefined;
  }
  const parts = path.split(/[/\\]/).filter((part) => part !== '' && part !== '.');
  // Windows drops dots and spaces at the end of a name: `.. ` leads up there, too.
  return parts.length === 0 || parts.some((part) => /^[. ]+$/.test(part)) ? undefined : parts;
}
