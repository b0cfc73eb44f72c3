import { homedir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { RunStore } from '../model/runStore';
import { safeFileName } from '../model/safeFileName';
import type { OzClient } from '../oz/ozClient';
import type { Artifact, Run } from '../oz/types';
import { plain } from '../platform/plainText';
import { artifactWord, runTitle, sizeWord } from '../platform/words';
import { openUrl } from '../platform/openUrl';
import { newArtifactFolder } from './artifactFolder';

export interface OpenArtifactDeps {
  runs: Pick<RunStore, 'get'>;
  client: Pick<OzClient, 'getRun' | 'downloadArtifact'>;
  /** Opens a read-only document; the name's extension says its language. */
  showText: (name: string, text: string) => Promise<void>;
}

interface DownloadFacts {
  uid: string;
  name: string;
  /** What the service says it is; the download says it again. */
  mimeType: string;
  size: number | undefined;
}

/** Larger files are not opened but saved, in bytes. */
const maxOpened = 20 * 1024 * 1024;

/**
 * Opens one of a run's artifacts: pull requests and references in the browser, plans and texts as read-only documents,
 * pictures and films in VS Code, other files after a person chose where to save them.
 * @param argument `{ runId, artifact }`, the artifact by its place in the run's list
 * @throws ApiProblem
 */
export async function openArtifact(deps: OpenArtifactDeps, argument: unknown): Promise<void> {
  const { runId, artifact: index } = argument as { runId?: string; artifact?: number };
  if (runId === undefined || index === undefined) {
    return;
  }
  const run = deps.runs.get(runId) ?? (await deps.client.getRun(runId));
  const artifact = run.artifacts?.[index];
  switch (artifact?.artifact_type) {
    case 'PLAN':
      return openPlan(deps, run, artifact.data);
    case 'SCREENSHOT': {
      const { artifact_uid: uid, mime_type: mimeType, description } = artifact.data;
      const kind = /^image\/([a-z]+)/i.exec(mimeType)?.[1] ?? 'png';
      const name = `${(description ?? '').slice(0, 60) || 'screenshot'}.${kind}`;
      return openDownload(deps, { uid, mimeType, name, size: undefined });
    }
    case 'FILE': {
      const { artifact_uid: uid, mime_type: mimeType, filename, filepath, size_bytes: size } = artifact.data;
      return openDownload(deps, { uid, mimeType, name: filename || filepath, size });
    }
    default:
      return openUrl(urlOf(artifact));
  }
}

/** Pull requests and references have an address; kinds that are not known yet may have one. */
function urlOf(artifact: Artifact | undefined): string | undefined {
  const url: unknown = artifact && Reflect.get(artifact.data, 'url');
  return typeof url === 'string' ? url : undefined;
}

async function openPlan(
  { client, showText }: OpenArtifactDeps,
  run: Run,
  { artifact_uid: uid, url, title }: { artifact_uid?: string; url?: string; title?: string },
): Promise<void> {
  if (uid) {
    const { bytes } = await client.downloadArtifact(uid);
    const name = safeFileName(title ?? `${artifactWord('PLAN')} – ${runTitle(run, 60)}`);
    await showText(`${name}.md`, new TextDecoder().decode(bytes));
  } else {
    await openUrl(url);
  }
}

async function openDownload(deps: OpenArtifactDeps, facts: DownloadFacts): Promise<void> {
  const name = safeFileName(facts.name);
  const isShown = /^(?:image|video|audio)\//i.test(facts.mimeType);
  const isText = /^text\/|^application\/(?:json|xml|x-yaml|yaml|toml|javascript)\b|\+(?:json|xml)\b/i.test(
    facts.mimeType,
  );
  if ((!isShown && !isText) || (facts.size ?? 0) > maxOpened) {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
    // The dialog asks before it takes a file that exists.
    const target = await vscode.window.showSaveDialog({ defaultUri: vscode.Uri.joinPath(folder, name) });
    if (target) {
      await save(target, await downloaded(deps, facts));
      await offerToOpen(target);
    }
    return;
  }
  const bytes = await downloaded(deps, facts);
  if (isText) {
    await deps.showText(name, new TextDecoder().decode(bytes));
    return;
  }
  const file = vscode.Uri.file(path.join(await newArtifactFolder(Date.now()), name));
  await vscode.workspace.fs.writeFile(file, bytes);
  await vscode.commands.executeCommand('vscode.open', file);
}

async function downloaded({ client }: OpenArtifactDeps, { uid, name, size }: DownloadFacts): Promise<Uint8Array> {
  const shown = [plain(name, 80), size === undefined ? '' : sizeWord(size)].filter(Boolean).join(' · ');
  const options = { location: vscode.ProgressLocation.Notification, cancellable: true };
  return vscode.window.withProgress(
    { ...options, title: vscode.l10n.t('Downloading {0}', shown) },
    async (_progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => {
        stop.abort();
      });
      return (await client.downloadArtifact(uid, stop.signal)).bytes;
    },
  );
}

/** Writes beside the target first: what breaks off halfway leaves no half file under its name. */
async function save(target: vscode.Uri, bytes: Uint8Array): Promise<void> {
  const part = target.with({ path: `${target.path}.${process.pid}.part` });
  try {
    await vscode.workspace.fs.writeFile(part, bytes);
    await vscode.workspace.fs.rename(part, target, { overwrite: true });
  } catch (error) {
    await vscode.workspace.fs.delete(part).then(undefined, () => undefined);
    throw error;
  }
}

async function offerToOpen(file: vscode.Uri): Promise<void> {
  const { t } = vscode.l10n;
  const open = t('Open');
  const words = t('Saved {0}.', plain(path.posix.basename(file.path), 80));
  if ((await vscode.window.showInformationMessage(words, open)) === open) {
    await vscode.commands.executeCommand('vscode.open', file);
  }
}
