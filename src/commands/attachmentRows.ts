import * as vscode from 'vscode';
import { type Attachment, type Left, sizeOf } from '../model/attachment';
import { plain } from '../platform/plainText';
import { sizeWord } from '../platform/words';
import { fileName, openFiles, placeOf, whyWords } from './attachmentFiles';
import { type Item, separator } from './chooseItem';

export interface AttachmentRow extends Item {
  /** What Enter does: end, add files, or change this one. Nothing for a file that stays out. */
  row: 'done' | 'add' | 'workspace' | 'attached' | 'open' | 'left';
  uri?: string;
}

/** What is attached, what stays out and what is offered. */
export function attachmentRows(attachments: readonly Attachment[], left: readonly Left[]): (AttachmentRow | Item)[] {
  const { t } = vscode.l10n;
  const remove = { iconPath: new vscode.ThemeIcon('trash'), tooltip: t('Remove') };
  const attached = new Set(attachments.map(({ uri }) => uri));
  const sum = sizeWord(sizeOf(attachments));
  const open = vscode.workspace.isTrusted ? openFiles().filter((uri) => !attached.has(uri.toString())) : [];
  const hasFolders = vscode.workspace.isTrusted && (vscode.workspace.workspaceFolders ?? []).length > 0;
  const row = (kind: AttachmentRow['row'], label: string, description: string, uri?: string): AttachmentRow => ({
    id: uri === undefined ? kind : `${kind} ${uri}`,
    row: kind,
    label,
    description,
    uri,
  });
  const done = attachments.length === 1 ? t('1 file, {0}', sum) : t('{0} files, {1}', attachments.length, sum);
  return [
    ...(attachments.length > 0 ? [row('done', `$(check) ${t('Done')}`, done)] : []),
    row('add', `$(add) ${t('Add Files…')}`, ''),
    ...(hasFolders ? [row('workspace', `$(search) ${t('Add Files of the Workspace…')}`, '')] : []),
    ...(attachments.length > 0 ? [separator(t('Attached'))] : []),
    ...attachments.map(({ uri, name, mimeType, size }) => ({
      ...row(
        'attached',
        `$(${iconOf(mimeType)}) ${plain(name, 80)}`,
        inOneLine(kindWord(mimeType), sizeWord(size), placeOf(vscode.Uri.parse(uri)), unsavedNote(uri)),
        uri,
      ),
      buttons: [remove],
    })),
    ...(left.length > 0 ? [separator(t('Not attached'))] : []),
    ...left.map(({ uri, name, refusal }) => row('left', `$(warning) ${plain(name, 80)}`, whyWords(refusal), uri)),
    ...(open.length > 0 ? [separator(t('Open in the editor'))] : []),
    ...open.map((uri) =>
      row(
        'open',
        `$(file) ${plain(fileName(uri), 80)}`,
        inOneLine(placeOf(uri), unsavedNote(uri.toString())),
        uri.toString(),
      ),
    ),
  ];
}

function inOneLine(...facts: string[]): string {
  return facts.filter(Boolean).join(' · ');
}

/** Bytes are read from the file, not from the editor. */
function unsavedNote(uri: string): string {
  const isUnsaved = vscode.workspace.textDocuments.some((one) => one.isDirty && one.uri.toString() === uri);
  return isUnsaved ? `$(warning) ${vscode.l10n.t('what is not saved yet stays behind')}` : '';
}

function iconOf(mimeType: string): string {
  return mimeType.startsWith('image/') ? 'file-media' : mimeType === 'application/pdf' ? 'file-pdf' : 'file';
}

function kindWord(mimeType: string): string {
  const { t } = vscode.l10n;
  const [kind, name] = mimeType.split('/');
  switch (name) {
    case 'pdf':
      return t('PDF');
    case 'zip':
    case 'gzip':
      return t('Archive');
    case 'octet-stream':
      return t('File');
    default:
      return kind === 'image' ? t('Picture') : kind === 'video' ? t('Video') : t('Text');
  }
}
