import * as vscode from 'vscode';
import { plain } from '../platform/plainText';
import { repositoryOf } from '../platform/repository';
import { attachmentsOf } from './attachments';
import type { LaunchSheetDeps } from './launchSheet';
import { typeAndLaunch } from './typeAndLaunch';
import { isWorkspaceTrusted } from './workspaceTrust';

/**
 * Launches what a person types, with files attached.
 * @param argument the file that a menu was opened on; without one a person picks
 * @param selected all the files that are selected in the explorer
 */
export async function attachToRun(deps: LaunchSheetDeps, argument?: unknown, selected?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  if (!(await isWorkspaceTrusted())) {
    return;
  }
  const several = Array.isArray(selected) ? selected.filter((one) => one instanceof vscode.Uri) : [];
  const given = several.length > 0 ? several : argument instanceof vscode.Uri ? [argument] : undefined;
  const uris = given ?? (await vscode.window.showOpenDialog({ canSelectMany: true, openLabel: t('Attach') })) ?? [];
  const attached = new Set((await attachmentsOf(uris)).map(({ uri }) => uri));
  const attachments = uris.filter((uri) => attached.has(uri.toString()));
  const [first] = attachments;
  if (!first) {
    return;
  }
  const repository = repositoryOf(first);
  const about = { title: titleFor(attachments), draftOf: 'attachments', attachments };
  await typeAndLaunch(deps, about, t('What should the agent do with these files?'), async () => ({
    prompt: (typed) => typed,
    place: (await repository)?.gitHub,
    notes: [],
  }));
}

function titleFor(files: readonly vscode.Uri[]): string {
  const { t } = vscode.l10n;
  const [only] = files.length === 1 ? files : [];
  return only
    ? t('New Run with {0}', plain(only.path.slice(only.path.lastIndexOf('/') + 1), 60))
    : t('New Run with {0} Files', files.length);
}
