import { asRecord, type JsonRecord } from '../oz/json';

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
