/** Counts the lines of every hunk of a unified diff anew, so that diffs written by hand can be parsed. */
export function recount(diff: string): string {
  const lines = diff.replace(/\n$/, '').split('\n');
  const isFile = (index: number): boolean =>
    (lines[index]?.startsWith('--- ') ?? false) && (lines[index + 1]?.startsWith('+++ ') ?? false);
  let moved = 0;
  const written = lines.map((line, index) => {
    if (isFile(index)) moved = 0;
    const header = /^@@ -(\d+)(?:,\d+)? \+\d+(?:,\d+)? @@(.*)$/.exec(line);
    if (!header) return line;
    let before = 0;
    let after = 0;
    for (let at = index + 1; at < lines.length && !lines[at]?.startsWith('@@ ') && !isFile(at); at++) {
      const sign = lines[at]?.[0] ?? ' ';
      if (sign !== '+') before++;
      if (sign !== '-') after++;
    }
    const start = Number(header[1]);
    const begin = start + moved + (before === 0 ? 1 : 0);
    moved += after - before;
    return `@@ -${start},${before} +${begin},${after} @@${header[2] ?? ''}`;
  });
  return `${written.map((line) => (line === '' ? ' ' : line)).join('\n')}\n`;
}
