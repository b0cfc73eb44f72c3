import { type FrontMatterLines, type FieldLines, lineEndOf } from './frontMatterLines';
import type { SkillFix } from './skillFixes';
import { quoted, yamlText } from './yamlText';

/** Where a field belongs that the rules do not know: its value stays, as a text. Only for a value on one line. */
export function moveToMetadata(text: string, { fields }: FrontMatterLines, field: FieldLines): SkillFix[] {
  const raw = text.slice(field.valueStart, field.valueEnd);
  if (raw === '' || raw.includes('\n') || /^[[{&*!|>%@`]|\s#/.test(raw)) {
    return [];
  }
  const value = /^["']/.test(raw) || yamlText(raw) === raw ? raw : quoted(raw);
  const lineEnd = lineEndOf(text);
  const fix = { kind: 'moveToMetadata', field: field.name, isSafe: false } as const;
  const metadata = fields.find(({ name }) => name === 'metadata');
  if (!metadata) {
    const moved = `metadata:${lineEnd}  ${field.name}: ${value}${lineEnd}`;
    return [{ ...fix, edits: [{ start: field.start, end: field.end, text: moved }] }];
  }
  // Its entries stand below its name, or it has none; `{a: b}` on one line is left alone.
  const own = text.slice(metadata.nameEnd, metadata.valueEnd);
  const [, indentation = '  '] = /\n([ \t]+)\S/.exec(own) ?? [];
  if (!/^[ \t]*:[ \t]*(?:\r?\n|$)/.test(own)) {
    return [];
  }
  const line = `${indentation}${field.name}: ${value}${lineEnd}`;
  return [
    {
      ...fix,
      edits: [
        { start: metadata.end, end: metadata.end, text: line },
        { start: field.start, end: field.end, text: '' },
      ],
    },
  ];
}
