import * as vscode from 'vscode';
import { oncePerClick } from '../model/oncePerClick';
import type { SkillProblem } from '../model/skillFile';
import type * as reading from '../model/skillReading';
import { skillFileName } from '../model/skillSpec';
import { plain } from '../platform/plainText';
import { skillProblemWords } from '../platform/skillProblemWords';
import { launchSheet, type LaunchSheetDeps, type LaunchSubject } from './launchSheet';
import { cloudSkillSubject, type ReadSkill, skillSubject } from './skillSubject';
import { type Picked, pickSkill, skillIn, type WhichSkillDeps } from './whichSkill';
import { isWorkspaceTrusted } from './workspaceTrust';

export interface LaunchSkillDeps extends LaunchSheetDeps, WhichSkillDeps {
  /** It has a parser of YAML with it, so it is loaded when a skill is read. */
  skillReading: () => Promise<Pick<typeof reading, 'parseSkillFile'>>;
}

/**
 * Launches a run of a skill after a person saw what with.
 * @param argument the file's Uri, `{ uri }`, or `{ spec, name }` for one that the service found; without it the file in the
 * editor, or one that a person picks
 */
export async function launchSkill(deps: LaunchSkillDeps, argument?: unknown): Promise<void> {
  const chosen = skillGiven(argument) ?? (await pickOne(deps));
  const subject = chosen && (await subjectOf(deps, chosen));
  if (subject) {
    await launchSheet(deps, subject);
  }
}

/**
 * Launches a run of a skill at once, with what every launch begins with, where nothing is in the way.
 * @param argument as that of `launchSkill`
 */
export async function launchSkillNow(deps: LaunchSkillDeps, argument?: unknown): Promise<void> {
  const chosen = skillGiven(argument) ?? (await pickOne(deps));
  if (!chosen) {
    return;
  }
  const key = `skill ${'spec' in chosen ? chosen.spec : chosen.uri.toString()}`;
  // From the click on: Git may answer the second click of two much later than the first.
  await oncePerClick(deps.launcher, key, async (launcher) => {
    const subject = await subjectOf(deps, chosen);
    if (subject) {
      await launchSheet({ ...deps, launcher }, { ...subject, isAtOnce: true });
    }
  });
}

function skillGiven(argument: unknown): Picked | undefined {
  return skillIn(argument) ?? skillInEditor();
}

async function pickOne(deps: LaunchSkillDeps): Promise<Picked | undefined> {
  return pickSkill(deps, vscode.l10n.t('Run which skill?'));
}

async function subjectOf(deps: LaunchSkillDeps, chosen: Picked): Promise<LaunchSubject | undefined> {
  if ('spec' in chosen) {
    return cloudSkillSubject(chosen.spec, chosen.name);
  }
  if (!(await isWorkspaceTrusted())) {
    return undefined;
  }
  const read = await readSkill(deps, chosen.uri);
  return read && skillSubject(deps.memento, read);
}

/** Undefined when it is malformed, which is said. */
async function readSkill({ skillReading }: LaunchSkillDeps, uri: vscode.Uri): Promise<ReadSkill | undefined> {
  const [document, { parseSkillFile }] = await Promise.all([vscode.workspace.openTextDocument(uri), skillReading()]);
  const parsed = parseSkillFile(document.getText(), uri.path.split('/').at(-2) ?? '');
  if ('problem' in parsed) {
    await showMalformed(document, parsed.problem);
    return undefined;
  }
  return { document, skill: parsed.skill };
}

function skillInEditor(): Picked | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.path.endsWith(`/${skillFileName}`) ? { uri } : undefined;
}

async function showMalformed(document: vscode.TextDocument, problem: SkillProblem): Promise<void> {
  const { t } = vscode.l10n;
  const open = t('Open at Line {0}', problem.line);
  const name = plain(vscode.workspace.asRelativePath(document.uri), 120);
  const words = t(
    '{0} is malformed, so nothing was launched. Line {1}: {2}',
    name,
    problem.line,
    skillProblemWords(problem),
  );
  if ((await vscode.window.showErrorMessage(words, open)) === open) {
    const position = new vscode.Position(problem.line - 1, 0);
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position) });
  }
}
