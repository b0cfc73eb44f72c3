import * as vscode from 'vscode';
import { skillTrouble, type SkillTrouble, type SkillWay, skillWays } from '../model/cloudSight';
import { parseSkillFile, type SkillFile, type SkillProblem } from '../model/skillFile';
import { isInSkillFolder, skillFileName, skillSpec } from '../model/skillSpec';
import { plain } from '../platform/plainText';
import { type Repository, repositoryOf } from '../platform/repository';
import { back } from './askText';
import { chooseItem, type Item } from './chooseItem';
import { notPushedWords } from './cloudNotes';
import { launchSheet, type LaunchSheetDeps } from './launchSheet';
import { push } from './pushBranch';
import { isWorkspaceTrusted } from './workspaceTrust';

/**
 * Launches a run of a SKILL.md: by its place on GitHub, or with its text as the prompt where GitHub does not have it.
 * @param argument the file's Uri; without it the file in the editor, or one that a person picks
 */
export async function launchSkill(deps: LaunchSheetDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  if (!(await isWorkspaceTrusted())) {
    return;
  }
  const uri = argument instanceof vscode.Uri ? argument : (skillInEditor() ?? (await pickSkill()));
  if (!uri) {
    return;
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const parsed = parseSkillFile(document.getText(), uri.path.split('/').at(-2) ?? '');
  if ('problem' in parsed) {
    await showMalformed(document, parsed.problem);
    return;
  }
  const { skill } = parsed;
  const title = t('Run Skill {0}', plain(skill.name, 60));
  const decided = await decideWay(title, document);
  if (!decided) {
    return;
  }
  const { way, repository } = decided;
  const gitHub = repository?.gitHub;
  const path = repository?.path ?? '';
  const common = {
    title,
    draftOf: `skill ${uri.toString()}`,
    isTypedOptional: true,
    place: gitHub,
    source: repository,
  };
  if (way === 'pushed' && gitHub) {
    await launchSheet(deps, {
      ...common,
      skill: skillSpec(gitHub, path),
      prompt: (typed) => typed,
      defaultTitle: '',
      notes: isInSkillFolder(path) ? [] : ['notInSkillFolder'],
    });
  } else {
    await launchSheet(deps, {
      ...common,
      prompt: (typed) => textOf(skill, typed),
      defaultTitle: skill.name,
      notes: [],
    });
  }
}

function textOf({ instructions }: SkillFile, typed: string): string {
  return [instructions, typed].filter(Boolean).join('\n\n');
}

function skillInEditor(): vscode.Uri | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.path.endsWith(`/${skillFileName}`) ? uri : undefined;
}

async function pickSkill(): Promise<vscode.Uri | undefined> {
  const { t } = vscode.l10n;
  const files = await vscode.workspace.findFiles(`**/${skillFileName}`, '**/node_modules/**', 500);
  if (files.length === 0) {
    void vscode.window.showInformationMessage(t('There is no {0} in this workspace.', skillFileName));
    return undefined;
  }
  const items = files
    .map((uri) => ({
      label: plain(uri.path.split('/').at(-2) ?? ''),
      description: plain(vscode.workspace.asRelativePath(uri)),
      uri,
    }))
    .sort((a, b) => a.label.localeCompare(b.label));
  const picked = await vscode.window.showQuickPick(items, {
    placeHolder: t('Run which skill?'),
    matchOnDescription: true,
  });
  return picked?.uri;
}

async function showMalformed(document: vscode.TextDocument, problem: SkillProblem): Promise<void> {
  const { t } = vscode.l10n;
  const open = t('Open at Line {0}', problem.line);
  const name = plain(vscode.workspace.asRelativePath(document.uri), 120);
  const words = t(
    '{0} is malformed, so nothing was launched. Line {1}: {2}',
    name,
    problem.line,
    malformedWords(problem),
  );
  if ((await vscode.window.showErrorMessage(words, open)) === open) {
    const position = new vscode.Position(problem.line - 1, 0);
    await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position) });
  }
}

function malformedWords({ kind }: SkillProblem): string {
  const { t } = vscode.l10n;
  switch (kind) {
    case 'frontMatterNotClosed':
      return t('the front matter has no closing line of three dashes.');
    case 'badYaml':
      return t('this is not valid YAML. A value with a colon or a quotation mark in it often needs quotes around it.');
    case 'notAMapping':
      return t('the front matter is no list of names and values.');
    case 'noInstructions':
      return t('there are no instructions for the agent.');
  }
}

/** How the skill is run, which a person is asked only where the cloud would not run what is here. */
async function decideWay(
  title: string,
  document: vscode.TextDocument,
): Promise<{ way: SkillWay; repository: Repository | undefined } | undefined> {
  const { t } = vscode.l10n;
  const { uri } = document;
  for (;;) {
    const [repository, copy] = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: t('Comparing the skill with GitHub…') },
      async () => {
        const found = await repositoryOf(uri);
        return [found, (await found?.cloudCopy(uri, document.getText())) ?? 'unknown'] as const;
      },
    );
    // The files beside it belong to the skill.
    const isChanged = document.isDirty || (repository?.isChanged(vscode.Uri.joinPath(uri, '..')) ?? false);
    const trouble = skillTrouble(repository, isChanged, copy);
    if (!trouble) {
      return { way: 'pushed', repository };
    }
    const ways = skillWays(repository, trouble, copy).filter((way) => way !== 'push' || repository?.push);
    const picked = await chooseItem<Item>({
      // The placeholder goes away at the first key.
      title: troubleWords(trouble, repository),
      placeholder: t('{0}: how?', title),
      canGoBack: false,
      items: () => ways.map(wayItem),
    });
    if (picked === undefined || picked === back) {
      return undefined;
    }
    if (picked.id !== 'push') {
      return { way: picked.id as SkillWay, repository };
    }
    await push(repository);
  }
}

function troubleWords(trouble: SkillTrouble, repository: Repository | undefined): string {
  const { t } = vscode.l10n;
  switch (trouble) {
    case 'noRepository':
      return t('Git finds no repository around this skill, so the cloud cannot see it.');
    case 'notOnGitHub':
      return t('This repository has no remote on GitHub, so the cloud cannot see the skill.');
    case 'uncommitted':
      return t('The skill has changes that are not committed: the cloud cannot see them.');
    case 'notPushed':
      return notPushedWords(repository);
    case 'missing':
      return t('The default branch on GitHub does not have this skill.');
    case 'different':
      return t('The default branch on GitHub has another text of this skill.');
  }
}

function wayItem(way: SkillWay): Item {
  const { t } = vscode.l10n;
  switch (way) {
    case 'push':
      return { id: way, label: `$(cloud-upload) ${t('Push First')}`, detail: t('Then the skill runs as it is here.') };
    case 'text':
      return {
        id: way,
        label: `$(note) ${t("Send the Skill's Text Instead")}`,
        detail: t('It runs as it is here. Its other files stay behind.'),
      };
    case 'pushed':
      return {
        id: way,
        label: `$(cloud) ${t('Run What Is Pushed')}`,
        detail: t('What is only here is not part of it.'),
      };
  }
}
