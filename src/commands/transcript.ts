import * as vscode from 'vscode';
import { safeFileName } from '../model/safeFileName';
import { readTranscript } from '../model/transcriptText';
import type { Download } from '../oz/download';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import { plain } from '../platform/plainText';
import { sizeWord } from '../platform/words';
import { type KnownRuns, whichRun } from './pickRun';
import { withProgress } from './progress';
import { saveBytes } from './saveBytes';

export interface TranscriptDeps {
  runs: KnownRuns;
  client: Pick<OzClient, 'getRunTranscript'>;
  /** Opens a read-only document; the name's extension says its language. */
  showText: (name: string, text: string) => Promise<void>;
}

/**
 * Opens what an agent said in its own format as a read-only document; what no editor shows can be saved.
 * @throws ApiProblem
 */
export async function openTranscript(deps: TranscriptDeps, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const runId = await whichRun(deps.runs, argument, t('Open the transcript of which run?'));
  const read = runId === undefined ? undefined : await download(deps, runId);
  if (runId === undefined || !read) {
    return;
  }
  const { text, ending } = readTranscript(read.bytes, read.contentType);
  const name = nameOf(deps, runId, ending);
  if (text !== undefined) {
    await deps.showText(name, text);
    return;
  }
  const save = t('Save…');
  const words = t(
    'This transcript ({0}) is too large or no text, so it can only be saved.',
    sizeWord(read.bytes.length),
  );
  if ((await vscode.window.showInformationMessage(words, save)) === save) {
    await saveBytes(name, read.bytes);
  }
}

/**
 * Saves what an agent said in its own format, as the service keeps it.
 * @throws ApiProblem, and what the file system says
 */
export async function saveTranscript(deps: TranscriptDeps, argument?: unknown): Promise<void> {
  const runId = await whichRun(deps.runs, argument, vscode.l10n.t('Save the transcript of which run?'));
  const read = runId === undefined ? undefined : await download(deps, runId);
  if (runId !== undefined && read) {
    // Asked afterwards: what it is called depends on what it is, and there may be none.
    await saveBytes(nameOf(deps, runId, readTranscript(read.bytes, read.contentType).ending), read.bytes);
  }
}

/** Undefined when the run has no transcript, which a person is told. */
async function download({ client }: TranscriptDeps, runId: string): Promise<Download | undefined> {
  const { t } = vscode.l10n;
  try {
    return await withProgress(t('Reading the transcript…'), async (signal, step) => {
      let pieces: Uint8Array[] = [];
      let received = 0;
      const { contentType } = await client.getRunTranscript(runId, signal, {
        sink: {
          begin: () => {
            pieces = [];
            received = 0;
          },
          take: (piece) => {
            pieces.push(piece);
            received += piece.byteLength;
            step(sizeWord(received));
          },
        },
      });
      return { bytes: Buffer.concat(pieces), contentType };
    });
  } catch (error) {
    if (!ApiProblem.is(error) || error.kind !== 'notFound' || error.facts.code === 'link_refused') {
      throw error;
    }
    void vscode.window.showInformationMessage(t('This run has no transcript.'));
    return undefined;
  }
}

function nameOf({ runs }: TranscriptDeps, runId: string, ending: string): string {
  const title = plain(runs.get(runId)?.title ?? '', 60) || runId;
  return safeFileName(`${vscode.l10n.t('{0} – transcript', title)}.${ending}`);
}
