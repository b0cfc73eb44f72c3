import { frontMatterLines } from './frontMatterLines';

/** What can be written at a place of a SKILL.md; the offsets say which text it is instead of. */
export type FrontMatterPlace =
  /** Nothing is there yet but perhaps the beginning of the opening line: a whole front matter. */
  | { readonly kind: 'skeleton'; readonly start: number; readonly end: number }
  /** The name of a field. */
  | { readonly kind: 'field'; readonly start: number; readonly end: number; readonly present: ReadonlySet<string> }
  /** A field's value, on the field's own line. */
  | { readonly kind: 'value'; readonly start: number; readonly end: number; readonly field: string };

/** Undefined outside of the front matter, and where only free text can follow. */
export function frontMatterPlace(text: string, offset: number): FrontMatterPlace | undefined {
  const bare = text.length < 100 ? text.trim() : text;
  if (/^-{0,3}$/.test(bare) && text.slice(offset).trim() === '') {
    return { kind: 'skeleton', start: 0, end: text.length };
  }
  const matter = frontMatterLines(text);
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  // In one that is not closed yet also on the line that comes next.
  if (
    !matter ||
    lineStart < matter.start ||
    !(lineStart < matter.end || (!matter.isClosed && lineStart === matter.end))
  ) {
    return undefined;
  }
  const before = text.slice(lineStart, offset);
  const rest = /^[^\r\n]*/.exec(text.slice(offset, offset + 2000))?.[0] ?? '';
  if (/^[\w-]*$/.test(before) && /^[\w-]*$/.test(rest)) {
    const present = new Set(matter.fields.filter(({ start }) => start !== lineStart).map(({ name }) => name));
    return { kind: 'field', start: lineStart, end: offset + rest.length, present };
  }
  const field = matter.fields.find(({ start }) => start === lineStart);
  const isInValue = field && offset > field.nameEnd && /:[ \t]+\S*$/.test(before) && rest.trim() === '';
  if (!isInValue) {
    return undefined;
  }
  return { kind: 'value', start: Math.min(field.valueStart, offset), end: offset + rest.length, field: field.name };
}

/** The field whose name is at a place, with where the name is. */
export function fieldAt(text: string, offset: number): { name: string; start: number; end: number } | undefined {
  const field = frontMatterLines(text)?.fields.find(({ start, nameEnd }) => start <= offset && offset <= nameEnd);
  return field && { name: field.name, start: field.start, end: field.nameEnd };
}
