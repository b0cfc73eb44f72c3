import type { FileKind } from '../model/artifactFile';

/** The codicon of a file, by its kind. */
export const fileIcons: Record<FileKind, string> = {
  picture: 'file-media',
  film: 'play',
  sound: 'unmute',
  markdown: 'markdown',
  table: 'table',
  code: 'file-code',
  text: 'file',
  pdf: 'file-pdf',
  archive: 'file-zip',
  other: 'file-binary',
};

const pullIcons: Partial<Record<string, string>> = {
  draft: 'git-pull-request-draft',
  merged: 'git-merge',
  closed: 'git-pull-request-closed',
};

/** The codicon of a pull request, by its status in lower case; one that is open for a status that is not known. */
export function pullRequestIcon(status: string | undefined): string {
  return pullIcons[status ?? ''] ?? 'git-pull-request';
}
