import * as vscode from 'vscode';
import type { SkillProblem } from '../model/skillFile';

/** Why a SKILL.md cannot be run, as the rest of a sentence. */
export function skillProblemWords({ kind }: Pick<SkillProblem, 'kind'>): string {
  const { t } = vscode.l10n;
  switch (kind) {
    case 'badYaml':
      return t('this is not valid YAML. A value with a colon or a quotation mark in it often needs quotes around it.');
    case 'noInstructions':
      return t('there are no instructions for the agent.');
    case 'notUtf8':
      return t('the file is not in UTF-8.');
  }
}
