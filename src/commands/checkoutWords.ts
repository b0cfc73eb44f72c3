import * as vscode from 'vscode';
import type { CheckedOut, CheckoutTarget, Commits, Operation, Prepared } from '../platform/checkout';
import { plain } from '../platform/plainText';
import type { Restored, Stash } from '../platform/stash';

/** Why nothing was checked out; undefined when there is nothing to say. */
export function refusalWords(
  prepared: Exclude<Prepared, { kind: 'ready' }>,
  { branch, remote }: CheckoutTarget,
): string | undefined {
  const { t } = vscode.l10n;
  const shown = plain(branch, 80);
  switch (prepared.kind) {
    case 'cancelled':
      return undefined;
    case 'already':
      return sentences(t('The branch {0} is checked out already.', shown), commitsWords(prepared.commits, remote));
    case 'badName':
      return t('{0} is no name that Git takes for a branch, so nothing was done.', shown);
    case 'busy':
      return busyWords(prepared.with);
    case 'gone':
      return t(
        '{0} has no branch {1}. It may have been deleted after a merge, or be in a fork.',
        plain(remote, 80),
        shown,
      );
    case 'fetchFailed':
      return t('{0} could not be fetched: {1}', shown, plain(prepared.words, 300));
    case 'elsewhere':
      return t('{0} is checked out in another worktree: {1}', shown, plain(prepared.folder, 200));
  }
}

/** Why nothing can be checked out while files have conflicts. */
export function conflictsWords(): string {
  return vscode.l10n.t('Some files have conflicts that are not resolved. Resolve them first.');
}

/** What came of a checkout, and where the changes from before are. */
export function outcomeWords(outcome: CheckedOut, { branch, remote }: CheckoutTarget): string {
  const { t } = vscode.l10n;
  const shown = plain(branch, 80);
  switch (outcome.kind) {
    case 'done': {
      const { notForwarded, commits, stash } = outcome;
      return sentences(
        t('Now on {0}.', shown),
        notForwarded === undefined
          ? commitsWords(commits, remote)
          : t('It could not be moved on to the newest commit: {0}', plain(notForwarded, 200)),
        stash && stashWords(stash),
      );
    }
    case 'endangered':
      return t(
        'Nothing was done: Git would overwrite {0}, which it ignores and no stash keeps. Move it away first.',
        plain(outcome.files.slice(0, 3).join(', '), 200),
      );
    case 'failed': {
      const { words, stash, restored } = outcome;
      const first = t('{0} could not be checked out: {1}', shown, plain(words, 300));
      if (!stash) {
        return first;
      }
      return sentences(
        first,
        restored
          ? restoredWords(restored, stash)
          : t('Git did not finish the stash “{0}”: all your changes are in it.', plain(stash.message, 200)),
      );
    }
  }
}

/** What became of the changes in a stash that was to be put back. */
export function restoredWords(restored: Restored, stash: Stash): string {
  const { t } = vscode.l10n;
  switch (restored.kind) {
    case 'restored':
      return t('Your changes are back.');
    case 'conflicts':
      return sentences(t('Your changes are back, with conflicts to resolve.'), keptWords(stash));
    case 'failed':
      return sentences(
        restored.words
          ? t('Your changes could not be put back: {0}', plain(restored.words, 300))
          : t('Your changes could not be put back.'),
        keptWords(stash),
      );
    case 'gone':
      return t(
        'The stash “{0}” is not there any more: it was applied or dropped elsewhere.',
        plain(stash.message, 200),
      );
  }
}

function stashWords({ message }: Stash): string {
  return vscode.l10n.t('Your changes are in the stash “{0}”.', plain(message, 200));
}

function keptWords({ message }: Stash): string {
  return vscode.l10n.t('All of them are still in the stash “{0}”.', plain(message, 200));
}

function commitsWords(commits: Commits, remote: string): string | undefined {
  const { t } = vscode.l10n;
  switch (commits) {
    case 'same':
    case 'forwarded':
      return undefined;
    case 'ahead':
      return t('It has commits that {0} does not have.', plain(remote, 80));
    case 'diverged':
      return t('It has diverged from {0}: it was left as it is.', plain(remote, 80));
  }
}

function busyWords(operation: Operation): string {
  const { t } = vscode.l10n;
  switch (operation) {
    case 'merge':
      return t('A merge is in progress. Finish or abort it first.');
    case 'rebase':
      return t('A rebase is in progress. Finish or abort it first.');
    case 'cherry-pick':
      return t('A cherry-pick is in progress. Finish or abort it first.');
    case 'revert':
      return t('A revert is in progress. Finish or abort it first.');
    case 'bisect':
      return t('A bisect is in progress. Finish or abort it first.');
  }
}

function sentences(...parts: (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined).join(' ');
}
