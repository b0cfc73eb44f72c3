import * as vscode from 'vscode';
import type { ArtifactFile } from '../model/artifactFile';
import { plain } from '../platform/plainText';
import { artifactPlaces, filesOf, readArtifacts } from './artifactFiles';
import { likelyFolder } from './likelyFolder';
import type { ReadRunsDeps } from './readRuns';
import { saveIntoFolder } from './saveArtifacts';
import { tellSaved } from './tellSaved';
import { type ArtifactClient, isCancelled, reasonWords, saveTo, withDownload } from './transferArtifact';

export interface SaveArtifactDeps extends ReadRunsDeps {
  client: ReadRunsDeps['client'] & ArtifactClient;
}

/**
 * Saves an artifact's file where a person says, or the selected ones into a folder.
 * @param argument `{ runId, artifact }`, the artifact by its place in the run's list
 * @param selected all selected rows
 * @throws ApiProblem when the run is not known here and cannot be read
 */
export async function saveArtifact(deps: SaveArtifactDeps, argument: unknown, selected?: unknown): Promise<void> {
  const files = filesOf(await readArtifacts(deps, artifactPlaces(argument, selected)));
  const [file] = files;
  if (!file) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to save here: this is only an address.'));
  } else if (files.length === 1) {
    await saveAs(deps, file);
  } else {
    await saveIntoFolder(deps, files);
  }
}

/** Asks where to save a file, and does. What fails can be tried again, from the start. */
export async function saveAs({ client }: { client: ArtifactClient }, file: ArtifactFile): Promise<void> {
  const folder = likelyFolder();
  const target = await vscode.window.showSaveDialog({ defaultUri: vscode.Uri.joinPath(folder, file.name) });
  if (!target) {
    return;
  }
  // The dialog asked before it took a file that exists. One that comes there later is nobody's to replace.
  const place = { target, replaces: await exists(target) };
  for (;;) {
    try {
      const saved = await withDownload(file, (onBytes, signal) => saveTo(client, file, place, onBytes, signal));
      await tellSaved([saved]);
      return;
    } catch (error) {
      if (isCancelled(error) || !(await wantsAgain(file, error))) {
        return;
      }
    }
  }
}

async function exists(file: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
}

async function wantsAgain({ name }: ArtifactFile, error: unknown): Promise<boolean> {
  const { t } = vscode.l10n;
  const again = t('Try Again');
  const words = t('{0} was not saved, and nothing was changed: {1}', plain(name, 80), reasonWords(error));
  return (await vscode.window.showErrorMessage(words, again)) === again;
}
