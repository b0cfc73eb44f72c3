/** A Markdown code block that holds the text whole, whatever fences are in it. */
export function fenced(text: string, languageId = ''): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  const language = languageId === 'plaintext' ? '' : languageId.replace(/[^\w+#.-]/g, '');
  return `${fence}${language}\n${text}\n${fence}`;
}

/** Code within a line, whatever backticks are in it. */
export function codeSpan(code: string): string {
  const mark = '`'.repeat(longestRun(code) + 1);
  const space = code.startsWith('`') || code.endsWith('`') ? ' ' : '';
  return `${mark}${space}${code}${space}${mark}`;
}

function longestRun(text: string): number {
  return (text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);
}

/** The text with the block of code closed that it leaves open at its end. */
export function closedFences(text: string): string {
  let open: string | undefined;
  for (const line of text.split('\n')) {
    const [, mark, rest = ''] = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line) ?? [];
    if (mark !== undefined && open === undefined) {
      open = mark;
    } else if (mark !== undefined && open !== undefined && mark.startsWith(open) && rest.trim() === '') {
      open = undefined;
    }
  }
  return open === undefined ? text : `${text}\n${open}`;
}
