import { yamlText } from './yamlText';

/** The words of a new skill that stand for what a person will write. */
export interface SkillTemplate {
  readonly instructions: string;
  readonly doneHeading: string;
  readonly done: string;
}

export interface NewSkillText {
  readonly text: string;
  /** Where the words begin that a person writes over first, in UTF-16 units, and how many there are. */
  readonly start: number;
  readonly length: number;
}

/** A SKILL.md to begin with: it is valid, and says in itself what to write. */
export function newSkillText(name: string, description: string, template: SkillTemplate): NewSkillText {
  const title = name.replaceAll('-', ' ').replace(/^./u, (first) => first.toUpperCase());
  const head = `---\nname: ${yamlText(name)}\ndescription: ${yamlText(description)}\n---\n\n# ${title}\n\n`;
  const { instructions, doneHeading, done } = template;
  return {
    text: `${head}${instructions}\n\n## ${doneHeading}\n\n${done}\n`,
    start: head.length,
    length: instructions.length,
  };
}
