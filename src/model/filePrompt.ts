import { fenced } from './markdownCode';
import { type SelectionSource, inOneLine } from './selectionPrompt';

/** A file or folder that a launch is about. */
export interface PromptFile {
  /** From the repository's root, or else from the workspace's; of a folder, with a `/` at its end. */
  path: string;
  /** Sent with the prompt, as it is here; undefined where the agent reads the file itself. */
  text?: string;
  languageId?: string;
}

/** Where the agent finds files. */
export type FilePlace = Pick<SelectionSource, 'repository' | 'branch' | 'commit'>;

/** Most bytes of the files that a prompt holds, together, and most files. */
export const mostFileBytes = 256 * 1024;
export const mostFiles = 50;

/**
 * The prompt of a launch about files: what the person wrote, where the files are, their names, then the texts of those that
 * the agent would not find as they are here, in fences that nothing inside can close. Nothing is shortened.
 */
export function filePrompt(words: string, place: FilePlace, files: readonly PromptFile[]): string {
  const facts = [
    ['Repository', place.repository],
    ['Branch', place.branch],
    ['Commit', place.commit],
  ].flatMap(([name, value]) => (name && value ? [`${name}: ${inOneLine(value)}`] : []));
  const named = files.filter(({ text }) => text === undefined).map(({ path }) => inOneLine(path));
  const texts = files.flatMap(({ path, text, languageId }) =>
    text === undefined ? [] : [`File as it is here: ${inOneLine(path)}\n\n${fenced(text, languageId)}`],
  );
  return [words, [...facts, ...nameLines(named)].join('\n'), ...texts].filter(Boolean).join('\n\n');
}

function nameLines(named: readonly string[]): string[] {
  const [only, ...others] = named;
  if (only === undefined) {
    return [];
  }
  return others.length === 0
    ? [`${only.endsWith('/') ? 'Folder' : 'File'}: ${only}`]
    : ['Files:', ...named.map((name) => `- ${name}`)];
}
