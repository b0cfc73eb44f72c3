import type { OzClient } from '../oz/ozClient';
import type { Schedule } from '../oz/types';
import type { Disposable } from './emitter';
import { PastRuns } from './pastRuns';
import { hasEnded } from './runTime';

type Schedules = ReadonlyMap<string, Schedule>;

/** The past runs of the schedules that somebody looked at; those that are open are read again as soon as they changed. */
export class OpenPastRuns implements Disposable {
  readonly #client: Pick<OzClient, 'listRuns'>;
  readonly #changed: (scheduleId: string) => void;
  readonly #pastRuns = new Map<string, PastRuns>();
  readonly #opened = new Set<string>();
  /** Schedules that have started a run, or tried to, since their past runs were read. */
  readonly #stale = new Set<string>();
  #abort = new AbortController();

  /** @param changed hears of schedules whose past runs are others now, are being read, or could not be read */
  constructor(client: Pick<OzClient, 'listRuns'>, changed: (scheduleId: string) => void) {
    this.#client = client;
    this.#changed = changed;
  }

  /** Undefined until they were asked for. */
  of(scheduleId: string): PastRuns | undefined {
    return this.#pastRuns.get(scheduleId);
  }

  /** The schedule has started a run, or tried to, since its past runs were read. */
  areStale(scheduleId: string): boolean {
    return this.#stale.has(scheduleId);
  }

  /** Somebody has them open: they are read if they never were, and kept fresh. Never rejects. */
  async open(scheduleId: string): Promise<void> {
    this.#opened.add(scheduleId);
    if (!this.#pastRuns.has(scheduleId)) {
      await this.readMore(scheduleId);
    } else if (this.#stale.has(scheduleId)) {
      await this.readNewest(scheduleId);
    }
  }

  /** Nobody has them open any more. */
  close(scheduleId: string): void {
    this.#opened.delete(scheduleId);
  }

  /** Never rejects: `PastRuns` has the problem. */
  async readNewest(scheduleId: string): Promise<void> {
    const past = this.#madeFor(scheduleId);
    if (past.isLoading) {
      return;
    }
    this.#stale.delete(scheduleId);
    const reading = past.readNewest(this.#abort.signal);
    if (this.#opened.has(scheduleId)) {
      await this.#report(scheduleId, reading);
    } else {
      // Nobody sees that it begins.
      await reading;
      this.#changed(scheduleId);
    }
  }

  /** Opens them, and reads older ones, or the newest where there are none. Never rejects: `PastRuns` has the problem. */
  async readMore(scheduleId: string): Promise<void> {
    const past = this.#madeFor(scheduleId);
    this.#opened.add(scheduleId);
    if (!past.isLoading) {
      await this.#report(scheduleId, past.readMore(this.#abort.signal));
    }
  }

  /** The schedules are others now: the runs of those that are gone are forgotten. */
  adopted(before: Schedules, now: Schedules): void {
    for (const id of [...this.#pastRuns.keys(), ...this.#opened]) {
      const [one, then] = [now.get(id), before.get(id)];
      if (!one) {
        this.#pastRuns.delete(id);
        this.#opened.delete(id);
        this.#stale.delete(id);
      } else if (then && startsOf(one) !== startsOf(then)) {
        this.#stale.add(id);
      }
    }
  }

  /** Reads again, one after the other, those that are open, of these schedules or of all. Never rejects. */
  async refresh(changed: ReadonlySet<string>, everything: boolean): Promise<void> {
    const { signal } = this.#abort;
    for (const [id, past] of this.#pastRuns) {
      if (!(everything || changed.has(id)) || past.isLoading || signal.aborted) {
        continue;
      }
      if (this.#opened.has(id)) {
        await this.readNewest(id);
      } else if (past.runs.some((run) => !hasEnded(run.state))) {
        this.#stale.add(id);
      }
    }
  }

  /** Another account's: everything is forgotten, and answers under way are ignored. */
  reset(): void {
    this.#abort.abort();
    this.#abort = new AbortController();
    this.#pastRuns.clear();
    this.#opened.clear();
    this.#stale.clear();
  }

  dispose(): void {
    this.#abort.abort();
  }

  #madeFor(scheduleId: string): PastRuns {
    const past = this.#pastRuns.get(scheduleId) ?? new PastRuns(this.#client, scheduleId);
    this.#pastRuns.set(scheduleId, past);
    return past;
  }

  /** Tells when reading begins and when it is done. */
  async #report(scheduleId: string, reading: Promise<void>): Promise<void> {
    this.#changed(scheduleId);
    await reading;
    this.#changed(scheduleId);
  }
}

/** What each start of a run moves. */
function startsOf({ history }: Schedule): string {
  return JSON.stringify([history?.next_run, history?.last_ran]);
}
