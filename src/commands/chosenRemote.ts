import * as vscode from 'vscode';
import { repositoryName } from '../model/skillSpec';
import { plain } from '../platform/plainText';
import { type Repository, repositoryOf } from '../platform/repository';
import { back } from './askText';
import { chooseItem } from './chooseItem';

const key = 'agentRuns.launch.remotes';

/** What a person chose, by the repository's root on this machine. */
function chosen(memento: vscode.Memento): Record<string, string> {
  return memento.get<Record<string, string>>(key, {});
}

/** The repository of a file or folder, as seen from the remote that a person chose for it; see `repositoryOf`. */
export function repositoryHere(
  memento: vscode.Memento,
  uri: vscode.Uri,
  { withFolder = false } = {},
): Promise<Repository | undefined> {
  return repositoryOf(uri, { withFolder, remote: (root) => chosen(memento)[root] });
}

/**
 * Lets a person change the remote of a launch's repository, where it has several; `again` makes of the new one what is
 * another in the launch.
 */
export function sourceChange<T>(
  memento: vscode.Memento,
  repository: Repository | undefined,
  again: () => Promise<T>,
): (() => Promise<T | undefined>) | undefined {
  return repository && (repository.otherRemotes ?? []).length > 0
    ? async () => ((await chooseRemote(memento, repository)) ? again() : undefined)
    : undefined;
}

/** Asks which of a repository's remotes on GitHub to go by from now on. True when that is another one than before. */
export async function chooseRemote(memento: vscode.Memento, repository: Repository): Promise<boolean> {
  const { t } = vscode.l10n;
  const { remote, gitHub, otherRemotes = [], root } = repository;
  const all = [...(remote !== undefined && gitHub ? [{ name: remote, gitHub }] : []), ...otherRemotes];
  const picked = await chooseItem({
    title: t('Which repository is it in the cloud?'),
    placeholder: t('A fork, or what it was forked from'),
    canGoBack: true,
    items: () =>
      all.map((one) => ({
        id: one.name,
        label: `$(repo) ${plain(repositoryName(one.gitHub), 80)}`,
        description: plain(one.name, 60),
      })),
  });
  if (picked === undefined || picked === back || picked.id === remote) {
    return false;
  }
  await memento.update(key, { ...chosen(memento), [root]: picked.id });
  return true;
}
