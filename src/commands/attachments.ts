import * as vscode from 'vscode';
import {
  attach,
  type Attachment,
  mimeTypeOfBytes,
  mostAttachments,
  mostBytesEach,
  mostBytesInAll,
} from '../model/attachment';
import { abortable } from '../oz/deadline';
import { ApiProblem } from '../oz/problems';
import type { AttachmentInput } from '../oz/types';
import { plain } from '../platform/plainText';
import { sizeWord } from '../platform/words';
import { back } from './askText';
import { candidatesOf, fileName, placeOf, whyWords } from './attachmentFiles';
import { type AttachmentRow, attachmentRows } from './attachmentRows';
import { chooseItem } from './chooseItem';
import { pickSome } from './pickSome';

/** A file that was attached cannot be sent as it was shown. The message is for a person, and safe to show. */
export class AttachmentProblem extends Error {
  override readonly name = 'AttachmentProblem';
}

/** Files of the workspace that are offered at most. */
const mostOffered = 5000;

/**
 * Lets a person change what is attached; answers with what it is then, whichever way the list was left. Files are looked at
 * anew: what changed in size is taken as it is now, what is gone is said and not attached any more.
 */
export async function chooseAttachments(current: readonly Attachment[]): Promise<readonly Attachment[]> {
  const { t } = vscode.l10n;
  let { attachments, left } = attach([], await candidatesOf(current.map(({ uri }) => vscode.Uri.parse(uri))));
  let activeId: string | undefined;
  let render = (): void => undefined;
  const add = async (uris: readonly vscode.Uri[]): Promise<void> => {
    ({ attachments, left } = attach(attachments, await candidatesOf(uris)));
  };
  const remove = (uri: string | undefined): void => {
    attachments = attachments.filter((one) => one.uri !== uri);
    left = [];
  };
  for (;;) {
    const picked = await chooseItem<AttachmentRow>({
      title: t('Attachments'),
      placeholder: t(
        'Up to {0} files, each of at most {1}, {2} together',
        mostAttachments,
        sizeWord(mostBytesEach),
        sizeWord(mostBytesInAll),
      ),
      canGoBack: true,
      activeId,
      items: () => attachmentRows(attachments, left),
      changed: (again) => {
        render = again;
        return () => undefined;
      },
      staysFor: ({ row, uri }) => {
        if (row === 'attached') {
          remove(uri);
        }
        return row === 'attached' || row === 'left';
      },
      onButton: ({ uri }) => {
        remove(uri);
        render();
      },
    });
    if (!picked || picked === back || !('row' in picked) || picked.row === 'done') {
      return attachments;
    }
    const before = attachments.length;
    if (picked.row === 'add') {
      await add((await vscode.window.showOpenDialog({ canSelectMany: true, openLabel: t('Attach') })) ?? []);
    } else if (picked.row === 'workspace') {
      await add(await pickInWorkspace());
    } else if (picked.uri !== undefined) {
      await add([vscode.Uri.parse(picked.uri)]);
    }
    activeId = attachments.length > before ? 'done' : picked.id;
  }
}

async function pickInWorkspace(): Promise<vscode.Uri[]> {
  const { t } = vscode.l10n;
  const uris = await vscode.workspace.findFiles('**/*', '**/node_modules/**', mostOffered);
  const items = uris
    .map((uri) => ({ label: plain(fileName(uri), 80), description: placeOf(uri), uri }))
    .sort((a, b) => a.description.localeCompare(b.description) || a.label.localeCompare(b.label));
  const placeHolder =
    uris.length < mostOffered ? t('Attach which files?') : t('Attach which files? Not all of them are listed.');
  return ((await pickSome(items, { placeHolder, chosen: [], many: true })) ?? []).map(({ uri }) => uri);
}

/** Files as attachments; what stays out is said. */
export async function attachmentsOf(uris: readonly vscode.Uri[]): Promise<readonly Attachment[]> {
  const { attachments, left } = attach([], await candidatesOf(uris));
  if (left.length > 0) {
    const { t } = vscode.l10n;
    const shown = left.slice(0, 5).map(({ name, refusal }) => `${plain(name, 60)} (${whyWords(refusal)})`);
    const others = left.length > shown.length ? t('and {0} more', left.length - shown.length) : '';
    void vscode.window.showWarningMessage(t('Not attached: {0}.', [...shown, others].filter(Boolean).join(', ')));
  }
  return attachments;
}

/**
 * The attachments with their bytes, read now.
 * @throws AttachmentProblem when one is gone, cannot be read or has another size than was shown: nothing may be sent then
 * @throws ApiProblem `aborted`
 */
export async function readAttachments(
  attachments: readonly Attachment[],
  signal: AbortSignal,
): Promise<AttachmentInput[]> {
  const inputs: AttachmentInput[] = [];
  try {
    for (const attachment of attachments) {
      inputs.push(await abortable(readAttachment(attachment), signal));
    }
  } catch (error) {
    throw signal.aborted
      ? new ApiProblem({ kind: 'aborted', message: 'Reading the attachments was cancelled.' })
      : error;
  }
  return inputs;
}

async function readAttachment({ uri, name, size }: Attachment): Promise<AttachmentInput> {
  const { t } = vscode.l10n;
  const file = vscode.Uri.parse(uri, true);
  const shown = plain(name, 80);
  const checkSize = (now: number): void => {
    if (now !== size) {
      const words = t(
        '“{0}” has changed since it was attached ({1} then, {2} now)',
        shown,
        sizeWord(size),
        sizeWord(now),
      );
      throw new AttachmentProblem(nothingSent(words));
    }
  };
  // Looked at before it is read: it may have become a folder, or far too large.
  const [found] = await candidatesOf([file]);
  if (typeof found?.size !== 'number') {
    throw new AttachmentProblem(nothingSent(`“${shown}”: ${whyWords(found?.size ?? 'unreadable')}`));
  }
  checkSize(found.size);
  const bytes = await readFile(file, shown);
  checkSize(bytes.byteLength);
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  return { file_name: name, mime_type: mimeTypeOfBytes(name, bytes), data };
}

async function readFile(file: vscode.Uri, shown: string): Promise<Uint8Array> {
  try {
    return await vscode.workspace.fs.readFile(file);
  } catch {
    throw new AttachmentProblem(nothingSent(`“${shown}”: ${whyWords('unreadable')}`));
  }
}

function nothingSent(why: string): string {
  return vscode.l10n.t('Nothing was sent. {0}. Look at the attachments, then launch again.', why);
}
