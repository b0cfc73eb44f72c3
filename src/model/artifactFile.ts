import { asNumber, asRecord, asText, firstText, type JsonRecord } from '../oz/json';
import type { Artifact } from '../oz/types';
import { safeFileName } from './safeFileName';

/** What a file is, as far as showing it goes. */
export type FileKind =
  'picture' | 'film' | 'sound' | 'markdown' | 'table' | 'code' | 'text' | 'pdf' | 'archive' | 'other';

/** What of an artifact can be read through the API and kept as a file. */
export interface ArtifactFile {
  uid: string;
  /** Safe in any folder. */
  name: string;
  kind: FileKind;
  /** As the service says it, without parameters and in lower case; empty when it does not. */
  mimeType: string;
  /** Bytes, where the service says so. */
  size?: number;
}

/** An artifact's kind, and its members as JSON of no promised shape: older and newer services name them differently. */
export function artifactMembers(artifact: Artifact | undefined): { type: string; data: JsonRecord } {
  const { artifact_type: type, data } = (artifact ?? {}) as { artifact_type?: unknown; data?: unknown };
  return { type: asText(type) ?? '', data: asRecord(data) ?? {} };
}

/** The file behind an artifact: of a plan its text; undefined for what is only an address. */
export function artifactFile(artifact: Artifact | undefined): ArtifactFile | undefined {
  const { type, data } = artifactMembers(artifact);
  const uid = firstText(data, 'artifact_uid');
  if (uid === undefined) {
    return undefined;
  }
  const mimeType = /^[\w.+-]+\/[\w.+-]+/.exec((firstText(data, 'mime_type') ?? '').trim().toLowerCase())?.[0] ?? '';
  switch (type.toUpperCase()) {
    case 'PLAN':
      return {
        uid,
        name: named(firstText(data, 'title') ?? 'plan', 'md'),
        kind: 'markdown',
        mimeType: 'text/markdown',
      };
    case 'SCREENSHOT':
      return {
        uid,
        name: named((firstText(data, 'description') ?? '').slice(0, 60) || 'screenshot', pictureEnding(mimeType)),
        kind: 'picture',
        mimeType: mimeType || 'image/png',
      };
    case 'FILE': {
      const given = safeFileName(firstText(data, 'filename', 'filepath') ?? '');
      const kind = kindOf(mimeType, given);
      const size = asNumber(data.size_bytes);
      const name = /\.[^.]{1,20}$/.test(given) ? given : named(given, endings[mimeType]);
      return { uid, name, kind, mimeType, ...(size !== undefined && size >= 0 && { size }) };
    }
    default:
      return undefined;
  }
}

/** By the ending VS Code chooses what shows a file, and its language. */
const endings: Partial<Record<string, string>> = {
  'application/json': 'json',
  'application/pdf': 'pdf',
  'application/xml': 'xml',
  'application/yaml': 'yaml',
  'application/zip': 'zip',
  'audio/mpeg': 'mp3',
  'audio/ogg': 'ogg',
  'audio/wav': 'wav',
  'image/gif': 'gif',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/webp': 'webp',
  'text/csv': 'csv',
  'text/html': 'html',
  'text/markdown': 'md',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
};

function pictureEnding(mimeType: string): string {
  return endings[mimeType] ?? /^image\/(?:x-)?([a-z0-9]+)/.exec(mimeType)?.[1] ?? 'png';
}

/** A title is no file's name: whatever dots it has, it gets the ending. */
function named(title: string, ending: string | undefined): string {
  const stem = title.replace(/^(?:\.{0,2}[/\\])+/, '').replace(/[/\\]/g, '_');
  return safeFileName(ending === undefined ? stem : `${stem}.${ending}`);
}

const kindsByEnding: [FileKind, RegExp][] = [
  ['picture', /\.(?:png|jpe?g|gif|webp|bmp|ico|avif)$/i],
  ['film', /\.(?:mp4|webm)$/i],
  ['sound', /\.(?:mp3|wav|ogg|oga)$/i],
  ['markdown', /\.(?:md|markdown)$/i],
  ['table', /\.(?:csv|tsv)$/i],
  ['text', /\.(?:txt|log|out|err)$/i],
  ['code', /\.(?:jsonl?|ya?ml|toml|xml|svg|html?|css|diff|patch|sh|[cm]?[jt]sx?|py|go|rs|rb|java|kt|c|h|cpp|cs|sql)$/i],
  ['pdf', /\.pdf$/i],
  ['archive', /\.(?:zip|tgz|gz|xz|zst|tar|7z)$/i],
];

/** By what the service says it is; where that says nothing, by its name. */
function kindOf(mimeType: string, name: string): FileKind {
  const byEnding = kindsByEnding.find(([, pattern]) => pattern.test(name))?.[0] ?? 'other';
  switch (true) {
    case mimeType === '' || mimeType === 'application/octet-stream':
      return byEnding;
    // A drawing is a program of its own: its text is shown.
    case mimeType === 'image/svg+xml':
      return 'code';
    case mimeType.startsWith('image/'):
      return 'picture';
    case mimeType.startsWith('video/'):
      return 'film';
    case mimeType.startsWith('audio/'):
      return 'sound';
    case mimeType === 'text/markdown':
      return 'markdown';
    case mimeType === 'text/csv' || mimeType === 'text/tab-separated-values':
      return 'table';
    case mimeType === 'text/plain':
      return byEnding === 'code' || byEnding === 'markdown' || byEnding === 'table' ? byEnding : 'text';
    case /^text\/|^application\/(?:json|xml|x-yaml|yaml|toml|javascript|typescript|x-sh|sql)$|\+(?:json|xml)$/.test(
      mimeType,
    ):
      return 'code';
    case mimeType === 'application/pdf':
      return 'pdf';
    case /\b(?:zip|gzip|tar|compressed)\b|x-(?:7z|xz|gtar)/.test(mimeType):
      return 'archive';
    default:
      return 'other';
  }
}

/** The address that an artifact names, if it is one of the web. */
export function artifactUrl(artifact: Artifact | undefined): string | undefined {
  const url = firstText(artifactMembers(artifact).data, 'url');
  const parsed = url !== undefined && URL.canParse(url) ? new URL(url) : undefined;
  // A user name before the host is there to make the host look like another.
  const isWeb = parsed !== undefined && /^https?:$/.test(parsed.protocol) && !parsed.username && !parsed.password;
  return isWeb ? url : undefined;
}
