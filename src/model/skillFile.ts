import { frontMatterFields, frontMatterOf, isText } from './skillFrontMatter';

export interface SkillFile {
  name: string;
  description: string;
  /** What the agent is told: everything after the front matter. */
  instructions: string;
}

export type SkillProblemKind =
  /** The service leaves it out of its lists, without a word. */
  | 'badYaml'
  /** The agent would be told nothing. */
  | 'noInstructions'
  /** The service reads no file in another encoding. */
  | 'notUtf8';

export interface SkillProblem {
  kind: SkillProblemKind;
  /** Where to look, from 1. */
  line: number;
}

export type ParsedSkill = { skill: SkillFile } | { problem: SkillProblem };

/** The service keeps this many characters of a description, and of those whole sentences. */
const maxDescription = 512;

/**
 * Reads a SKILL.md by the service's own lenient rules: front matter that is missing, not closed or no mapping is none, only
 * its texts count, the name is by default the folder's, the description the first paragraph. Never throws.
 * @param folderName the name of the folder that the file is in
 */
export function parseSkillFile(text: string, folderName: string): ParsedSkill {
  const matter = frontMatterOf(text);
  const closed = matter && 'yaml' in matter ? matter : undefined;
  const texts = new Map<string, string>();
  if (closed) {
    const read = frontMatterFields(text, closed.yaml);
    if (read.kind === 'badYaml') {
      return { problem: { kind: 'badYaml', line: lineAt(text, read.at.start) } };
    }
    for (const { name, value } of read.kind === 'mapping' ? read.fields : []) {
      const trimmed = isText(value) ? value.value.trim() : '';
      if (trimmed) {
        texts.set(name, trimmed);
      }
    }
  }
  const instructions = text
    .slice(closed?.bodyStart ?? 0)
    .replaceAll('\r\n', '\n')
    .trim();
  if (!instructions) {
    return { problem: { kind: 'noInstructions', line: lineAt(text, closed?.closing.start ?? 0) } };
  }
  return {
    skill: {
      name: texts.get('name') ?? folderName,
      description: cutDescription(texts.get('description') ?? firstParagraph(instructions)),
      instructions,
    },
  };
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
    line += 1;
  }
  return line;
}

/** The lines of the first block that has more than headings; no more of it than a description can have. */
function firstParagraph(markdown: string): string {
  let paragraph = '';
  for (let start = 0; start < markdown.length && paragraph.length <= 2 * maxDescription;) {
    const end = markdown.indexOf('\n', start);
    const line = markdown.slice(start, end < 0 ? undefined : end).trim();
    if (!line && paragraph) {
      break;
    }
    if (line && !line.startsWith('#')) {
      paragraph += paragraph ? ` ${line}` : line;
    }
    start = end < 0 ? markdown.length : end + 1;
  }
  return paragraph;
}

function cutDescription(description: string): string {
  // A character has at most two UTF-16 units.
  const characters = Array.from(description.slice(0, 2 * maxDescription + 2));
  if (characters.length <= maxDescription) {
    return description;
  }
  const cut = characters.slice(0, maxDescription).join('');
  const sentences = /^[^]*[.!?]/.exec(cut)?.[0] ?? /^[^]*(?=\s)/.exec(cut)?.[0] ?? cut;
  return sentences.trim();
}
