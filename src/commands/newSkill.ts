import * as vscode from 'vscode';
import { newSkillText } from '../model/newSkillText';
import { skillFields } from '../model/skillFields';
import { skillFileName } from '../model/skillSpec';
import { isValidSkillName, validSkillName } from '../model/validSkillName';
import { plain } from '../platform/plainText';
import { askText, back } from './askText';
import { chooseItem } from './chooseItem';
import { newSkillPlaces, type Place } from './newSkillPlaces';

export interface NewSkillDeps {
  memento: vscode.Memento;
}

/** What was typed for a skill that is not made yet. */
interface Draft {
  name: string;
  description: string;
}

const draftKey = 'agentRuns.newSkill.draft';

/**
 * Makes a SKILL.md and opens it. Also in a workspace that is not trusted: what is written is what a person types here, nothing
 * of the workspace is run.
 * @param argument the folder that a menu was opened on
 */
export async function newSkill({ memento }: NewSkillDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const places = await newSkillPlaces(argument instanceof vscode.Uri ? argument : undefined);
  const [only, ...others] = places;
  if (!only) {
    const open = t('Open Folder…');
    const words = t('Open a folder first: a skill is a file in it.');
    if ((await vscode.window.showInformationMessage(words, open)) === open) {
      await vscode.commands.executeCommand('workbench.action.files.openFolder');
    }
    return;
  }
  if (others.length === 0) {
    await describeAndMake(memento, only.uri, 0);
    return;
  }
  for (;;) {
    const place = await chooseItem<Place>({
      title: t('New Skill'),
      placeholder: t('In which folder?'),
      step: 1,
      totalSteps: 3,
      canGoBack: false,
      items: () => places,
    });
    if (place === undefined || place === back) {
      return;
    }
    if ((await describeAndMake(memento, place.uri, 1)) !== back) {
      return;
    }
  }
}

/** @param stepsBefore how many questions a person has answered already */
async function describeAndMake(
  memento: vscode.Memento,
  folder: vscode.Uri,
  stepsBefore: number,
): Promise<typeof back | undefined> {
  const { t } = vscode.l10n;
  const draft = { ...memento.get<Draft>(draftKey, { name: '', description: '' }) };
  const keep = (change: Partial<Draft>): void => {
    Object.assign(draft, change);
    void memento.update(draftKey, draft);
  };
  const common = { title: t('New Skill'), totalSteps: stepsBefore + 2 };
  const taken = await namesIn(folder);
  for (;;) {
    const typedName = await askText({
      ...common,
      step: stepsBefore + 1,
      prompt: t('What is the skill called? Its folder gets this name too, in lower case and with hyphens.'),
      placeholder: t('For example: write-tests'),
      value: draft.name,
      emptyComplaint: t('A skill needs a name.'),
      complaint: (typed) => nameComplaint(typed, taken),
      canGoBack: stepsBefore > 0,
      onChange: (typed) => {
        keep({ name: typed.trim() });
      },
    });
    if (typedName === undefined || typedName === back) {
      return typedName;
    }
    const name = nameFor(typedName);
    const isOther = name !== typedName;
    const description = await askText({
      ...common,
      step: stepsBefore + 2,
      prompt: isOther
        ? t('It will be called {0}. What does it do, and when should an agent use it?', plain(name, 70))
        : t('What does it do, and when should an agent use it? An agent reads this before it decides.'),
      placeholder: t('For example: Writes unit tests. Use it when code has changed and tests are missing.'),
      value: draft.description,
      emptyComplaint: t('A skill needs a description.'),
      complaint: descriptionComplaint,
      canGoBack: true,
      onChange: (typed) => {
        keep({ description: typed });
      },
    });
    if (description === undefined) {
      return undefined;
    }
    if (description !== back) {
      await make(folder, name, description);
      void memento.update(draftKey, undefined);
      return undefined;
    }
  }
}

/** The folders that are there, in lower case: not every disk tells `A` from `a`. */
async function namesIn(folder: vscode.Uri): Promise<ReadonlySet<string>> {
  try {
    return new Set((await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name.toLowerCase()));
  } catch {
    return new Set();
  }
}

function nameComplaint(name: string, taken: ReadonlySet<string>): string | undefined {
  const { t } = vscode.l10n;
  if (name === '') {
    return undefined;
  }
  const valid = nameFor(name);
  if (valid === '') {
    return t('Only lower-case letters, digits and single hyphens between them, at most 64 characters.');
  }
  return taken.has(valid) ? t('There is a skill of this name already.') : undefined;
}

/** The name as it was typed where that is one, else the one that is most like it; empty where there is none. */
function nameFor(typed: string): string {
  return isValidSkillName(typed) ? typed : validSkillName(typed);
}

function descriptionComplaint(text: string): string | undefined {
  const most = skillFields.find(({ name }) => name === 'description')?.maxLength ?? Infinity;
  const length = Array.from(text).length;
  return length > most
    ? vscode.l10n.t(
        '{0} characters of {1}: shorten it.',
        length.toLocaleString(vscode.env.language),
        most.toLocaleString(vscode.env.language),
      )
    : undefined;
}

async function make(folder: vscode.Uri, name: string, description: string): Promise<void> {
  const { t } = vscode.l10n;
  const uri = vscode.Uri.joinPath(folder, name, skillFileName);
  const { text, start, length } = newSkillText(name, description, {
    instructions: t('Say what the agent should do, step by step.'),
    doneHeading: t('When it is done'),
    done: t('Say how the agent can check its work, and what it should hand over.'),
  });
  const edit = new vscode.WorkspaceEdit();
  // Nothing is overwritten: by itself it fails where the file is.
  edit.createFile(uri, { contents: new TextEncoder().encode(text) });
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new Error(
      t('{0} could not be made. What you typed is kept.', plain(vscode.workspace.asRelativePath(uri), 120)),
    );
  }
  const document = await vscode.workspace.openTextDocument(uri);
  const selection = new vscode.Range(document.positionAt(start), document.positionAt(start + length));
  await vscode.window.showTextDocument(document, { selection });
}
