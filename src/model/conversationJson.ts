/** Reads values of JSON that nobody promised the shape of. Nothing here throws. */
export type JsonRecord = Record<string, unknown>;

export function asRecord(value: unknown): JsonRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonRecord) : undefined;
}

export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

/** A text that says something. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

/** Milliseconds since 1970 of a date written as text. */
export function asTime(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? undefined : time;
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** The first text among these members of a record. */
export function firstText(record: JsonRecord | undefined, ...keys: string[]): string | undefined {
  for (const key of keys) {
    const text = record && Object.hasOwn(record, key) ? asText(record[key]) : undefined;
    if (text !== undefined) {
      return text;
    }
  }
  return undefined;
}

/** The members of a record in a few words: texts and numbers as they are, the rest by its size. */
export function shortMembers(record: JsonRecord, most = 100): string {
  let text = '';
  for (const [key, value] of Object.entries(record)) {
    if (text.length > most) {
      break;
    }
    const shown = shortValue(value);
    text += shown === '' ? '' : `${text === '' ? '' : ', '}${key}: ${shown}`;
  }
  return text;
}

function shortValue(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return value.slice(0, 60).trim();
    case 'number':
    case 'boolean':
      return String(value);
    default:
      return Array.isArray(value) ? `[${value.length}]` : asRecord(value) ? '{…}' : '';
  }
}

/** JSON as a person reads it. A value nested deeper than the engine can write is said to be so. */
export function prettyJson(value: unknown): string {
  try {
    // The types say that it is always a string; `undefined` has no JSON.
    const text = JSON.stringify(value, null, 2) as string | undefined;
    return text ?? '';
  } catch {
    return '(too deep to show)';
  }
}

const deepest = 200;

/** Whether two JSON values are equal. Values nested deeper than 200 count as different. */
export function sameJson(a: unknown, b: unknown, depth = 0): boolean {
  if (Object.is(a, b)) {
    return true;
  }
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || depth > deepest) {
    return false;
  }
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => sameJson(item, b[index], depth + 1))
    );
  }
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) {
    return false;
  }
  for (const key of keys) {
    if (!Object.hasOwn(b, key) || !sameJson((a as JsonRecord)[key], (b as JsonRecord)[key], depth + 1)) {
      return false;
    }
  }
  return true;
}

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
