/** Names that Windows gives to devices, with any extension. */
const reserved = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(?:\.|$)/i;
/** Path separators, what Windows forbids (`:` also names streams), control characters and bidirectional marks. */
const forbidden = /[<>:"/\\|?*\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** The file systems' limit, in bytes of UTF-8. */
const maxBytes = 255;
const maxExtension = 20;
/** Characters of a name that are looked at: its end, where the extension is. */
const maxLooked = 4000;

/**
 * A name for a downloaded file that stays in the folder it is put in, on every system: no path, no device, no hidden file,
 * no trailing dot, at most 255 bytes. Of a path its last part is taken; the extension is kept.
 * @param isTaken says whether there is such a file already: then `name (2).ext` and so on is tried
 */
export function safeFileName(name: string, isTaken: (candidate: string) => boolean = () => false): string {
  const last =
    name
      .slice(-maxLooked)
      .split(/[/\\]/)
      .findLast((part) => /[^.\s]/.test(part)) ?? '';
  // NFC: two spellings of one name are one file on some systems.
  let clean = trim(last.normalize('NFC').replace(forbidden, '_').replace(/\s+/g, ' '));
  if (!/[^_. ]/.test(clean)) {
    clean = 'artifact';
  }
  if (reserved.test(clean)) {
    clean = `_${clean}`;
  }
  const dot = clean.lastIndexOf('.');
  const hasExtension = dot > 0 && clean.length - dot <= maxExtension;
  const stem = hasExtension ? clean.slice(0, dot) : clean;
  const extension = hasExtension ? clean.slice(dot) : '';
  for (let copy = 1; ; copy++) {
    const ending = copy === 1 ? extension : ` (${copy})${extension}`;
    const candidate = trim(cut(stem, maxBytes - Buffer.byteLength(ending))) + ending;
    if (!isTaken(candidate)) {
      return candidate;
    }
  }
}

/** Windows drops dots and spaces at the end, and a dot at the beginning hides a file. */
function trim(text: string): string {
  return text.replace(/^[. ]+|[. ]+$/g, '');
}

function cut(text: string, bytes: number): string {
  let kept = '';
  let used = 0;
  for (const character of text) {
    used += Buffer.byteLength(character);
    if (used > bytes) {
      break;
    }
    kept += character;
  }
  return kept;
}
