import * as vscode from 'vscode';
import { skillTrouble } from '../model/cloudSight';
import type { SkillFile } from '../model/skillFile';
import { isInSkillFolder, skillPlace, skillSpec } from '../model/skillSpec';
import { mentionedFiles, type SupportingFiles } from '../model/supportingFiles';
import { plain } from '../platform/plainText';
import type { Repository } from '../platform/repository';
import { filesBeside } from '../platform/folderFiles';
import { sizeWord } from '../platform/words';
import type { NoteWords } from './cloudNotes';
import { repositoryHere, sourceChange } from './chosenRemote';
import { type Decision, decideWay } from './decideWay';
import type { LaunchSubject } from './launchSheet';

/** A skill whose text was read, and where. */
export interface ReadSkill {
  document: vscode.TextDocument;
  skill: SkillFile;
}

/** The launch of a skill that the service found in a repository. */
export function cloudSkillSubject(spec: string, name: string): LaunchSubject {
  return {
    title: titleOf(name),
    draftOf: `skill ${spec}`,
    isTypedOptional: true,
    skill: spec,
    prompt: (typed) => typed,
    defaultTitle: '',
    place: skillPlace(spec)?.repository,
    notes: [],
  };
}

/**
 * The launch of a SKILL.md: by its place on GitHub, or with its text as the prompt. A person is asked where GitHub has not
 * what is here; undefined when they leave it.
 */
export async function skillSubject(memento: vscode.Memento, read: ReadSkill): Promise<LaunchSubject | undefined> {
  const { t } = vscode.l10n;
  const { document, skill } = read;
  const { uri } = document;
  let files: SupportingFiles = { names: [], size: 0, isMore: false };
  const look = async (): Promise<Decision['sighting']> => {
    const repository = await repositoryHere(memento, uri, { withFolder: true });
    // Beside a file in the repository's root is everything else.
    files = repository && isInRoot(repository) ? files : await filesBeside(uri);
    const copy = repository?.copy ?? 'unknown';
    const isChanged = document.isDirty || (repository?.isChanged ?? false);
    return { repository, copy, trouble: skillTrouble(repository, isChanged, copy) };
  };
  const decided = await decideWay({
    memento,
    title: titleOf(skill.name),
    look,
    text: {
      label: t("Send the Skill's Text Instead"),
      get detail() {
        return files.names.length === 0
          ? t('It runs as it is here. It has no other files.')
          : t('It runs as it is here. What stays behind: {0}', filesWords(files));
      },
    },
    isReadFromClone: true,
  });
  return decided && subjectOf(memento, read, decided, files);
}

function subjectOf(
  memento: vscode.Memento,
  read: ReadSkill,
  { way, sighting: { repository } }: Decision,
  files: SupportingFiles,
): LaunchSubject {
  const { document, skill } = read;
  const gitHub = repository?.gitHub;
  const path = repository?.path ?? '';
  const common = {
    title: titleOf(skill.name),
    draftOf: `skill ${document.uri.toString()}`,
    isTypedOptional: true,
    place: gitHub,
    source: gitHub && asCloned(repository),
    changeSource: sourceChange(memento, repository, () => skillSubject(memento, read)),
  };
  if (way === 'pushed' && gitHub) {
    return {
      ...common,
      skill: skillSpec(gitHub, path),
      prompt: (typed) => typed,
      defaultTitle: '',
      notes: [cloneNote(repository), ...(isInSkillFolder(path) ? [] : (['notInSkillFolder'] as const))],
    };
  }
  return {
    ...common,
    prompt: (typed) => [skill.instructions, typed].filter(Boolean).join('\n\n'),
    defaultTitle: skill.name,
    notes: leftBehind(skill, files),
  };
}

/** The service reads a skill from a fresh clone, or from the environment's own: not from the branch that is here. */
function asCloned(repository: Repository): Repository {
  const { cloud } = repository;
  return { ...repository, branch: cloud?.branch, commit: cloud?.commit, push: undefined };
}

function cloneNote({ cloud }: Repository): NoteWords {
  const { t } = vscode.l10n;
  return {
    icon: 'info',
    label: t('From the default branch'),
    detail: cloud
      ? t('As it was last fetched here. An environment may have another clone.')
      : t('Git does not know here which one that is. An environment may have another clone.'),
  };
}

/** The files that do not come along with a skill's text; a warning where the text speaks of them. */
function leftBehind({ instructions }: SkillFile, files: SupportingFiles): NoteWords[] {
  const { t } = vscode.l10n;
  if (files.names.length === 0) {
    return [];
  }
  const wanted = mentionedFiles(instructions, files.names);
  const label = t('What stays behind: {0}', filesWords(files));
  return wanted.length === 0
    ? [{ icon: 'info', label, detail: t('The text that is sent speaks of none of them.') }]
    : [{ label, detail: t('The text that is sent speaks of {0}', firstNames(wanted)) }];
}

/** "3 files, 12 kB: a.md, scripts/run.sh and 1 more" */
function filesWords({ names, size, isMore }: SupportingFiles): string {
  const { t } = vscode.l10n;
  const [only] = names.length === 1 && !isMore ? names : [];
  if (only !== undefined) {
    return t('{0} ({1})', plain(only, 60), sizeWord(size));
  }
  return isMore
    ? t('more than {0} files: {1}', names.length, firstNames(names))
    : t('{0} files, {1}: {2}', names.length, sizeWord(size), firstNames(names));
}

function firstNames(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => plain(name, 40));
  const more = names.length - shown.length;
  return more > 0 ? vscode.l10n.t('{0} and {1} more', shown.join(', '), more) : shown.join(', ');
}

function isInRoot({ path = '' }: Repository): boolean {
  return !path.includes('/');
}

function titleOf(name: string): string {
  return vscode.l10n.t('Run Skill {0}', plain(name, 60));
}
