/** A field at the top level of a front matter. All offsets count UTF-16 units from the text's start. */
export interface FieldLines {
  readonly name: string;
  /** Where its name begins, and its first line with it. */
  readonly start: number;
  readonly nameEnd: number;
  /** From its value's first character to behind the last one, over all its lines; the same place when it has none. */
  readonly valueStart: number;
  readonly valueEnd: number;
  /** Behind its last line and that line's end. */
  readonly end: number;
}

export interface FrontMatterLines {
  /** Behind the opening line and its end. */
  readonly start: number;
  /** Where the closing line begins; without one, where the fields seem to end. */
  readonly end: number;
  readonly isClosed: boolean;
  /** Where the instructions begin: behind the closing line and its end. */
  readonly bodyStart: number;
  readonly fields: readonly FieldLines[];
}

interface Line {
  start: number;
  /** Without and with its line end. */
  textEnd: number;
  end: number;
  text: string;
}

/** Front matter is short: a longer line is none of its fields and is not searched. */
const maxLine = 20_000;

/**
 * Where things stand in the front matter of a SKILL.md, by its lines alone: so also while it is being typed and is no valid
 * YAML. Undefined when the text does not begin with one.
 */
export function frontMatterLines(text: string): FrontMatterLines | undefined {
  let opening = lineAt(text, text.startsWith('\uFEFF') ? 1 : 0);
  while (opening?.text.trim() === '') {
    opening = lineAt(text, opening.end);
  }
  if (!opening || !isFence(opening.text.trimStart())) {
    return undefined;
  }
  const lines: Line[] = [];
  let closing = lineAt(text, opening.end);
  while (closing && !isFence(closing.text)) {
    lines.push(closing);
    closing = lineAt(text, closing.end);
  }
  const start = opening.end;
  if (closing) {
    return { start, end: closing.start, isClosed: true, bodyStart: closing.end, fields: fieldsOf(lines) };
  }
  const firstOther = lines.findIndex(({ text: line }) => !looksLikeYaml(line));
  const own = firstOther < 0 ? lines : lines.slice(0, firstOther);
  const end = own.at(-1)?.end ?? start;
  return { start, end, isClosed: false, bodyStart: end, fields: fieldsOf(own) };
}

/** The line end that a text has: that of its first line. */
export function lineEndOf(text: string): '\r\n' | '\n' {
  const at = text.indexOf('\n');
  return at > 0 && text[at - 1] === '\r' ? '\r\n' : '\n';
}

function lineAt(text: string, start: number): Line | undefined {
  if (start >= text.length) {
    return undefined;
  }
  const at = text.indexOf('\n', start);
  const end = at < 0 ? text.length : at + 1;
  const textEnd = at < 0 ? end : text[at - 1] === '\r' && at > start ? at - 1 : at;
  return { start, textEnd, end, text: text.slice(start, Math.min(textEnd, start + maxLine)) };
}

function isFence(line: string): boolean {
  return line.startsWith('---') && line.slice(3).trim() === '';
}

/** Names as YAML has them unquoted; a colon belongs to a name unless white space or the line's end follows it. */
const fieldStart = /^([A-Za-z_][\w.-]*)[ \t]*:(?=[ \t]|$)/;

function looksLikeYaml(line: string): boolean {
  return fieldStart.test(line) || /^(?:[ \t]+|- )\S/.test(line);
}

function fieldsOf(lines: readonly Line[]): FieldLines[] {
  const fields: FieldLines[] = [];
  for (const { start, textEnd, end, text } of lines) {
    const [head, name] = fieldStart.exec(text) ?? [];
    const last = fields.at(-1);
    if (head !== undefined && name !== undefined) {
      const rest = text.slice(head.length);
      const valueStart = start + head.length + (rest.length - rest.trimStart().length);
      const valueEnd = Math.max(valueStart, start + text.trimEnd().length);
      fields.push({ name, start, nameEnd: start + name.length, valueStart, valueEnd, end });
    } else if (last && text.trim() !== '' && /^(?:[ \t]|- )/.test(text)) {
      const valueEnd = textEnd - (text.length - text.trimEnd().length);
      fields[fields.length - 1] = { ...last, valueEnd, end };
    }
  }
  return fields;
}
