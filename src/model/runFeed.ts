import { asRecord, parsed } from '../oz/json';
import type { Run } from '../oz/types';
import type { Disposable } from './emitter';
import type { ReadSpan } from './runPages';
import type { RunStore } from './runStore';
import { timeOf } from './serviceTime';

/** At most this many runs and characters: it is written again whenever a run changed. */
const maxRuns = 200;
const maxLength = 4_000_000;

/** A text that is nothing but a link with a query, and one whose query opens it for everybody. */
const linkWithQuery = /^https?:\/\/[^\s?]*\?\S*$/i;
const signedLink = /^https?:\/\/\S*[?&](?:x-amz-|x-goog-|sig(?:nature)?=|token=)/i;
/** Members whose links lead to pages, or that hold what people wrote. */
const openMembers = new Set(['url', 'trigger_url', 'title', 'prompt', 'submitted_prompt', 'message']);

/** What a feed begins with. */
interface FeedHead extends ReadSpan {
  readonly format: 1;
  readonly version: string;
}

/**
 * The newest runs as text that the windows of a machine hand each other: a line about the whole, then one for each run. Only
 * lines that were not in the one before are news, so that an old copy does not come back with every new feed. Links that are
 * as good as a key are left out, as they are never stored; who read such a run from the service keeps that copy.
 */
export class RunFeed implements Disposable {
  readonly #store: Pick<RunStore, 'all' | 'get' | 'head' | 'adoptHead' | 'onDidChange'>;
  readonly #subscription: Disposable;
  /** Each run's line, made once. */
  readonly #texts = new WeakMap<Run, string>();
  /** The runs that may be in the feed: those that were, and those that changed since. */
  #candidates: Set<string>;
  /** What changed before is not among them any more: the service's time in milliseconds. */
  #since = 0;
  /** The feed last written or taken. */
  #head: FeedHead | undefined;
  #lines = new Set<string>();
  #generation = 0;

  constructor(store: Pick<RunStore, 'all' | 'get' | 'head' | 'adoptHead' | 'onDidChange'>) {
    this.#store = store;
    this.#candidates = new Set([...store.all()].map((run) => run.run_id));
    this.#subscription = store.onDidChange(({ ids, structural }) => {
      if (structural && ids.size === 0) {
        this.#forget();
      }
      for (const id of ids) {
        this.#candidates.add(id);
      }
    });
  }

  /** Another number once everything was forgotten: what was under way is about another account. */
  get generation(): number {
    return this.#generation;
  }

  /** The feed to write, unless the one of this version says the same, or nothing was read yet. */
  next(version: string | undefined): { version: string; text: string } | undefined {
    const head = this.#store.head;
    if (!head) {
      return undefined;
    }
    const lines = this.#newest(head.since);
    const since = Math.max(head.since, this.#since);
    const isSame =
      this.has(version) &&
      this.#head?.since === since &&
      this.#head.covered === head.covered &&
      lines.length === this.#lines.size &&
      lines.every((line) => this.#lines.has(line));
    if (isSame) {
      return undefined;
    }
    this.#head = { format: 1, version: crypto.randomUUID(), since, covered: head.covered };
    this.#lines = new Set(lines);
    return { version: this.#head.version, text: [JSON.stringify(this.#head), ...lines].join('\n') };
  }

  /** The feed of this version is the last one written or taken. */
  has(version: string | undefined): boolean {
    return version !== undefined && this.#head?.version === version;
  }

  /** Takes in the runs of a feed. False for a text that is none. */
  take(text: string): boolean {
    const [first = '', ...lines] = text.split('\n');
    const head = headIn(first);
    const news = lines.filter((line) => !this.#lines.has(line));
    const runs = news.flatMap((line) => runIn(line) ?? []);
    if (!head || runs.length < news.length) {
      return false;
    }
    for (const [index, run] of runs.entries()) {
      this.#texts.set(run, news[index] ?? '');
    }
    this.#head = head;
    this.#lines = new Set(lines);
    const unknown = runs.filter((run) => {
      const known = this.#store.get(run.run_id);
      return !known || this.#lineOf(known) !== this.#texts.get(run);
    });
    this.#store.adoptHead(unknown, { ...head, lastHead: 0 });
    return true;
  }

  /**
   * Whether the last feed and what was read here leave no gap: then the list needs no reading. `lastHead`: when the newest
   * runs were last read in full for it (ms since 1970 of this machine).
   */
  joins(lastHead: number): boolean {
    return this.#head !== undefined && this.#store.adoptHead([], { ...this.#head, lastHead });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  #forget(): void {
    this.#generation += 1;
    this.#candidates = new Set();
    this.#since = 0;
    this.#head = undefined;
    this.#lines = new Set();
  }

  /** The lines of the runs that changed since then, the newest first, as many as there is room for. */
  #newest(since: number): string[] {
    const from = Math.max(since, this.#since);
    const runs = [...this.#candidates]
      .flatMap((id) => this.#store.get(id) ?? [])
      .map((run) => ({ run, time: timeOf(run.updated_at) }))
      .filter(({ time }) => time >= from)
      .sort((a, b) => b.time - a.time);
    const lines: string[] = [];
    let length = 0;
    for (const { run, time } of runs) {
      const line = this.#lineOf(run);
      length += line.length;
      if (lines.length === maxRuns || length > maxLength) {
        this.#since = time + 1;
        break;
      }
      lines.push(line);
    }
    this.#candidates = new Set(runs.slice(0, lines.length).map(({ run }) => run.run_id));
    return lines;
  }

  #lineOf(run: Run): string {
    const text = this.#texts.get(run) ?? JSON.stringify(run, withoutSecretLinks);
    this.#texts.set(run, text);
    return text;
  }
}

/** For `JSON.stringify`. */
function withoutSecretLinks(member: string, value: unknown): unknown {
  const secret = openMembers.has(member) ? signedLink : linkWithQuery;
  return typeof value === 'string' && member !== 'session_link' && secret.test(value) ? '' : value;
}

function headIn(line: string): FeedHead | undefined {
  const head = asRecord(parsed(line)) as Partial<FeedHead> | undefined;
  return head?.format === 1 &&
    typeof head.version === 'string' &&
    Number.isFinite(head.since) &&
    Number.isFinite(head.covered)
    ? (head as FeedHead)
    : undefined;
}

function runIn(line: string): Run | undefined {
  const run = asRecord(parsed(line)) as Partial<Run> | undefined;
  return typeof run?.run_id === 'string' && typeof run.state === 'string' ? (run as Run) : undefined;
}
