import * as vscode from 'vscode';
import type { judgeSkill, SkillFinding } from '../model/skillRules';
import { folderNameOf } from './skillDocument';

/** What is written in UTF-16 units; a longer file is no skill that a person edits, and is left alone. */
const longest = 1024 * 1024;

/** What is wrong with the skills that are open, found once for each version of their text. */
export class SkillFindings {
  readonly #judge: typeof judgeSkill;
  readonly #found = new WeakMap<vscode.TextDocument, { version: number; findings: readonly SkillFinding[] }>();

  constructor(judge: typeof judgeSkill) {
    this.#judge = judge;
  }

  of(document: vscode.TextDocument): readonly SkillFinding[] {
    const { version, uri } = document;
    const known = this.#found.get(document);
    if (known?.version === version) {
      return known.findings;
    }
    const text = document.getText();
    const path = vscode.workspace.getWorkspaceFolder(uri) && vscode.workspace.asRelativePath(uri, false);
    const findings = text.length > longest ? [] : this.#judge(text, folderNameOf(uri), path);
    this.#found.set(document, { version, findings });
    return findings;
  }
}
