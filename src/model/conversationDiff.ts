/** What an edit did to one file. */
export interface FileChange {
  path: string;
  lines: DiffLine[];
  added: number;
  removed: number;
}

export interface DiffLine {
  /** `gap` stands between parts of the file: what is between them is not known. */
  kind: 'added' | 'removed' | 'same' | 'gap';
  text: string;
}

/**
 * The files of a unified diff. What a service sends is often cut or miscounted, which parsers of patches refuse: here the
 * numbers in it are not needed, and nothing of the text is lost.
 */
export function parseDiff(text: string): FileChange[] {
  const all = text.replace(/\n$/, '').split('\n');
  const changes: FileChange[] = [];
  let path = '';
  let lines: DiffLine[] = [];
  let inHead = false;
  const open = (name: string): void => {
    if (lines.length > 0) {
      changes.push(changeOf(path, lines));
    }
    path = name;
    lines = [];
    inHead = true;
  };
  all.forEach((line, index) => {
    // A removed line can look like the first of the two that name the file, hardly both together.
    const namesFile = line.startsWith('--- ') && all[index + 1]?.startsWith('+++ ');
    if (line.startsWith('diff --git ')) {
      open(pathOf(line.slice(line.lastIndexOf(' b/') + 1)));
    } else if (namesFile && inHead) {
      path = pathOf(line.slice(4)) || path;
    } else if (namesFile) {
      open(pathOf(line.slice(4)));
    } else if (inHead && line.startsWith('+++ ')) {
      path = pathOf(line.slice(4)) || path;
    } else if (line.startsWith('@@') || (inHead && gitFact.test(line))) {
      lines.push({ kind: 'gap', text: line });
      inHead &&= !line.startsWith('@@');
    } else if (!inHead || !line.startsWith('index ')) {
      lines.push(...lineOf(line));
      inHead = false;
    }
  });
  open('');
  return changes;
}

/** What git says of a file before its lines. */
const gitFact = /^(?:old mode|new mode|new file|deleted file|(?:dis)?similarity|rename|copy|Binary|GIT binary) /;

function lineOf(line: string): DiffLine[] {
  switch (line[0]) {
    case '+':
      return [{ kind: 'added', text: line.slice(1) }];
    case '-':
      return [{ kind: 'removed', text: line.slice(1) }];
    case '\\':
      return [];
    default:
      return [{ kind: 'same', text: line.startsWith(' ') ? line.slice(1) : line }];
  }
}

/** `a/` and `b/` are git's, not the path's; `/dev/null` is no file. */
function pathOf(name: string): string {
  const path = name.split('\t')[0]?.trim() ?? '';
  return path === '/dev/null' ? '' : path.replace(/^[ab]\//, '');
}

function changeOf(path: string, lines: DiffLine[]): FileChange {
  const count = (kind: DiffLine['kind']): number => lines.filter((line) => line.kind === kind).length;
  return { path, lines, added: count('added'), removed: count('removed') };
}

/** An edit that is known as the text before and the text after; lines that both begin or end with stay. */
export function replacement(path: string, before: string, after: string): FileChange {
  const old = linesOf(before);
  const fresh = linesOf(after);
  let head = 0;
  while (head < old.length && head < fresh.length && old[head] === fresh[head]) {
    head++;
  }
  let tail = 0;
  while (tail < old.length - head && tail < fresh.length - head && old.at(-1 - tail) === fresh.at(-1 - tail)) {
    tail++;
  }
  const as = (kind: DiffLine['kind'], lines: string[]): DiffLine[] => lines.map((text) => ({ kind, text }));
  return changeOf(path, [
    ...as('same', old.slice(0, head)),
    ...as('removed', old.slice(head, old.length - tail)),
    ...as('added', fresh.slice(head, fresh.length - tail)),
    ...as('same', old.slice(old.length - tail)),
  ]);
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** Lines added and removed in a unified diff, without reading it as one. */
export function countDiff(text: string): { added: number; removed: number } {
  const count = (pattern: RegExp): number => text.match(pattern)?.length ?? 0;
  return {
    added: count(/^\+/gm) - count(/^\+\+\+ /gm),
    removed: count(/^-/gm) - count(/^--- /gm),
  };
}

/**
 * The two texts that a diff editor compares: the parts of the file that the change shows, with a mark between them. What the
 * diff says about the file itself stands there only when there are no lines.
 */
export function sidesOf({ lines }: FileChange): { before: string; after: string } {
  const first = lines.findIndex(({ kind }) => kind !== 'gap');
  const shown = first < 0 ? lines : lines.slice(first);
  const side = (own: DiffLine['kind']): string =>
    shown
      .filter(({ kind }) => kind === 'same' || kind === 'gap' || kind === own)
      .map(({ kind, text }) => (kind === 'gap' && first >= 0 ? '⋯' : text))
      .join('\n');
  return { before: side('removed'), after: side('added') };
}

/** The change as a unified diff's body, for copying and for opening as text. */
export function diffText(changes: readonly FileChange[]): string {
  const marks = { added: '+', removed: '-', same: ' ', gap: '' };
  return changes
    .map((change) =>
      [`--- ${change.path}`, `+++ ${change.path}`, ...change.lines.map((line) => marks[line.kind] + line.text)].join(
        '\n',
      ),
    )
    .join('\n');
}
