/** Reads values that nobody promised the shape of: of JSON, of another version's making, of a command's. Nothing here throws. */
export type JsonRecord = Partial<Record<string, unknown>>;

/** The value that the text is in JSON; undefined where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The object's own member of that name; undefined of anything else. */
export function memberOf(value: unknown, name: string): unknown {
  const record: JsonRecord = typeof value === 'object' && value !== null ? value : {};
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

export function asRecord(value: unknown): JsonRecord | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
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
    const text = asText(memberOf(record, key));
    if (text !== undefined) {
      return text;
    }
  }
  return undefined;
}
