/** What can go wrong on purpose. All of it comes after the request was checked against openapi.yaml. */
export interface Fault {
  fault:
    | 'status' // answers `status` (500) with a problem, or in the gateway's plain form
    | 'externalAuth' // 401 although the key is good: GitHub has to be connected, `auth_url` says where
    | 'html' // answers 200 with a page, as a captive portal does
    | 'latency' // waits `ms` of real time before anything is done
    | 'reset' // the connection breaks before anything is done
    | 'stall' // headers, then nothing until the connection is closed
    | 'truncate' // half of the body, then the connection breaks
    | 'malformedJson' // 200 with JSON that ends too early
    | 'commitThenDrop' // the request is carried out, and its answer is never sent
    | 'newerService' // the answer of a service that knows more kinds, states and members
    | 'hiddenSecrets'; // the answer of a service that shows no value of an MCP server's environment or headers
  /** A path below the base path, `*` for any characters: `/agent/runs`, `/agent/runs/*`, `/objects/*`. All when left out. */
  path?: string;
  method?: string;
  /** How many requests it applies to; all when left out. */
  count?: number;
  status?: number;
  /** The Retry-After header: seconds or a date. */
  retryAfter?: string;
  /** The gateway's own form: `{"error": …}`, without a problem's members. */
  plain?: boolean;
  ms?: number;
}

export const FAULTS: readonly Fault['fault'][] = [
  'status',
  'externalAuth',
  'html',
  'latency',
  'reset',
  'stall',
  'truncate',
  'malformedJson',
  'commitThenDrop',
  'newerService',
  'hiddenSecrets',
];

interface Rule {
  fault: Fault;
  pattern: RegExp;
  left: number;
}

/** The faults that are switched on. */
export class Faults {
  #rules: Rule[] = [];

  /** Switches a fault on; the returned function switches it off. */
  add(fault: Fault): () => void {
    const pattern = new RegExp(`^${(fault.path ?? '*').split('*').map(escapeRegExp).join('.*')}$`);
    const rule = { fault, pattern, left: fault.count ?? Infinity };
    this.#rules.push(rule);
    return () => {
      this.#rules = this.#rules.filter((one) => one !== rule);
    };
  }

  clear(): void {
    this.#rules = [];
  }

  /** The delay and the first other fault for a request, counted as used. */
  take(method: string, path: string): { ms: number; fault?: Fault } {
    let ms = 0;
    let found: Fault | undefined;
    for (const rule of this.#rules) {
      const { fault } = rule;
      const isFor = rule.left > 0 && (fault.method ?? method) === method && rule.pattern.test(path);
      if (!isFor || (found && fault.fault !== 'latency')) continue;
      rule.left--;
      if (fault.fault === 'latency') ms += fault.ms ?? 0;
      else found = fault;
    }
    return { ms, ...(found && { fault: found }) };
  }
}

const escapeRegExp = (text: string): string => text.replaceAll(/[\\^$.|?+()[\]{}]/g, '\\$&');
