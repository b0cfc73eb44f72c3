import * as vscode from 'vscode';
import type { Hidden, RepositoryState } from '../model/cloudSight';
import { plain } from '../platform/plainText';

/** Something to know before a launch, that does not keep from it. */
export type Note = Hidden | 'notInSkillFolder';

export function noteWords(note: Note, state: RepositoryState | undefined): { label: string; detail: string } {
  const { t } = vscode.l10n;
  switch (note) {
    case 'noRepository':
      return {
        label: t('No repository'),
        detail: t('The agent gets the text that is sent, no more.'),
      };
    case 'notOnGitHub':
      return {
        label: t('Not on GitHub'),
        detail: t('There is no remote that the agent could clone.'),
      };
    case 'uncommitted':
      return { label: t('Not committed'), detail: t('There are changes here that the agent cannot see.') };
    case 'notPushed':
      return { label: t('Not pushed'), detail: notPushedWords(state) };
    case 'notInSkillFolder':
      return { label: t('Not in a folder for skills'), detail: t('The skill is run by its full path.') };
  }
}

export function notPushedWords({ branch, upstream, ahead }: RepositoryState = {}): string {
  const { t } = vscode.l10n;
  if (branch === undefined) {
    return t('No branch is checked out, so the agent may not find the commit.');
  }
  if (upstream === undefined) {
    return t('The branch {0} was never pushed: the agent cannot check it out.', plain(branch, 60));
  }
  return ahead === 1
    ? t('One commit of {0} was not pushed: the agent cannot see it.', plain(branch, 60))
    : t('{0} commits of {1} were not pushed: the agent cannot see them.', ahead ?? 0, plain(branch, 60));
}
