import { parsed } from '../oz/json';
import { type FrontMatterLines, type FieldLines, lineEndOf } from './frontMatterLines';
import { shortened } from './shortened';
import type { TextEdit } from './textEdits';
import { yamlText } from './yamlText';

/**
 * Leaves so many characters of a field in place and begins the instructions with the rest, so that nothing is lost; undefined
 * for a value that is no text or in a form that only YAML itself reads.
 */
export function shortenField(
  text: string,
  matter: FrontMatterLines,
  name: string,
  maxLength: number,
): TextEdit[] | undefined {
  const field = matter.fields.find((one) => one.name === name);
  const value = field && textOf(text, field);
  if (!value) {
    return undefined;
  }
  const kept = shortened(value, maxLength);
  const rest = value.slice(kept.length).trim();
  if (rest === '') {
    return undefined;
  }
  const lineEnd = lineEndOf(text);
  const { bodyStart } = matter;
  const gap = /^[ \t]*(?:\r?\n|$)/.test(text.slice(bodyStart, bodyStart + 200)) ? '' : lineEnd;
  return [
    { start: field.valueStart, end: field.valueEnd, text: yamlText(kept) },
    { start: bodyStart, end: bodyStart, text: `${lineEnd}${rest}${lineEnd}${gap}` },
  ];
}

/** The value as YAML reads it, its lines joined by spaces. */
function textOf(text: string, { valueStart, valueEnd }: FieldLines): string | undefined {
  const raw = text.slice(valueStart, valueEnd);
  const isBlock = /^[|>][-+]?[ \t]*\r?\n/.test(raw);
  const lines = raw.split('\n').map((line) => line.trim());
  const value = (isBlock ? lines.slice(1) : lines).filter(Boolean).join(' ');
  if (isBlock) {
    return value;
  }
  if (value.startsWith('"')) {
    const read = parsed(value);
    return typeof read === 'string' ? read : undefined;
  }
  if (/^'(?:[^']|'')*'$/.test(value)) {
    return value.slice(1, -1).replaceAll("''", "'");
  }
  return /^[[{&*!|>'%@`]|\s#/.test(value) ? undefined : value;
}
