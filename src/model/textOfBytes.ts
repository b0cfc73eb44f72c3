/** The text of a file, or undefined for one that is no text. A mark of the byte order is left out. */
export function textOfBytes(bytes: Uint8Array): string | undefined {
  if (bytes.includes(0)) {
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
