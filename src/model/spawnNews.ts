import type { Clock } from '../oz/clock';
import type { Schedule } from '../oz/types';
import type { Disposable, Event } from './emitter';
import { GatheredNews } from './gatheredNews';
import type { LastSchedules } from './lastSchedules';
import type { NotificationRule } from './runNews';
import type { ScheduleStore } from './scheduleStore';

export interface SpawnNewsDeps {
  store: Pick<ScheduleStore, 'ids' | 'get' | 'status' | 'lastGood' | 'onDidChange' | 'onDidChangeStatus'>;
  /** What any window knew last. */
  last: LastSchedules;
  clock: Clock;
  rule: () => NotificationRule;
  isMine: (schedule: Schedule) => boolean;
  /** A person has the schedule's row before their eyes. */
  isLookedAt: (scheduleId: string) => boolean;
  /** Whether a person works in this window. */
  isFocused: () => boolean;
  /** True for the first window of this machine that claims the name, which can be any text. */
  claim: (name: string) => Promise<boolean>;
}

/** Milliseconds: what another window read so much later than this one is better known there. */
const outdated = 5 * 60_000;

/**
 * Schedules that cannot start their runs any more: there is no run that could tell. Each is told once, by one window of the
 * machine, when it was known to be well before, here or in an earlier session.
 */
export class SpawnNews implements Disposable {
  readonly #deps: SpawnNewsDeps;
  readonly #gathered: GatheredNews<Schedule>;
  readonly #subscriptions: Disposable[];
  /** Of the schedules known that are not paused: whether they could not start their last run. */
  #fails = new Map<string, boolean>();
  /** When they were read, in milliseconds since 1970. */
  #readAt = -Infinity;

  /** News to tell now, several as one. */
  readonly onNews: Event<readonly Schedule[]>;

  constructor(deps: SpawnNewsDeps) {
    this.#deps = deps;
    const { store, clock, isFocused, claim } = deps;
    this.#gathered = new GatheredNews({ clock, isFocused, claim, pause: 0, now: (id) => this.#now(id) });
    this.onNews = this.#gathered.onNews;
    this.#subscriptions = [
      store.onDidChange(({ ids, structural }) => {
        this.#catchUp();
        if (structural) {
          this.#forgetMissing();
        }
        this.#note(ids);
      }),
      store.onDidChangeStatus(() => {
        this.#noteReading();
      }),
    ];
  }

  /** Whether it would be told if this schedule could not start its runs. */
  isWanted(schedule: Schedule): boolean {
    const { rule, isMine } = this.#deps;
    return schedule.enabled && (rule() === 'all' || (rule() !== 'off' && isMine(schedule)));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.#gathered.dispose();
  }

  #note(ids: Iterable<string>): void {
    for (const id of ids) {
      const schedule = this.#deps.store.get(id);
      if (!schedule?.enabled) {
        this.#fails.delete(id);
        continue;
      }
      const fails = Boolean(schedule.last_spawn_error);
      if (fails && this.#fails.get(id) === false && this.isWanted(schedule) && !this.#isSeen(id)) {
        this.#gathered.takeSoon(id, () => this.#take(schedule));
      }
      this.#fails.set(id, fails);
    }
  }

  /** The other windows shall not take for news what was known here, nor a later session. */
  #noteReading(): void {
    const { store, last } = this.#deps;
    if (store.status.kind === 'starting') {
      this.#readAt = -Infinity;
      this.#gathered.reset();
      last.forget();
    } else if (store.status.kind === 'ready' && store.lastGood !== undefined) {
      this.#readAt = store.lastGood;
      last.note(store.lastGood, this.#fails);
    }
  }

  #catchUp(): void {
    const { readAt, fails } = this.#deps.last;
    if (readAt !== undefined && readAt - this.#readAt > outdated) {
      this.#fails = new Map(fails);
      this.#readAt = readAt;
    }
  }

  async #take(schedule: Schedule): Promise<Schedule | undefined> {
    const { id, history, cron_schedule: cron, prompt, agent_config: config } = schedule;
    // The last run that could be started tells one time of trouble from the next, as does an attempt to mend it.
    const name = JSON.stringify([id, 'spawn', history?.last_ran, cron, prompt, config]);
    return (await this.#gathered.isFirstTo(name)) ? schedule : undefined;
  }

  #now(id: string): Schedule | undefined {
    const schedule = this.#deps.store.get(id);
    return schedule?.last_spawn_error && this.isWanted(schedule) && !this.#isSeen(id) ? schedule : undefined;
  }

  #isSeen(id: string): boolean {
    const { isFocused, isLookedAt } = this.#deps;
    return isFocused() && isLookedAt(id);
  }

  /** Another account's schedules are other ones. */
  #forgetMissing(): void {
    for (const id of this.#fails.keys()) {
      if (!this.#deps.store.get(id)) {
        this.#fails.delete(id);
      }
    }
  }
}
