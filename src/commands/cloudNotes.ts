import * as vscode from 'vscode';
import type { Hidden, RepositoryState, SkillTrouble } from '../model/cloudSight';
import { plain } from '../platform/plainText';
import { product } from '../product';

/** Something to know before a launch, that does not keep from it. */
export type Note = Hidden | 'notInSkillFolder' | NoteWords;

export interface NoteWords {
  label: string;
  detail: string;
  /** A codicon's name, `warning` unless said. */
  icon?: string;
}

export function noteWords(note: Note, state: RepositoryState | undefined): NoteWords {
  const { t } = vscode.l10n;
  if (typeof note !== 'string') {
    return note;
  }
  switch (note) {
    case 'noRepository':
      return {
        label: t('No repository'),
        detail: t('The agent gets the text that is sent, no more.'),
      };
    case 'notOnGitHub':
      return {
        label: t('Not on GitHub'),
        detail: notOnGitHubWords(state),
      };
    case 'ignored':
      return { label: t('Ignored by Git'), detail: t('No commit has it, so the agent never sees it.') };
    case 'uncommitted':
      return { label: t('Not committed'), detail: t('There are changes here that the agent cannot see.') };
    case 'notPushed':
      return { label: t('Not pushed'), detail: notPushedWords(state) };
    case 'notInSkillFolder':
      return { label: t('Not in a folder for skills'), detail: t('The skill is run by its full path.') };
  }
}

/** Why the cloud would not see what is here. */
export function troubleWords(trouble: SkillTrouble, state: RepositoryState | undefined): string {
  const { t } = vscode.l10n;
  const there = plain(state?.cloud?.branch ?? state?.upstream ?? '', 60);
  switch (trouble) {
    case 'noRepository':
      return t('Git finds no repository here, so the cloud cannot see it.');
    case 'notOnGitHub':
      return notOnGitHubWords(state);
    case 'ignored':
      return t('Git ignores it: no commit has it, so it is never in the cloud.');
    case 'uncommitted':
      return t('There are changes that are not committed: the cloud cannot see them.');
    case 'notPushed':
      return notPushedWords(state);
    case 'missing':
      return t('The branch {0} on GitHub does not have it.', there);
    case 'different':
      return t('The branch {0} on GitHub has another version of it.', there);
  }
}

function notOnGitHubWords({ host }: RepositoryState = {}): string {
  const { t } = vscode.l10n;
  return host === undefined
    ? t('This repository has no remote on GitHub that the agent could clone.')
    : t(
        'This repository is on {0}, not on github.com: {1} cannot be told to run what is there.',
        plain(host, 80),
        product.service,
      );
}

function notPushedWords({ branch, upstream, ahead, isUpstreamGone }: RepositoryState = {}): string {
  const { t } = vscode.l10n;
  if (branch === undefined) {
    return t('No branch is checked out, and no branch on GitHub is known to have the commit.');
  }
  if (isUpstreamGone) {
    return t('The branch {0} is gone on GitHub: the agent cannot check it out.', plain(branch, 60));
  }
  if (upstream === undefined) {
    return t('The branch {0} was never pushed: the agent cannot check it out.', plain(branch, 60));
  }
  return ahead === 1
    ? t('One commit of {0} was not pushed: the agent cannot see it.', plain(branch, 60))
    : t('{0} commits of {1} were not pushed: the agent cannot see them.', ahead ?? 0, plain(branch, 60));
}
