import * as vscode from 'vscode';
import type { CloudSkills } from '../model/cloudSkills';
import { disposeAll } from '../model/emitter';
import { skillSpec, specKey } from '../model/skillSpec';
import type { WorkspaceSkill, WorkspaceSkills } from '../model/workspaceSkill';
import { memberOf } from '../oz/json';
import { plain } from '../platform/plainText';
import { skillProblemWords } from '../platform/skillProblemWords';
import { repositoryOf } from '../platform/repository';
import { back } from './askText';
import { chooseItem, type Item, separator } from './chooseItem';

export interface WhichSkillDeps {
  skills: () => Promise<WorkspaceSkills>;
  cloudSkills: () => Promise<CloudSkills>;
}

/** A skill that a command is for: a file, or a place in the cloud. */
export interface ChosenSkill {
  name: string;
  /** The file in this workspace. */
  uri?: vscode.Uri;
  /** `owner/repo:path/to/SKILL.md`; undefined where GitHub does not have it, as far as Git knows. */
  spec?: string;
  /** What else is known of the file. */
  here?: WorkspaceSkill;
}

/**
 * The skill that the argument names: a file's Uri, `{ uri }` or `{ spec, name }`. Without one the SKILL.md in the editor, or
 * one that a person picks; undefined when nobody does.
 */
export async function whichSkill(
  deps: WhichSkillDeps,
  argument: unknown,
  placeholder: string,
): Promise<ChosenSkill | undefined> {
  const named = skillIn(argument);
  if (named) {
    return 'uri' in named ? fileSkill(deps, named.uri) : named;
  }
  const inEditor = vscode.window.activeTextEditor?.document.uri;
  if (inEditor?.path.endsWith('/SKILL.md')) {
    return fileSkill(deps, inEditor);
  }
  const picked = await pickSkill(deps, placeholder);
  return picked && 'uri' in picked ? fileSkill(deps, picked.uri) : picked;
}

/** Undefined for anything else. */
export function skillIn(argument: unknown): { uri: vscode.Uri } | { spec: string; name: string } | undefined {
  if (argument instanceof vscode.Uri) {
    return { uri: argument };
  }
  const [uri, spec, name] = ['uri', 'spec', 'name'].map((member) => memberOf(argument, member));
  if (typeof uri === 'string') {
    return { uri: vscode.Uri.parse(uri) };
  }
  return typeof spec === 'string' ? { spec, name: typeof name === 'string' && name.trim() ? name : spec } : undefined;
}

/** What was found of the file; Git is asked where that does not say which place on GitHub it has. */
async function fileSkill({ skills }: WhichSkillDeps, uri: vscode.Uri): Promise<ChosenSkill> {
  const found = await skills();
  const here = found.all.find((skill) => skill.uri === uri.toString());
  const name = here?.name ?? uri.path.split('/').at(-2) ?? '';
  const isKnown = here?.spec !== undefined || here?.sight === 'notOnGitHub';
  return { name, uri, spec: isKnown ? here.spec : await specOf(uri), here };
}

async function specOf(uri: vscode.Uri): Promise<string | undefined> {
  const options = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Asking Git about the skill…') };
  const repository = await vscode.window.withProgress(options, () => repositoryOf(uri));
  return repository?.gitHub && repository.path !== undefined
    ? skillSpec(repository.gitHub, repository.path)
    : undefined;
}

export type Picked = { uri: vscode.Uri } | { spec: string; name: string };

/** A skill of this workspace or of the cloud that a person picks. */
export async function pickSkill(deps: WhichSkillDeps, placeholder: string): Promise<Picked | undefined> {
  const { t } = vscode.l10n;
  const [here, cloud] = await Promise.all([deps.skills(), deps.cloudSkills()]);
  here.start();
  void cloud.keepFresh();
  const picked = await chooseItem<Item & { skill?: Picked }>({
    title: t('Skill'),
    placeholder,
    canGoBack: false,
    items: () => skillItems(here, cloud),
    isBusy: () => here.status === 'reading' || cloud.status.kind === 'loading',
    changed: (render) => {
      const listening = [here.onDidChange(render), cloud.onDidChange(render), cloud.onDidChangeStatus(render)];
      return () => {
        disposeAll(listening);
      };
    },
    staysFor: ({ skill }) => skill === undefined,
  });
  return picked === back ? undefined : picked?.skill;
}

type SkillItem = Item & { skill: Picked };

/** Those of the workspace, then the others that the cloud has, then malformed ones; a skill that is in both comes once. */
function skillItems(here: WorkspaceSkills, cloud: CloudSkills): (Item | SkillItem)[] {
  const { t } = vscode.l10n;
  const files = here.all.map(({ uri, name, folder, path, problem }) => ({
    ...item(
      'book',
      name,
      `${folder} · ${path}`,
      problem && t('Line {0}: {1}', problem.line, skillProblemWords(problem)),
    ),
    id: uri,
    skill: { uri: vscode.Uri.parse(uri) },
  }));
  const known = new Set(here.all.flatMap(({ spec }) => (spec === undefined ? [] : [specKey(spec)])));
  const others = cloud.all
    .flatMap(({ name, variants }) => variants.map(({ id: spec, error }) => ({ name, spec, error })))
    .filter(({ spec }) => !known.has(specKey(spec)))
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(({ name, spec, error }) => ({
      ...item('cloud', name, spec.replace(':', ' · '), error),
      id: spec,
      skill: { spec, name },
    }));
  const isReading = here.status === 'reading' || cloud.status.kind === 'loading';
  const none = { id: 'none', label: isReading ? t('Loading…') : t('There is no skill here or in the cloud') };
  const all = [...files, ...others];
  const malformed = all.filter(({ detail }) => detail !== undefined);
  return [
    ...all.filter(({ detail }) => detail === undefined),
    ...(malformed.length > 0 ? [separator(t('Malformed')), ...malformed] : []),
    ...(all.length > 0 ? [] : [none]),
  ];
}

/** @param error why it cannot be run */
function item(icon: string, name: string, place: string, error: string | undefined): Omit<Item, 'id'> {
  return {
    label: `$(${error === undefined ? icon : 'error'}) ${plain(name, 80)}`,
    description: plain(place, 160),
    detail: error === undefined ? undefined : plain(error, 200),
  };
}
