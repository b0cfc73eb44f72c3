import * as vscode from 'vscode';
import type { ArtifactFile } from '../model/artifactFile';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import { plain } from '../platform/plainText';
import { problemWords } from '../platform/problemWords';
import { fileProblemWords, fileToSave } from '../platform/savedFile';
import { sizeWord } from '../platform/words';

export type ArtifactClient = Pick<OzClient, 'downloadArtifact'>;

/** How far a download is, in bytes; nobody may know how many it will be. */
export type OnBytes = (received: number, total: number | undefined) => void;

/** What takes a download's bytes, beginning anew when the connection breaks and it is tried again. */
interface Taker {
  begin(): Promise<void> | void;
  write(bytes: Uint8Array): Promise<void> | void;
}

/**
 * Downloads an artifact into what takes it.
 * @throws ApiProblem, and what the taker threw
 */
async function transfer(
  client: ArtifactClient,
  file: ArtifactFile,
  taker: Taker,
  onBytes: OnBytes,
  signal: AbortSignal,
): Promise<void> {
  const stop = new AbortController();
  const abort = (): void => {
    stop.abort();
  };
  if (signal.aborted) {
    abort();
  }
  signal.addEventListener('abort', abort, { once: true });
  let failed: { error: unknown } | undefined;
  // What the disk refuses is no failure of the network, after which the client would try again.
  const taken = async (work: () => Promise<void> | void): Promise<void> => {
    try {
      await work();
    } catch (error) {
      failed ??= { error };
      abort();
      throw error;
    }
  };
  let received = 0;
  let total: number | undefined;
  try {
    await client.downloadArtifact(file.uid, stop.signal, {
      sink: {
        begin: async (length) => {
          received = 0;
          total = length ?? file.size;
          await taken(() => taker.begin());
          onBytes(received, total);
        },
        take: async (piece) => {
          await taken(() => taker.write(piece));
          received += piece.byteLength;
          onBytes(received, total);
        },
      },
    });
  } catch (error) {
    throw failed ? failed.error : error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** @throws ApiProblem */
export async function readIntoMemory(
  client: ArtifactClient,
  file: ArtifactFile,
  onBytes: OnBytes,
  signal: AbortSignal,
): Promise<Uint8Array> {
  let pieces: Uint8Array[] = [];
  const taker = {
    begin: () => {
      pieces = [];
    },
    write: (piece: Uint8Array) => {
      pieces.push(piece);
    },
  };
  await transfer(client, file, taker, onBytes, signal);
  return Buffer.concat(pieces);
}

/**
 * Saves an artifact's file, whole or not at all, and tells where it is: beside a file that came there meanwhile, unless that is
 * replaced.
 * @throws ApiProblem, and what the file system says
 */
export async function saveTo(
  client: ArtifactClient,
  file: ArtifactFile,
  { target, replaces }: { target: vscode.Uri; replaces: boolean },
  onBytes: OnBytes,
  signal: AbortSignal,
): Promise<vscode.Uri> {
  const saved = fileToSave(target);
  try {
    await transfer(client, file, saved, onBytes, signal);
    return await saved.finish(replaces);
  } catch (error) {
    await saved.discard();
    throw error;
  }
}

/** Shows how far one download is, with a button to stop it. */
export function withDownload<T>(
  { name }: ArtifactFile,
  work: (onBytes: OnBytes, signal: AbortSignal) => Promise<T>,
): Thenable<T> {
  const title = vscode.l10n.t('Downloading {0}', plain(name, 80));
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    (progress, token) => {
      const stop = new AbortController();
      token.onCancellationRequested(() => {
        stop.abort();
      });
      let told = 0;
      return work((received, total) => {
        const percent = total ? Math.min(100, Math.floor((received / total) * 100)) : 0;
        // A bar cannot go back: after a new beginning it waits until it is passed.
        progress.report({ message: bytesWord(received, total), increment: Math.max(0, percent - told) });
        told = Math.max(told, percent);
      }, stop.signal);
    },
  );
}

/** "1.2 MB of 4 MB". */
export function bytesWord(received: number, total: number | undefined): string {
  return total === undefined ? sizeWord(received) : vscode.l10n.t('{0} of {1}', sizeWord(received), sizeWord(total));
}

/** Why a file was not saved, as the end of a sentence. */
export function reasonWords(error: unknown): string {
  return (
    (ApiProblem.is(error) ? problemWords(error) : fileProblemWords(error)) ??
    plain(error instanceof Error ? error.message : String(error))
  );
}

export function isCancelled(error: unknown): boolean {
  return error instanceof vscode.CancellationError || (ApiProblem.is(error) && error.kind === 'aborted');
}
