import * as vscode from 'vscode';
import type { ArtifactFile } from '../model/artifactFile';
import { conflicts, type OnConflict, planNames } from '../model/artifactNames';
import { plain } from '../platform/plainText';
import { filesOf } from './artifactFiles';
import { likelyFolder } from './likelyFolder';
import { type KnownRuns, whichRuns } from './pickRun';
import { readRuns, type ReadRunsDeps } from './readRuns';
import { tellSaved } from './tellSaved';
import { type ArtifactClient, bytesWord, isCancelled, reasonWords, saveTo } from './transferArtifact';

export interface SaveArtifactsDeps extends ReadRunsDeps {
  runs: KnownRuns;
  client: ReadRunsDeps['client'] & ArtifactClient;
}

/**
 * Saves all files that came out of runs into a folder.
 * @param argument `{ runId }`
 * @param selected all selected rows
 * @throws ApiProblem when a run is not known here and cannot be read
 */
export async function saveArtifacts(deps: SaveArtifactsDeps, argument?: unknown, selected?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const runIds = await whichRuns(deps.runs, argument, selected, {
    placeHolder: t('Save the artifacts of which run?'),
    isFit: (run) => filesOf(run.artifacts ?? []).length > 0,
  });
  if (!runIds) {
    return;
  }
  const files = filesOf((await readRuns(deps, runIds)).flatMap(({ artifacts }) => artifacts ?? []));
  if (files.length === 0) {
    void vscode.window.showInformationMessage(t('There is nothing to save: no file came of this, or not yet.'));
  } else {
    await saveIntoFolder(deps, files);
  }
}

/** A file and where it goes. */
interface Planned {
  file: ArtifactFile;
  target: vscode.Uri;
  replaces: boolean;
}

/** What became of several files. */
interface Outcome {
  saved: vscode.Uri[];
  failed: { planned: Planned; error: unknown }[];
  isCancelled: boolean;
}

/** Asks for a folder, and once what happens to the files that are there already; then saves one file after another. */
export async function saveIntoFolder(
  { client }: { client: ArtifactClient },
  files: readonly ArtifactFile[],
): Promise<void> {
  const { t } = vscode.l10n;
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: likelyFolder(),
      openLabel: t('Save Here'),
      title: files.length === 1 ? t('Save 1 file in…') : t('Save {0} files in…', files.length),
    })) ?? [];
  let todo = folder && (await plan(files, folder));
  const saved: vscode.Uri[] = [];
  while (todo && todo.length > 0) {
    const outcome: Outcome = await saveAll(client, todo);
    saved.push(...outcome.saved);
    if (outcome.isCancelled) {
      void vscode.window.showInformationMessage(
        saved.length === 0
          ? t('Cancelled: nothing was saved.')
          : t('Cancelled: {0} of {1} files were saved before.', saved.length, files.length),
      );
      return;
    }
    if (outcome.failed.length === 0) {
      await tellSaved(saved);
      return;
    }
    todo = (await wantsAgain(outcome, saved.length)) ? outcome.failed.map(({ planned }) => planned) : undefined;
  }
}

/** Undefined when a person does not say what to do with what is there. */
async function plan(files: readonly ArtifactFile[], folder: vscode.Uri): Promise<Planned[] | undefined> {
  const { t } = vscode.l10n;
  const names = files.map(({ name }) => name);
  const taken = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name);
  const on = await askAbout(conflicts(names, taken));
  if (!on) {
    return undefined;
  }
  const planned = planNames(names, taken, on).flatMap(({ name, replaces }, index) => {
    const file = files[index];
    return file && name !== undefined ? [{ file, target: vscode.Uri.joinPath(folder, name), replaces }] : [];
  });
  if (planned.length === 0) {
    void vscode.window.showInformationMessage(t('Nothing was saved: all of the files are there already.'));
  }
  return planned;
}

async function askAbout(there: readonly string[]): Promise<OnConflict | undefined> {
  const { t } = vscode.l10n;
  if (there.length === 0) {
    return 'keepBoth';
  }
  const words =
    there.length === 1
      ? t('There is a file of that name in the folder.')
      : t('{0} files of these names are in the folder.', there.length);
  const shown = there.slice(0, 10).map((name) => plain(name, 120));
  const detail = [...shown, ...(there.length > shown.length ? ['…'] : [])].join('\n');
  const choices: [string, OnConflict][] = [
    [t('Keep Both'), 'keepBoth'],
    [t('Replace'), 'replace'],
    [t('Skip'), 'skip'],
  ];
  const answer = await vscode.window.showWarningMessage(
    words,
    { modal: true, detail },
    ...choices.map(([button]) => button),
  );
  return choices.find(([button]) => button === answer)?.[1];
}

function saveAll(client: ArtifactClient, todo: readonly Planned[]): Thenable<Outcome> {
  const { t } = vscode.l10n;
  const title = todo.length === 1 ? t('Saving 1 file') : t('Saving {0} files', todo.length);
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, token): Promise<Outcome> => {
    const stop = new AbortController();
    token.onCancellationRequested(() => {
      stop.abort();
    });
    const outcome: Outcome = { saved: [], failed: [], isCancelled: false };
    for (const [index, planned] of todo.entries()) {
      const head = t('{0} of {1}: {2}', index + 1, todo.length, plain(planned.file.name, 60));
      try {
        const saved = await saveTo(
          client,
          planned.file,
          planned,
          (received, total) => {
            progress.report({ message: `${head} · ${bytesWord(received, total)}` });
          },
          stop.signal,
        );
        outcome.saved.push(saved);
      } catch (error) {
        if (isCancelled(error) || stop.signal.aborted) {
          return { ...outcome, isCancelled: true };
        }
        outcome.failed.push({ planned, error });
      }
      progress.report({ increment: 100 / todo.length });
    }
    return outcome;
  });
}

async function wantsAgain({ failed }: Outcome, saved: number): Promise<boolean> {
  const { t } = vscode.l10n;
  const [first] = failed;
  const name = plain(first?.planned.file.name ?? '', 80);
  const why = reasonWords(first?.error);
  const words =
    failed.length === 1
      ? t('{0} files were saved. {1} was not: {2}', saved, name, why)
      : t('{0} files were saved, {1} were not. The first of those is {2}: {3}', saved, failed.length, name, why);
  const again = t('Try Again');
  return (await vscode.window.showErrorMessage(words, again)) === again;
}
