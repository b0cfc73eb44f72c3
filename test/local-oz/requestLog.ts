/** A request that the local Oz got, and how it was answered. */
export interface LogEntry {
  at: number;
  method: string;
  path: string;
  query: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  /** Undefined while there is no answer, or when none was given. */
  status?: number;
  /** The fault that was applied. */
  fault?: string;
}

/** A request or an answer that breaks openapi.yaml, or a secret that went where it must not. */
export interface Violation {
  kind: 'request' | 'answer' | 'storage';
  method: string;
  path: string;
  detail: string;
}

const LIMIT = 10_000;

export class RequestLog {
  readonly entries: LogEntry[] = [];
  violations: Violation[] = [];

  add(entry: LogEntry): LogEntry {
    if (this.entries.length >= LIMIT) this.entries.shift();
    this.entries.push(entry);
    return entry;
  }

  violate(violation: Violation): void {
    this.violations.push(violation);
  }

  /** Throws when there was a violation. */
  assertNoViolations(): void {
    if (!this.violations.length) return;
    const lines = this.violations.map(({ kind, method, path, detail }) => `${kind} ${method} ${path}: ${detail}`);
    throw new Error(`openapi.yaml was broken:\n${lines.join('\n')}`);
  }
}
