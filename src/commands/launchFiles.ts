import * as vscode from 'vscode';
import { cloudPlace, hiddenFromCloud, type SkillTrouble, troublesInOrder } from '../model/cloudSight';
import { type FilePlace, filePrompt, mostFileBytes, mostFiles, type PromptFile } from '../model/filePrompt';
import { repositoryName } from '../model/skillSpec';
import { plain } from '../platform/plainText';
import type { Repository } from '../platform/repository';
import { sizeWord } from '../platform/words';
import { repositoryHere, sourceChange } from './chosenRemote';
import type { NoteWords } from './cloudNotes';
import { decideWay, type Decision, type Sighting } from './decideWay';
import { type ChosenFile, chosenFiles, readTexts, type UnreadReason, whatIsIn } from './fileTexts';
import type { LaunchSheetDeps } from './launchSheet';
import { type LaunchFacts, typeAndLaunch } from './typeAndLaunch';
import { isWorkspaceTrusted } from './workspaceTrust';

/** A file or folder, and what Git says of it. */
interface Seen extends ChosenFile {
  repository: Repository | undefined;
  trouble: SkillTrouble | undefined;
}

/**
 * Launches with files and folders of the workspace: an agent that can see them as they are here is told where they are, for
 * others a person decides whether to push first, to send their text, or to go by what is pushed.
 * @param argument the file or folder that a menu was opened on; without it the file in the editor
 * @param selected all that is selected in the explorer
 */
export async function launchFromFiles(deps: LaunchSheetDeps, argument?: unknown, selected?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  if (!(await isWorkspaceTrusted())) {
    return;
  }
  const files = await chosenFiles(argument, selected);
  if (files.length === 0) {
    void vscode.window.showInformationMessage(t('Open a file, or select files in the Explorer.'));
    return;
  }
  if (files.length > mostFiles) {
    const words = t(
      '{0} files are selected. At most {1} go into one run: select their folder instead.',
      files.length,
      mostFiles,
    );
    void vscode.window.showInformationMessage(words);
    return;
  }
  const title = titleOf(files);
  const rest = await decide(deps, title, files);
  if (rest) {
    const about = { title, draftOf: 'files' };
    await typeAndLaunch(deps, about, t('What should the agent do?'), () => Promise.resolve(rest));
  }
}

async function decide(
  deps: LaunchSheetDeps,
  title: string,
  files: readonly ChosenFile[],
): Promise<LaunchFacts | undefined> {
  const { t } = vscode.l10n;
  const { memento } = deps;
  let seen: Seen[] = [];
  const detail = await textDetail(files);
  const decision = await decideWay({
    memento,
    title,
    look: async () => {
      seen = await Promise.all(files.map((file) => see(memento, file)));
      return worst(seen);
    },
    text: { label: t('Send the Text Instead'), detail },
    isReadFromClone: false,
  });
  return decision && restOf(deps, title, { files, seen, decision });
}

async function see(memento: vscode.Memento, file: ChosenFile): Promise<Seen> {
  const repository = await repositoryHere(memento, file.uri);
  const isChanged = file.isDirty || (repository?.isChanged ?? false);
  const [trouble] = hiddenFromCloud(repository, isChanged);
  // On a branch that was not pushed a file may still be the one of the default branch.
  return { ...file, repository, trouble: trouble === 'notPushed' && repository?.copy === 'same' ? undefined : trouble };
}

/** All as one: what keeps the cloud from one file keeps it from them. */
function worst(seen: readonly Seen[]): Sighting {
  const rank = ({ trouble }: Seen): number => (trouble ? troublesInOrder.indexOf(trouble) : Infinity);
  const [first] = seen.toSorted((a, b) => rank(a) - rank(b));
  const isMissing = seen.some(({ repository }) => repository?.copy === 'missing');
  return {
    repository: first?.repository,
    trouble: first?.trouble,
    copy: isMissing ? 'missing' : (first?.repository?.copy ?? 'unknown'),
  };
}

async function restOf(
  deps: LaunchSheetDeps,
  title: string,
  { files, seen, decision }: { files: readonly ChosenFile[]; seen: readonly Seen[]; decision: Decision },
): Promise<LaunchFacts | undefined> {
  const { repository } = decision.sighting;
  const isText = decision.way === 'text';
  const read = isText ? await readTexts(files) : undefined;
  if (read && 'unread' in read) {
    void vscode.window.showWarningMessage(unreadWords(read.unread, read.name));
    return undefined;
  }
  const place = placeOf(repository);
  const named: readonly PromptFile[] =
    read?.files ??
    seen.map((file) => ({
      path: pathIn(
        file,
        seen.every((one) => isOf(one, repository)),
      ),
    }));
  return {
    prompt: (typed) => filePrompt(typed, place, named),
    place: repository?.gitHub,
    source: repository && { ...repository, ...cloudPlaceOf(repository), push: undefined },
    notes: read ? [textNote(read.files, read.size)] : [],
    changeSource: sourceChange(deps.memento, repository, () => decide(deps, title, files)),
  };
}

function isOf(file: Seen, repository: Repository | undefined): boolean {
  return file.repository?.root === repository?.root;
}

/** From the repository's root where all are of one; a folder ends in `/`. */
function pathIn({ repository, shown, isFolder }: Seen, isOneRepository: boolean): string {
  const path = isOneRepository && repository ? (repository.path ?? '.') : shown;
  return isFolder ? `${path}/` : path;
}

function placeOf(repository: Repository | undefined): FilePlace {
  return repository?.gitHub
    ? { repository: repositoryName(repository.gitHub), ...cloudPlaceOf(repository) }
    : { branch: repository?.branch, commit: repository?.commit };
}

function cloudPlaceOf(repository: Repository): { branch: string | undefined; commit: string | undefined } {
  const { branch, commit } = cloudPlace(repository, repository.copy);
  return { branch, commit };
}

function textNote(files: readonly PromptFile[], size: number): NoteWords {
  const { t } = vscode.l10n;
  const [only] = files.length === 1 ? files : [];
  return {
    icon: 'info',
    label: t('The text is sent along'),
    detail: only
      ? t('{0}, {1}', plain(only.path, 80), sizeWord(size))
      : t('{0} files, {1}', files.length, sizeWord(size)),
  };
}

async function textDetail(files: readonly ChosenFile[]): Promise<string> {
  const { t } = vscode.l10n;
  const { count, size } = await whatIsIn(files);
  const [only] = files.length === 1 && count === 1 ? files : [];
  if (count > mostFiles || size > mostFileBytes) {
    return tooMuchWords();
  }
  return only
    ? t('{0}, as it is here: {1}', plain(only.shown, 60), sizeWord(size))
    : t('{0} files, as they are here: {1}', count, sizeWord(size));
}

function unreadWords(reason: UnreadReason, name: string): string {
  const { t } = vscode.l10n;
  const shown = plain(name, 80);
  switch (reason) {
    case 'binary':
      return t('{0} is no text, so it cannot be sent in a prompt. Attach it to a new run instead.', shown);
    case 'unreadable':
      return t('{0} cannot be read, so nothing was launched.', shown);
    case 'empty':
      return t('There is no text in {0} that could be sent.', shown);
    case 'tooMuch':
      return tooMuchWords();
  }
}

function tooMuchWords(): string {
  return vscode.l10n.t(
    'That is too much for a prompt: at most {0} files and {1}. Push first, or select less.',
    mostFiles,
    sizeWord(mostFileBytes),
  );
}

function titleOf(files: readonly ChosenFile[]): string {
  const { t } = vscode.l10n;
  const [only] = files.length === 1 ? files : [];
  const name = plain(only?.shown.split('/').at(-1) ?? '', 60);
  return only ? t('Run Agent on {0}', name) : t('Run Agent on {0} Files', files.length);
}
