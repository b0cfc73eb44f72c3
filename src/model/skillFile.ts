import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';

export interface SkillFile {
  name: string;
  description: string;
  /** What the agent is told: everything after the front matter. */
  instructions: string;
}

export type SkillProblemKind = 'frontMatterNotClosed' | 'badYaml' | 'notAMapping' | 'noInstructions';

export interface SkillProblem {
  kind: SkillProblemKind;
  /** Where to look, from 1. */
  line: number;
}

export type ParsedSkill = { skill: SkillFile } | { problem: SkillProblem };

/** The service keeps this many characters of a description. */
const maxDescription = 512;

/**
 * Reads a SKILL.md by the service's own lenient rules: front matter may be missing, only its texts count, the name is by
 * default the folder's, the description the first paragraph. What the service would silently leave out is a problem here.
 * @param folderName the name of the folder that the file is in
 */
export function parseSkillFile(text: string, folderName: string): ParsedSkill {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n/);
  const first = lines.findIndex((line) => line.trim() !== '');
  const hasFrontMatter = first >= 0 && isFence(lines[first]?.trimStart());
  const end = hasFrontMatter ? lines.findIndex((line, index) => index > first && isFence(line)) : -1;
  if (hasFrontMatter && end < 0) {
    return { problem: { kind: 'frontMatterNotClosed', line: first + 1 } };
  }
  const texts = hasFrontMatter ? readTexts(lines.slice(first + 1, end), first + 2) : new Map<string, string>();
  if (!(texts instanceof Map)) {
    return { problem: texts };
  }
  const instructions = lines
    .slice(end + 1)
    .join('\n')
    .trim();
  if (!instructions) {
    return { problem: { kind: 'noInstructions', line: Math.max(1, end + 1) } };
  }
  const description = texts.get('description') ?? firstParagraph(instructions);
  return {
    skill: {
      name: texts.get('name') ?? folderName,
      description: Array.from(description).slice(0, maxDescription).join(''),
      instructions,
    },
  };
}

function isFence(line: string | undefined): boolean {
  return /^---[ \t]*$/.test(line ?? '');
}

/** The mapping's entries that are texts and not blank; `firstLine` is the number of the first given line in its file. */
function readTexts(lines: string[], firstLine: number): Map<string, string> | SkillProblem {
  const counter = new LineCounter();
  const document = parseDocument(lines.join('\n'), { lineCounter: counter, prettyErrors: false, logLevel: 'silent' });
  const [error] = document.errors;
  if (error) {
    const { line } = counter.linePos(error.pos[0]);
    return { kind: 'badYaml', line: firstLine + Math.max(0, line - 1) };
  }
  const { contents } = document;
  if (contents === null) {
    return new Map();
  }
  if (!isMap(contents)) {
    return { kind: 'notAMapping', line: firstLine };
  }
  const texts = new Map<string, string>();
  for (const { key, value } of contents.items) {
    if (isScalar(key) && isScalar(value) && typeof key.value === 'string' && typeof value.value === 'string') {
      const text = value.value.trim();
      if (text) {
        texts.set(key.value, text);
      }
    }
  }
  return texts;
}

function firstParagraph(markdown: string): string {
  for (const block of markdown.split(/\n\s*\n/)) {
    const lines = block.split('\n').map((line) => line.trim());
    const paragraph = lines.filter((line) => line && !line.startsWith('#')).join(' ');
    if (paragraph) {
      return paragraph;
    }
  }
  return '';
}
