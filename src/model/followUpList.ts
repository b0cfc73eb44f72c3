import { asList } from '../oz/json';
import { Emitter } from './emitter';
import { type FollowUp, followUpIn } from './followUp';
import type { Memento } from './memento';

const storageKey = 'agentRuns.followUps';
const foundKey = 'agentRuns.followUps.found';
/** Messages that are remembered: they matter for minutes. */
const mostFound = 100;

/** Whether any is stored that was not sent. */
export function hasUnsent(memento: Memento): boolean {
  return asList(memento.get(storageKey)).some((value) => !['sent', undefined].includes(followUpIn(value)?.state));
}

/** The follow-ups of a workspace in the order in which they were written. Each change is stored at once. */
export class FollowUpList {
  readonly #memento: Memento;
  readonly #changed = new Emitter<string>();
  #lastId = 0;
  /** What is being stored, or could not be: this window goes on with it. */
  #unstored: readonly FollowUp[] | undefined;

  /** The id of a run whose follow-ups changed. */
  readonly onDidChange = this.#changed.event;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** Read anew each time: another window of the workspace may have written. */
  all(): FollowUp[] {
    return this.#unstored?.slice() ?? asList(this.#memento.get(storageKey)).flatMap((value) => followUpIn(value) ?? []);
  }

  of(runId: string): FollowUp[] {
    return this.all().filter((one) => one.runId === runId);
  }

  find(id: number): FollowUp | undefined {
    return this.all().find((one) => one.id === id);
  }

  /** An id that none has had. @param now milliseconds since 1970 */
  newId(now: number): number {
    this.#lastId = Math.max(Math.floor(now), 1 + Math.max(this.#lastId, ...this.all().map(({ id }) => id)));
    return this.#lastId;
  }

  add(one: FollowUp): void {
    void this.#write([...this.all(), one]);
    this.#changed.fire(one.runId);
  }

  /** True when it is stored. One that is gone stays so. */
  change(id: number, change: Partial<FollowUp>): Promise<boolean> {
    return this.update((one) => (one.id === id ? { ...one, ...change } : one));
  }

  /** Puts what `change` answers in the place of each; undefined takes it out. True when that is stored; never rejects. */
  async update(change: (one: FollowUp) => FollowUp | undefined): Promise<boolean> {
    const before = this.all();
    const after = before.map(change);
    const runs = new Set(before.flatMap((one, index) => (one === after[index] ? [] : [one.runId])));
    if (runs.size === 0) {
      return true;
    }
    const written = this.#write(after.filter((one) => one !== undefined));
    for (const runId of runs) {
      this.#changed.fire(runId);
    }
    return written;
  }

  /** Messages of a run that follow-ups were found to be: none of them is another one. */
  found(runId: string): ReadonlySet<string> {
    return new Set(this.#allFound().flatMap(([run, id]) => (run === runId && id !== undefined ? [id] : [])));
  }

  noteFound(runId: string, ids: readonly string[]): void {
    if (ids.length > 0) {
      const all = [...this.#allFound(), ...ids.map((id) => [runId, id])];
      void Promise.resolve(this.#memento.update(foundKey, all.slice(-mostFound))).catch(() => undefined);
    }
  }

  #allFound(): string[][] {
    return asList(this.#memento.get(foundKey)).map((pair) => asList(pair).filter((part) => typeof part === 'string'));
  }

  /** Lets those who listen look again. */
  touch(runId: string): void {
    this.#changed.fire(runId);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  async #write(list: readonly FollowUp[]): Promise<boolean> {
    this.#unstored = list;
    try {
      await this.#memento.update(storageKey, list.length > 0 ? list : undefined);
    } catch {
      return false;
    }
    if (this.#unstored === list) {
      this.#unstored = undefined;
    }
    return true;
  }
}
