/** What an edit did to one file. */
export interface FileChange {
  path: string;
  what: ChangeKind;
  /** Where a renamed file was. */
  from?: string;
  lines: DiffLine[];
  added: number;
  removed: number;
}

export type ChangeKind = 'edited' | 'created' | 'deleted' | 'renamed';

export interface DiffLine {
  /** `gap` stands between parts of the file: what is between them is not known. */
  kind: 'added' | 'removed' | 'same' | 'gap';
  text: string;
  /** Its number in the file, from 1: in the one before for a removed line; where the diff does not say, none. */
  line?: number;
}

/**
 * The files of a unified diff, or of the patches that begin with `*** Begin Patch`. What a service sends is often cut or
 * miscounted, which parsers of patches refuse: here its numbers are only shown, and nothing of the text is lost.
 */
export function parseDiff(text: string): FileChange[] {
  return new DiffReader().read(text.replace(/\n$/, '').split('\n'));
}

/** What git says of a file before its lines. */
const gitFact = /^(?:old mode|new mode|new file|deleted file|(?:dis)?similarity|rename|copy|Binary|GIT binary) /;
const hunk = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@ ?(.*)$/;
const patchFile = /^\*\*\* (Update|Add|Delete) File: (.+)$/;

class DiffReader {
  readonly #changes: FileChange[] = [];
  #path = '';
  #from: string | undefined;
  #what: ChangeKind = 'edited';
  #lines: DiffLine[] = [];
  #inHead = false;
  /** Numbers of the next line before and after; unknown until a hunk says them. */
  #before: number | undefined;
  #after: number | undefined;

  read(all: readonly string[]): FileChange[] {
    all.forEach((line, index) => {
      this.#line(line, all[index + 1] ?? '');
    });
    this.#open('');
    return this.#changes;
  }

  #line(line: string, next: string): void {
    // A removed line can look like the first of the two that name the file, hardly both together.
    const namesFile = line.startsWith('--- ') && next.startsWith('+++ ');
    const patch = patchFile.exec(line);
    if (line.startsWith('diff --git ')) {
      this.#open(pathOf(line.slice(line.lastIndexOf(' b/') + 1)));
    } else if (patch) {
      this.#open(patch[2]?.trim() ?? '');
      this.#what = patch[1] === 'Add' ? 'created' : patch[1] === 'Delete' ? 'deleted' : 'edited';
    } else if (line.startsWith('*** Move to: ')) {
      this.#rename(this.#path, line.slice('*** Move to: '.length).trim());
    } else if (/^\*\*\* (?:Begin Patch|End Patch|End of File)$/.test(line)) {
      return;
    } else if (namesFile) {
      this.#nameFile(pathOf(line.slice(4)), pathOf(next.slice(4)));
    } else if (this.#inHead && line.startsWith('+++ ')) {
      this.#path = pathOf(line.slice(4)) || this.#path;
    } else if (line.startsWith('@@') || (this.#inHead && gitFact.test(line))) {
      this.#fact(line);
    } else if (!this.#inHead || !line.startsWith('index ')) {
      this.#lines.push(...lineOf(line).map((one) => this.#numbered(one)));
      this.#inHead = false;
    }
  }

  #nameFile(old: string, fresh: string): void {
    if (!this.#inHead) {
      this.#open(old);
    }
    if (old === '' || fresh === '') {
      this.#what = old === '' ? 'created' : 'deleted';
      this.#path = fresh || old || this.#path;
    } else if (old !== fresh) {
      this.#rename(old, fresh);
    } else {
      this.#path = fresh;
    }
  }

  #rename(from: string, to: string): void {
    this.#what = 'renamed';
    this.#from = from;
    this.#path = to;
  }

  #fact(line: string): void {
    this.#lines.push({ kind: 'gap', text: line });
    const numbers = hunk.exec(line);
    if (line.startsWith('@@')) {
      this.#before = numbers ? Number(numbers[1]) : undefined;
      this.#after = numbers ? Number(numbers[2]) : undefined;
      this.#inHead = false;
    } else if (line.startsWith('rename from ')) {
      this.#rename(line.slice('rename from '.length), this.#path);
    } else if (line.startsWith('rename to ')) {
      this.#path = line.slice('rename to '.length);
    } else if (line.startsWith('new file')) {
      this.#what = 'created';
    } else if (line.startsWith('deleted file')) {
      this.#what = 'deleted';
    }
  }

  #numbered(line: DiffLine): DiffLine {
    const number = line.kind === 'removed' ? this.#before : this.#after;
    if (line.kind !== 'added' && this.#before !== undefined) {
      this.#before++;
    }
    if (line.kind !== 'removed' && this.#after !== undefined) {
      this.#after++;
    }
    return number === undefined ? line : { ...line, line: number };
  }

  #open(name: string): void {
    if (this.#lines.length > 0 || this.#what !== 'edited') {
      this.#changes.push(changeOf(this.#path, this.#lines, this.#what, this.#from));
    }
    this.#path = name;
    this.#from = undefined;
    this.#what = 'edited';
    this.#lines = [];
    this.#inHead = true;
    this.#before = undefined;
    this.#after = undefined;
  }
}

/** What a hunk's first line says about where it is: the name of the function around it, or nothing. */
export function hunkPlace(line: string): string | undefined {
  return hunk.exec(line)?.[3]?.trim();
}

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

function changeOf(path: string, lines: DiffLine[], what: ChangeKind, from?: string): FileChange {
  const count = (kind: DiffLine['kind']): number => lines.filter((line) => line.kind === kind).length;
  return {
    path,
    what,
    ...(from === undefined ? {} : { from }),
    lines,
    added: count('added'),
    removed: count('removed'),
  };
}

/** A file that went, of whose lines nothing is known. */
export function deletion(path: string): FileChange {
  return changeOf(path, [], 'deleted');
}

/** An edit that is known as the text before and the text after; lines that both begin or end with stay. */
export function replacement(
  path: string,
  before: string,
  after: string,
  what: 'edited' | 'created' = 'edited',
): FileChange {
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
  const lines = [
    ...as('same', old.slice(0, head)),
    ...as('removed', old.slice(head, old.length - tail)),
    ...as('added', fresh.slice(head, fresh.length - tail)),
    ...as('same', old.slice(old.length - tail)),
  ];
  return changeOf(path, lines, what);
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

/** The first and the last of the lines, from 1, that a change shows of the file after it. */
export type LineRange = readonly [first: number, last: number];

/** Undefined where the change does not say its lines. */
export function lineRange({ lines }: FileChange): LineRange | undefined {
  const numbers = lines.flatMap(({ kind, line }) => (kind === 'removed' || line === undefined ? [] : [line]));
  const [first, last] = [numbers[0], numbers.at(-1)];
  return first === undefined || last === undefined ? undefined : [first, last];
}

/** The change as a unified diff's body, for copying and for opening as text. */
export function diffText(changes: readonly FileChange[]): string {
  const marks = { added: '+', removed: '-', same: ' ', gap: '' };
  return changes
    .map((change) =>
      [
        `--- ${change.what === 'created' ? '/dev/null' : (change.from ?? change.path)}`,
        `+++ ${change.what === 'deleted' ? '/dev/null' : change.path}`,
        ...change.lines.map((line) => marks[line.kind] + line.text),
      ].join('\n'),
    )
    .join('\n');
}
