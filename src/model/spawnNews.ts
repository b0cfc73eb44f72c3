import type { Clock } from '../oz/clock';
import type { Schedule } from '../oz/types';
import { type Disposable, Emitter } from './emitter';
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

/** Milliseconds: what comes in one reading is told together. */
const gathering = 2000;
/** Milliseconds that the windows nobody works in leave to the one in which somebody does. */
const modesty = 3000;
/** Milliseconds: what another window read so much later than this one is better known there. */
const outdated = 5 * 60_000;

/**
 * Schedules that cannot start their runs any more: there is no run that could tell. Each is told once, by one window of the
 * machine, when it was known to be well before, here or in an earlier session.
 */
export class SpawnNews implements Disposable {
  readonly #deps: SpawnNewsDeps;
  readonly #told = new Emitter<readonly Schedule[]>();
  readonly #subscriptions: Disposable[];
  /** Of the schedules known that are not paused: whether they could not start their last run. */
  #fails = new Map<string, boolean>();
  /** When they were read, in milliseconds since 1970. */
  #readAt = -Infinity;
  readonly #claimed = new Set<string>();
  readonly #timers = new Set<() => void>();
  #isTelling = false;
  #isDisposed = false;

  /** News to tell now, several as one. */
  readonly onNews = this.#told.event;

  constructor(deps: SpawnNewsDeps) {
    this.#deps = deps;
    const { store } = deps;
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
    this.#isDisposed = true;
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    for (const cancel of this.#timers) {
      cancel();
    }
    this.#told.dispose();
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
        this.#after(this.#deps.isFocused() ? 0 : modesty, () => {
          void this.#take(schedule);
        });
      }
      this.#fails.set(id, fails);
    }
  }

  /** The other windows shall not take for news what was known here, nor a later session. */
  #noteReading(): void {
    const { store, last } = this.#deps;
    if (store.status.kind === 'starting') {
      this.#readAt = -Infinity;
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

  async #take(schedule: Schedule): Promise<void> {
    const { id, history, cron_schedule: cron, prompt, agent_config: config } = schedule;
    // The last run that could be started tells one time of trouble from the next, as does an attempt to mend it.
    const name = JSON.stringify([id, 'spawn', history?.last_ran, cron, prompt, config]);
    // Where windows cannot agree, told twice is better than never.
    const isOurs = await this.#deps.claim(name).catch(() => true);
    if (!isOurs || this.#isDisposed) {
      return;
    }
    this.#claimed.add(id);
    if (!this.#isTelling) {
      this.#isTelling = true;
      this.#after(gathering, () => {
        this.#isTelling = false;
        this.#tell();
      });
    }
  }

  #tell(): void {
    const news = [...this.#claimed].flatMap((id) => {
      const schedule = this.#deps.store.get(id);
      return schedule?.last_spawn_error && this.isWanted(schedule) && !this.#isSeen(id) ? [schedule] : [];
    });
    this.#claimed.clear();
    if (news.length > 0) {
      this.#told.fire(news);
    }
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

  #after(ms: number, callback: () => void): void {
    const cancel = this.#deps.clock.after(ms, () => {
      this.#timers.delete(cancel);
      callback();
    });
    this.#timers.add(cancel);
  }
}
