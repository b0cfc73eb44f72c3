/** Deepest nesting that is given to the parser: the service's own refuses twice as much. */
const deepest = 64;

/**
 * The offset of the first line that is nested too deeply, if there is one. Takes brackets in texts for real ones, and every
 * deeper line for a part of the one above. The parser calls itself for each level: where V8 compiles a regular expression at
 * the end of the stack, it ends the whole process.
 */
export function tooDeepAt(yaml: string): number | undefined {
  let start = 0;
  let brackets = 0;
  const above: { column: number; levels: number }[] = [];
  let levels = 0;
  for (const line of yaml.split('\n')) {
    const [lead = ''] = /^(?:\s*[-?:](?=\s|$))*\s*/.exec(line) ?? [];
    const column = line.search(/\S/);
    while (column >= 0 && (above.at(-1)?.column ?? -1) >= column) {
      levels -= above.pop()?.levels ?? 0;
    }
    if (column >= 0) {
      const own = 1 + (lead.match(/[-?:]/g)?.length ?? 0);
      above.push({ column, levels: own });
      levels += own;
    }
    for (const [bracket] of line.matchAll(/[[\]{}]/g)) {
      brackets = Math.max(0, brackets + ('[{'.includes(bracket) ? 1 : -1));
      if (levels + brackets > deepest) {
        return start;
      }
    }
    if (levels > deepest) {
      return start;
    }
    start += line.length + 1;
  }
  return undefined;
}
