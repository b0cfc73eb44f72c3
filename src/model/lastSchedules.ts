import { asList, asNumber, asRecord } from '../oz/json';
import type { Memento } from './memento';

const storageKey = 'agentRuns.schedules.last';

/**
 * What any window of this machine, maybe in an earlier session, learned last of the schedules that are not paused: ids and
 * times, nothing else.
 */
export class LastSchedules {
  readonly #memento: Memento;

  /** @param memento of all windows: it is asked each time, since another window may have learned more */
  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** When they were read, in milliseconds since 1970; undefined before anybody has looked at them. */
  get readAt(): number | undefined {
    return asNumber(this.#stored.readAt);
  }

  /** When it was last looked in the background for what broke, in milliseconds since 1970. */
  get watchedAt(): number | undefined {
    return asNumber(this.#stored.watchedAt);
  }

  /** Until when their failed runs are known, in milliseconds since 1970. */
  get failedRunsReadAt(): number | undefined {
    return asNumber(this.#stored.failedRunsReadAt);
  }

  /** Whether each of them could not start its last run. */
  get fails(): ReadonlyMap<string, boolean> {
    const { well, failing } = this.#stored;
    const each = (ids: unknown, fails: boolean): [string, boolean][] =>
      asList(ids).flatMap((id): [string, boolean][] => (typeof id === 'string' ? [[id, fails]] : []));
    return new Map([...each(well, false), ...each(failing, true)]);
  }

  /** @param readAt milliseconds since 1970 */
  note(readAt: number, fails: ReadonlyMap<string, boolean>): void {
    const ids = (which: boolean): string[] =>
      [...fails].flatMap(([id, isFailing]) => (isFailing === which ? [id] : []));
    this.#store({ readAt, well: ids(false), failing: ids(true) });
  }

  /**
   * @param watchedAt milliseconds since 1970
   * @param failedRunsReadAt the same of the last one of their failed runs that is known, where these were asked for
   */
  noteWatch(watchedAt: number, failedRunsReadAt?: number): void {
    this.#store({ watchedAt, ...(failedRunsReadAt !== undefined && { failedRunsReadAt }) });
  }

  /** Another key or base URL: another account's schedules. */
  forget(): void {
    void this.#memento.update(storageKey, undefined);
  }

  get #stored(): Record<string, unknown> {
    return asRecord(this.#memento.get(storageKey)) ?? {};
  }

  #store(members: Record<string, unknown>): void {
    void this.#memento.update(storageKey, { ...this.#stored, ...members });
  }
}
