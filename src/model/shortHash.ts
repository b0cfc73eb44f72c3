/** 53 bits of a text as 1 to 11 characters of base 36. Not for secrets. */
export function shortHash(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  let rest = 4294967296 * (2097151 & low) + (high >>> 0);
  let digits = '';
  // `toString(36)` takes four times as long, and every message has an id.
  do {
    const above = Math.floor(rest / 36);
    digits = alphabet.charAt(rest - above * 36) + digits;
    rest = above;
  } while (rest > 0);
  return digits;
}

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz';
