import * as path from 'node:path';
import * as vscode from 'vscode';
import { type ArtifactFile, artifactFile, artifactMembers, artifactUrl } from '../model/artifactFile';
import type { PlanTexts } from '../model/planTexts';
import { firstText } from '../oz/json';
import { ApiProblem } from '../oz/problems';
import { openUrl } from '../platform/openUrl';
import { artifactPlaces, readArtifacts } from './artifactFiles';
import { newArtifactFolder } from './artifactFolder';
import type { ReadRunsDeps } from './readRuns';
import { saveAs } from './saveArtifact';
import { type ArtifactClient, readIntoMemory, reasonWords, saveTo, withDownload } from './transferArtifact';

export interface OpenArtifactDeps extends ReadRunsDeps {
  client: ReadRunsDeps['client'] & ArtifactClient;
  /** Opens a read-only document; the name's extension says its language. */
  showText: (name: string, text: string) => Promise<void>;
  plans: Pick<PlanTexts, 'read'>;
}

/** Larger texts and pictures are not opened but saved, in bytes. */
const maxOpened = 20 * 1024 * 1024;
/** What VS Code's own previews show, by the ending that they go by. */
const previewed = /\.(?:png|jpe?g|gif|bmp|ico|webp|avif|mp4|webm|mp3|wav|ogg|oga)$/i;

/**
 * Opens one of a run's artifacts: pull requests and references in the browser, plans and texts as read-only documents,
 * pictures, films and sound in VS Code, other files after a person chose where to save them.
 * @param argument `{ runId, artifact }`, the artifact by its place in the run's list
 * @throws ApiProblem
 */
export async function openArtifact(deps: OpenArtifactDeps, argument: unknown): Promise<void> {
  const [artifact] = await readArtifacts(deps, artifactPlaces(argument));
  if (!artifact) {
    return;
  }
  const file = artifactFile(artifact);
  if (!file) {
    // The address as it is, where it is none of the web: a person reads what was not opened.
    const url = firstText(artifactMembers(artifact).data, 'url');
    return openUrl(artifactUrl(artifact) ?? (url?.startsWith('mailto:') ? undefined : url));
  }
  const isFilm = file.kind === 'film' || file.kind === 'sound';
  if ((!isFilm && (file.size ?? 0) > maxOpened) || !(isText(file) || previewed.test(file.name))) {
    return saveAs(deps, file);
  }
  if (isText(file)) {
    const bytes = await withDownload(file, (onBytes, signal) => readIntoMemory(deps.client, file, onBytes, signal));
    const text = new TextDecoder().decode(bytes);
    if (artifactMembers(artifact).type.toUpperCase() === 'PLAN') {
      deps.plans.read(file.uid, text);
    }
    return deps.showText(file.name, text);
  }
  const target = vscode.Uri.file(path.join(await newArtifactFolder(Date.now()), file.name));
  try {
    const place = { target, replaces: false };
    await withDownload(file, (onBytes, signal) => saveTo(deps.client, file, place, onBytes, signal));
  } catch (error) {
    throw ApiProblem.is(error) ? error : new Error(reasonWords(error), { cause: error });
  }
  await vscode.commands.executeCommand('vscode.open', target);
}

function isText({ kind }: ArtifactFile): boolean {
  return kind === 'markdown' || kind === 'table' || kind === 'code' || kind === 'text';
}
