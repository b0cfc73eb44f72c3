import { isAlias, isMap, isScalar, type Node, parseDocument, visit, type YAMLMap } from 'yaml';
import { tooDeepAt } from './yamlDepth';
import { yamlFault } from './yamlFault';

/** A part of a text, in UTF-16 offsets. */
export interface Span {
  start: number;
  end: number;
}

export interface FrontMatter {
  /** The three dashes before it. */
  opening: Span;
  /** The three dashes after it. */
  closing: Span;
  /** What is between them, without the blanks around it. */
  yaml: Span;
  /** Where the instructions begin. */
  bodyStart: number;
}

export interface FrontMatterField {
  name: string;
  key: Span;
  /** What an alias stands for is its value; undefined where there is none. */
  value: Node | undefined;
  /** Where the value is written; where it would be, when there is none. */
  valueSpan: Span;
}

export type FrontMatterFields =
  | { kind: 'mapping'; fields: FrontMatterField[] }
  /** Valid YAML of another kind: the service reads no field of it. */
  | { kind: 'notAMapping' }
  | { kind: 'tooLong' }
  | { kind: 'badYaml'; at: Span };

/** Most UTF-16 characters of YAML that are read: the longest of 27,000 real ones has 9,639. */
const longest = 12 * 1024;

/** Characters that YAML does not allow at all. */
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

const textTag = 'tag:yaml.org,2002:str';

/**
 * Finds the front matter where the service does: after nothing but blanks, between two lines of three dashes. It counts an
 * empty one as none, which makes no difference to the fields.
 */
export function frontMatterOf(text: string): FrontMatter | { opening: Span } | undefined {
  const [head] = /^\s*---[ \t]*\r?\n/.exec(text) ?? [];
  if (head === undefined) {
    return undefined;
  }
  const start = head.indexOf('---');
  const opening = { start, end: start + 3 };
  const fence = /\r?\n---[ \t]*(?:\r?\n|$)/g;
  // The end of the first line may be what the second one of dashes follows.
  fence.lastIndex = head.length - 1;
  const found = fence.exec(text);
  if (!found) {
    return { opening };
  }
  const dashes = text.indexOf('---', found.index);
  const inner = text.slice(head.length, found.index);
  const yamlStart = head.length + inner.length - inner.trimStart().length;
  return {
    opening,
    closing: { start: dashes, end: dashes + 3 },
    yaml: { start: yamlStart, end: yamlStart + inner.trim().length },
    bodyStart: found.index + found[0].length,
  };
}

/** Reads what is in the front matter; refuses what the service's own YAML parser refuses. Never throws. */
export function frontMatterFields(text: string, { start, end }: Span): FrontMatterFields {
  if (end - start > longest) {
    return { kind: 'tooLong' };
  }
  const yaml = text.slice(start, end);
  const bad = (from: number, to: number): FrontMatterFields => {
    const first = start + Math.max(0, Math.min(from, yaml.length - 1));
    return { kind: 'badYaml', at: { start: first, end: Math.max(first + 1, Math.min(start + to, end)) } };
  };
  const control = yaml.search(forbidden);
  if (control >= 0) {
    return bad(control, control + 1);
  }
  const deep = tooDeepAt(yaml);
  if (deep !== undefined) {
    return bad(deep, deep + 1);
  }
  const asItIs = parse(yaml);
  if (!asItIs.error) {
    return fieldsOf(asItIs, (offset) => start + offset);
  }
  const { indented, original } = indentQuoted(yaml);
  const asIndented = indented === yaml ? asItIs : parse(indented);
  return asIndented.error ? bad(...asItIs.error) : fieldsOf(asIndented, (offset) => start + original(offset));
}

interface ParsedYaml {
  yaml: string;
  contents: Node | null;
  /** What aliases stand for. */
  anchors: ReadonlyMap<string, Node>;
  /** Where the first mistake begins, and where what is marked of it ends. */
  error?: readonly [number, number];
}

function parse(yaml: string): ParsedYaml {
  const anchors = new Map<string, Node>();
  const { stackTraceLimit } = Error;
  // There may be thousands of errors: looking where each was made would take most of the time.
  Error.stackTraceLimit = 0;
  try {
    // The same key twice is looked for below: the parser's own way takes a time that is quadratic.
    const { contents, errors } = parseDocument(yaml, { uniqueKeys: false, prettyErrors: false });
    const error = yamlFault(yaml, contents, errors) ?? (contents && rangeOf(wrongNode(contents, anchors)));
    return { yaml, contents, anchors, ...(error && { error }) };
  } catch {
    // It is not known to throw.
    return { yaml, contents: null, anchors, error: [0, 1] };
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function rangeOf(node: Node | undefined): readonly [number, number] | undefined {
  return node?.range ? [node.range[0], node.range[1]] : undefined;
}

/**
 * The service's parser, unlike this one, lets the further lines of a quoted text begin where its key does: they are
 * indented here. `original` answers where an offset was before.
 */
function indentQuoted(yaml: string): { indented: string; original: (offset: number) => number } {
  const quoted = /^( *)[\w-]+:[ \t]+(?:"(?:[^"\\]|\\[^])*"|'(?:[^']|'')*')/gm;
  const inserted: { at: number; length: number }[] = [];
  let longer = 0;
  const indented = yaml.replace(quoted, (match, indent: string, at: number) =>
    match.replace(/\n(?!\r?\n)/g, (_, offset: number) => {
      const length = indent.length + 1;
      inserted.push({ at: at + offset + 1 + longer, length });
      longer += length;
      return `\n${' '.repeat(length)}`;
    }),
  );
  return {
    indented,
    original: (offset) =>
      inserted.reduce((sum, { at, length }) => (at < offset ? sum - Math.min(length, offset - at) : sum), offset),
  };
}

function fieldsOf({ yaml, contents, anchors }: ParsedYaml, offsetOf: (offset: number) => number): FrontMatterFields {
  if (!isMap<unknown, Node | null>(contents)) {
    // Nothing but remarks is a mapping without fields.
    return contents === null ? { kind: 'mapping', fields: [] } : { kind: 'notAMapping' };
  }
  const spanOf = ([start, end]: readonly [number, number]): Span => ({
    start: offsetOf(start),
    // A text of several lines has the last line's end in it.
    end: offsetOf(start + yaml.slice(start, end).trimEnd().length),
  });
  const fields = contents.items.flatMap(({ key, value }): FrontMatterField[] => {
    const keyRange = isScalar(key) ? rangeOf(key) : undefined;
    if (!isText(key) || !key.value || !keyRange) {
      return [];
    }
    return [
      {
        name: key.value,
        key: spanOf(keyRange),
        value: (isAlias(value) ? anchors.get(value.source) : value) ?? undefined,
        valueSpan: spanOf(rangeOf(value ?? undefined) ?? [keyRange[1], keyRange[1]]),
      },
    ];
  });
  return { kind: 'mapping', fields };
}

/** True for what the service takes for a text: no number, and nothing with a tag of its own. */
export function isText(node: unknown): node is { value: string } {
  return isScalar(node) && typeof node.value === 'string' && (node.tag === undefined || node.tag === textTag);
}

/** The first alias without an anchor before it, or second key of one name; collects the anchors on its way. */
function wrongNode(contents: Node, anchors: Map<string, Node>): Node | undefined {
  const found: Node[] = [];
  visit(contents, {
    Node: (_, node) => {
      const unknown = isAlias(node) && !anchors.has(node.source) ? node : undefined;
      const wrong = isMap(node) ? repeatedKey(node) : unknown;
      if (wrong) {
        found.push(wrong);
        return visit.BREAK;
      }
      if (!isAlias(node) && node.anchor !== undefined) {
        anchors.set(node.anchor, node);
      }
      return undefined;
    },
  });
  return found[0];
}

function repeatedKey({ items }: YAMLMap): Node | undefined {
  const seen = new Set<unknown>();
  for (const { key } of items) {
    if (isScalar(key)) {
      if (seen.has(key.value)) {
        return key;
      }
      seen.add(key.value);
    }
  }
  return undefined;
}
