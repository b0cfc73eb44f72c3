import * as vscode from 'vscode';
import { safeFileName } from '../model/safeFileName';
import { skillPage, skillPlace, specKey } from '../model/skillSpec';
import { openUrl } from '../platform/openUrl';
import { plain } from '../platform/plainText';
import { findSkillFile } from '../platform/skillFiles';
import { copyLines } from './copyLines';
import { type ChosenSkill, whichSkill, type WhichSkillDeps } from './whichSkill';

export interface OpenSkillDeps extends WhichSkillDeps {
  /** Opens a read-only document; the name's extension says its language. */
  showText: (name: string, text: string) => Promise<void>;
}

/** Opens the skill's file where the workspace has it, else its instructions as the service has them, else its page. */
export async function openSkill(deps: OpenSkillDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const skill = await whichSkill(deps, argument, t('Open which skill?'));
  if (!skill) {
    return;
  }
  const uri = skill.uri ?? (await fileOf(deps, skill));
  if (uri) {
    const here = (await deps.skills()).all.find((one) => one.uri === uri.toString());
    const line = (here?.problem?.line ?? 1) - 1;
    await vscode.window.showTextDocument(uri, here?.problem && { selection: new vscode.Range(line, 0, line, 0) });
    return;
  }
  const text = (await deps.cloudSkills()).bySpec(skill.spec ?? '')?.base_prompt;
  if (text?.trim()) {
    await deps.showText(safeFileName(`${skill.name}.md`), text);
  } else {
    await openPage(skill);
  }
}

/** Opens the page of the skill's file on GitHub. */
export async function openSkillOnGitHub(deps: WhichSkillDeps, argument?: unknown): Promise<void> {
  const skill = await whichSkill(deps, argument, vscode.l10n.t('Open the page of which skill?'));
  if (skill) {
    await openPage(skill);
  }
}

/** Copies what the service calls the skill: `owner/repo:path/to/SKILL.md`. */
export async function copySkillSpec(deps: WhichSkillDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const skill = await whichSkill(deps, argument, t('Copy the spec of which skill?'));
  if (skill?.spec !== undefined) {
    await copyLines([skill.spec], t('Spec of {0} copied', plain(skill.name, 60)));
  } else if (skill) {
    void vscode.window.showInformationMessage(notOnGitHubWords(skill));
  }
}

/** Why a skill has no spec. */
export function notOnGitHubWords({ name }: ChosenSkill): string {
  const { t } = vscode.l10n;
  return t('The skill “{0}” is not in a repository on GitHub, so the cloud has no place of it.', plain(name, 80));
}

async function openPage(skill: ChosenSkill): Promise<void> {
  const { t } = vscode.l10n;
  const place = skill.spec === undefined ? undefined : skillPlace(skill.spec);
  if (place) {
    await openUrl(skillPage(place));
  } else if (skill.spec === undefined) {
    void vscode.window.showInformationMessage(notOnGitHubWords(skill));
  } else {
    const words = t('“{0}” names no file on GitHub, and the service has no text of it.', plain(skill.spec, 120));
    void vscode.window.showInformationMessage(words);
  }
}

async function fileOf({ skills }: WhichSkillDeps, { spec = '' }: ChosenSkill): Promise<vscode.Uri | undefined> {
  const key = specKey(spec);
  const here = (await skills()).all.find((one) => one.spec !== undefined && specKey(one.spec) === key);
  if (here) {
    return vscode.Uri.parse(here.uri);
  }
  const place = skillPlace(spec);
  const options = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Looking for the skill…') };
  return place && vscode.window.withProgress(options, () => findSkillFile(place));
}
