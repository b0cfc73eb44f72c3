import type { Clock } from '../oz/clock';
import type { Schedule } from '../oz/types';
import { type Disposable, Emitter } from './emitter';
import type { NotificationRule } from './runNews';
import type { ScheduleStore } from './scheduleStore';

export interface SpawnNewsDeps {
  store: Pick<ScheduleStore, 'ids' | 'get' | 'onDidChange'>;
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

/**
 * Schedules that cannot start their runs any more: there is no run that could tell. Each is told once, by one window of the
 * machine, when it was known to be well before; nothing is read for it.
 */
export class SpawnNews implements Disposable {
  readonly #deps: SpawnNewsDeps;
  readonly #told = new Emitter<readonly Schedule[]>();
  readonly #subscription: Disposable;
  /** Of the schedules known: whether they could start their last run. */
  readonly #fails = new Map<string, boolean>();
  readonly #claimed = new Set<string>();
  readonly #timers = new Set<() => void>();
  #isTelling = false;

  /** News to tell now, several as one. */
  readonly onNews = this.#told.event;

  constructor(deps: SpawnNewsDeps) {
    this.#deps = deps;
    this.#note(deps.store.ids());
    this.#subscription = deps.store.onDidChange(({ ids, structural }) => {
      if (structural) {
        this.#forgetMissing();
      }
      this.#note(ids);
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const cancel of this.#timers) {
      cancel();
    }
    this.#told.dispose();
  }

  #note(ids: Iterable<string>): void {
    for (const id of ids) {
      const schedule = this.#deps.store.get(id);
      if (!schedule) {
        continue;
      }
      const fails = Boolean(schedule.last_spawn_error);
      if (fails && this.#fails.get(id) === false && this.#isWanted(schedule)) {
        this.#after(this.#deps.isFocused() ? 0 : modesty, () => {
          void this.#take(schedule);
        });
      }
      this.#fails.set(id, fails);
    }
  }

  async #take(schedule: Schedule): Promise<void> {
    // The last run that could be started tells one time of trouble from the next.
    const name = [schedule.id, 'spawn', schedule.history?.last_ran ?? '', schedule.last_spawn_error].join(' ');
    // Where windows cannot agree, told twice is better than never.
    const isOurs = await this.#deps.claim(name).catch(() => true);
    if (!isOurs) {
      return;
    }
    this.#claimed.add(schedule.id);
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
      return schedule?.last_spawn_error && this.#isWanted(schedule) ? [schedule] : [];
    });
    this.#claimed.clear();
    if (news.length > 0) {
      this.#told.fire(news);
    }
  }

  #isWanted(schedule: Schedule): boolean {
    const { rule, isMine, isFocused, isLookedAt } = this.#deps;
    const isSeen = isFocused() && isLookedAt(schedule.id);
    return schedule.enabled && !isSeen && (rule() === 'all' || (rule() !== 'off' && isMine(schedule)));
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
