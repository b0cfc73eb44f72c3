import * as vscode from 'vscode';
import type { SkillEntry } from '../model/skillEntries';
import type * as skillReading from '../model/skillReading';
import { isInSkillFolder } from '../model/skillSpec';
import type { SkillText } from './readSkillText';

export type Parser = Pick<typeof skillReading, 'parseSkillFile'>;

/** Longest name in UTF-16 characters that is kept. */
const longestName = 256;

/** What is shown of a SKILL.md that was read; undefined outside of the workspace folders. */
export function skillEntryOf(
  address: string,
  { text, file, gitPath }: SkillText,
  { parseSkillFile }: Parser,
): SkillEntry | undefined {
  const uri = vscode.Uri.parse(address, true);
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder) {
    return undefined;
  }
  const folderName = uri.path.split('/').at(-2) ?? '';
  const parsed =
    text === undefined ? { problem: { kind: 'notUtf8', line: 1 } as const } : parseSkillFile(text, folderName);
  const { name, description } = 'skill' in parsed ? parsed.skill : { name: folderName, description: '' };
  return {
    file,
    gitPath,
    skill: {
      uri: address,
      folder: folder.name,
      path: uri.path.slice(folder.uri.path.replace(/\/$/, '').length + 1),
      name: copied(name.slice(0, longestName)),
      description: copied(description),
      ...('problem' in parsed && { problem: parsed.problem }),
      isInSkillFolder: isInSkillFolder(uri.path),
    },
  };
}

/** A part of a text keeps the whole of it in memory. */
function copied(text: string): string {
  return Buffer.from(text).toString();
}
