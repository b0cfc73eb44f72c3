const heading = /^( {0,3})(#{1,6})(?=[ \t]|$)/;
const fence = /^ {0,3}(`{3,}|~{3,})/;
const deepest = 6;

/**
 * Markdown with its headings pushed down by `levels`, so that a text can stand under a heading without breaking the outline. What
 * is inside of blocks of code stays as it is.
 */
export function demoteHeadings(markdown: string, levels: number): string {
  if (!/^ {0,3}#/m.test(markdown)) {
    return markdown;
  }
  let open: string | undefined;
  return markdown
    .split('\n')
    .map((line) => {
      const mark = fence.exec(line)?.[1];
      if (open !== undefined) {
        const closes = mark !== undefined && mark.startsWith(open) && /^\s*$/.test(line.trimStart().slice(mark.length));
        open = closes ? undefined : open;
        return line;
      }
      open = mark;
      return line.replace(heading, (_all, indent: string, marks: string) => {
        return indent + '#'.repeat(Math.min(deepest, marks.length + levels));
      });
    })
    .join('\n');
}
