/** Pictures that are shown and attached as such. */
export type PictureKind = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';

/**
 * What kind of picture these bytes are, by how they begin: what the service calls them decides nothing. Undefined for all
 * else, drawings (SVG) too: those are programs.
 */
export function sniffPicture(bytes: Uint8Array): PictureKind | undefined {
  const begins = (at: number, ...expected: number[]): boolean =>
    expected.every((byte, index) => bytes[at + index] === byte);
  if (begins(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) {
    return 'image/png';
  }
  if (begins(0, 0xff, 0xd8, 0xff)) {
    return 'image/jpeg';
  }
  // GIF87a, GIF89a
  if (begins(0, 0x47, 0x49, 0x46, 0x38) && (bytes[4] === 0x37 || bytes[4] === 0x39) && bytes[5] === 0x61) {
    return 'image/gif';
  }
  // RIFF….WEBP
  return begins(0, 0x52, 0x49, 0x46, 0x46) && begins(8, 0x57, 0x45, 0x42, 0x50) ? 'image/webp' : undefined;
}
