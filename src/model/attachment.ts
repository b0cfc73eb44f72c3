import { safeFileName } from './safeFileName';
import { sniffPicture } from './sniffPicture';
import { textOfBytes } from './textOfBytes';

/** A file that goes along with a launch, as it was when a person chose it: its bytes are read when the launch is sent. */
export interface Attachment {
  uri: string;
  /** What it is called there: without folders, and no other one of the launch is called so. */
  name: string;
  /** What its name says. What is sent goes by the bytes. */
  mimeType: string;
  /** In bytes. */
  size: number;
}

/** The service takes so many. */
export const mostAttachments = 5;
/** In bytes, of one file and of all. The service tells of no limit: these are ours, so that a launch is sent within minutes. */
export const mostBytesEach = 10_000_000;
export const mostBytesInAll = 20_000_000;

/** Why a file stays out of a launch. */
export type Refusal = 'folder' | 'unreadable' | 'notTrusted' | 'tooBig' | 'tooBigTogether' | 'tooMany';

/** A file that somebody wants to attach. */
export interface Candidate {
  uri: string;
  name: string;
  /** In bytes, or why it cannot be attached at all. */
  size: number | Refusal;
}

/** A file that stays out. */
export interface Left {
  uri: string;
  name: string;
  refusal: Refusal;
}

/** What a launch has with some files more. A file that is attached already is taken as it is now. */
export function attach(
  current: readonly Attachment[],
  candidates: readonly Candidate[],
): { attachments: Attachment[]; left: Left[] } {
  const attachments = [...current];
  const left: Left[] = [];
  for (const candidate of candidates) {
    const { uri, name } = candidate;
    const at = attachments.findIndex((one) => one.uri === uri);
    const others = attachments.filter((one) => one.uri !== uri);
    const admitted = admit(others, candidate);
    if (typeof admitted === 'string') {
      left.push({ uri, name, refusal: admitted });
    } else {
      attachments.splice(at < 0 ? attachments.length : at, 1, admitted);
    }
  }
  return { attachments, left };
}

function admit(others: readonly Attachment[], { uri, name, size }: Candidate): Attachment | Refusal {
  if (typeof size === 'string') {
    return size;
  }
  if (size > mostBytesEach) {
    return 'tooBig';
  }
  if (others.length >= mostAttachments) {
    return 'tooMany';
  }
  if (sizeOf(others) + size > mostBytesInAll) {
    return 'tooBigTogether';
  }
  const taken = new Set(others.map((one) => folded(one.name)));
  const ownName = safeFileName(name, (wanted) => taken.has(folded(wanted)));
  return { uri, name: ownName, mimeType: mimeTypeOf(name), size };
}

/** Of all together, in bytes. */
export function sizeOf(attachments: readonly Attachment[]): number {
  return attachments.reduce((sum, { size }) => sum + size, 0);
}

/** Some file systems take two names that differ in this for one. */
function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

const anyBytes = 'application/octet-stream';
const anyText = 'text/plain';

/** By the extension, as far as it is more than any text. The service names four kinds of pictures: no other one is called so. */
const mimeTypes: Partial<Record<string, string>> = {
  ...{ png: 'image/png', jpg: 'image/jpeg', jpeg: 'image/jpeg', gif: 'image/gif', webp: 'image/webp' },
  ...{ pdf: 'application/pdf', zip: 'application/zip', gz: 'application/gzip', tgz: 'application/gzip' },
  ...{ json: 'application/json', xml: 'application/xml', mp4: 'video/mp4', webm: 'video/webm' },
  ...{ md: 'text/markdown', csv: 'text/csv', html: 'text/html', htm: 'text/html' },
};

const texts = new Set(
  (
    'txt log yaml yml toml ini cfg conf env patch diff svg css scss less js mjs cjs jsx ts mts cts tsx vue svelte py rb go rs ' +
    'java kt kts scala swift c h cc cpp hpp m cs fs php pl lua r dart ex exs erl hs clj sh bash zsh ps1 bat sql proto graphql ' +
    'tf gradle'
  ).split(' '),
);

/** What a file's name says that it is. */
export function mimeTypeOf(name: string): string {
  const dot = name.lastIndexOf('.');
  const extension = dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
  const known = Object.hasOwn(mimeTypes, extension) ? mimeTypes[extension] : undefined;
  return known ?? (texts.has(extension) ? anyText : anyBytes);
}

/** What a file is: by its bytes where they tell a picture or a text, else by its name. */
export function mimeTypeOfBytes(name: string, bytes: Uint8Array): string {
  const named = mimeTypeOf(name);
  const picture = sniffPicture(bytes);
  if (picture) {
    return picture;
  }
  if (named !== anyBytes && !named.startsWith('image/') && !isTextual(named)) {
    return named;
  }
  return textOfBytes(bytes) !== undefined ? (isTextual(named) ? named : anyText) : anyBytes;
}

function isTextual(mimeType: string): boolean {
  return mimeType.startsWith('text/') || mimeType === 'application/json' || mimeType === 'application/xml';
}
