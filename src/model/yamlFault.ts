import { isCollection, isScalar, type Node, visit, type YAMLParseError } from 'yaml';

/** What the parser says of one. */
type Mistake = Readonly<Pick<YAMLParseError, 'code' | 'pos'>>;
/** Where something starts and ends, in UTF-16 offsets. */
type Place = readonly [start: number, end: number];

/**
 * Where the first mistake begins. A parser tells where it could not go on, which is lines below a quote or a bracket that
 * nobody closed.
 */
export function yamlFault(yaml: string, contents: Node | null, errors: readonly Mistake[]): Place | undefined {
  const [first, second] = errors;
  if (!first) {
    return undefined;
  }
  const [at] = first.pos;
  // A line that is indented too far goes on with the text above it: its colon is what is wrong.
  if (first.code === 'BLOCK_AS_IMPLICIT_KEY' && second?.code === 'MULTILINE_IMPLICIT_KEY' && second.pos[0] === at) {
    const end = second.pos[1];
    const line = yaml.lastIndexOf('\n', end - 1) + 1;
    return line > at ? [line + (/^[ \t]*/.exec(yaml.slice(line, end))?.[0].length ?? 0), end] : first.pos;
  }
  const open = first.code === 'BAD_DQ_ESCAPE' ? undefined : openBefore(yaml, contents, at);
  return open === undefined ? first.pos : [open, open + 1];
}

/** Where the first quote or bracket is that was still open, or closed in a later line, where the parser could not go on. */
function openBefore(yaml: string, contents: Node | null, at: number): number | undefined {
  let found: number | undefined;
  visit(contents, {
    Node: (_, node) => {
      const [start, end] = node.range ?? [Infinity, 0];
      if (start < at && at <= end + 1 && isLeftOpen(node, yaml.slice(start, end))) {
        found = start;
        return visit.BREAK;
      }
      return undefined;
    },
  });
  return found;
}

function isLeftOpen(node: Node, source: string): boolean {
  if (isScalar(node)) {
    const isQuoted = /^["']/.test(source);
    // What closes in another line is most likely the opening quote of that line.
    return isQuoted && (source.includes('\n') || source.length < 2 || !source.endsWith(source[0] ?? ''));
  }
  return isCollection(node) && node.flow === true && ![']', '}'].includes(source.at(-1) ?? '');
}
