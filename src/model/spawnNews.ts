import type { Clock } from '../oz/clock';
import type { Schedule } from '../oz/types';
import type { Disposable, Event } from './emitter';
import { GatheredNews } from './gatheredNews';
import type { LastSchedules } from './lastSchedules';
import type { NotificationRule } from './runNews';
import type { ScheduleStore } from './scheduleStore';

export interface SpawnNewsDeps {
  store: Pick<ScheduleStore, 'all' | 'get' | 'status' | 'lastGood' | 'onDidChangeStatus'>;
  /** What any window knew last. */
  last: LastSchedules;
  clock: Clock;
  rule: () => NotificationRule;
  /** Undefined while nobody knows who the person is. */
  isMine: (schedule: Schedule) => boolean | undefined;
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
  readonly #subscription: Disposable;
  /** Of the schedules read that are not paused: whether they could not start their last run, and that need not be told. */
  #fails: ReadonlyMap<string, boolean> = new Map();
  /** When they were read, in milliseconds since 1970. */
  #readAt = -Infinity;

  /** News to tell now, several as one. */
  readonly onNews: Event<readonly Schedule[]>;

  constructor(deps: SpawnNewsDeps) {
    this.#deps = deps;
    const { store, clock, isFocused, claim } = deps;
    this.#gathered = new GatheredNews({ clock, isFocused, claim, pause: 0, now: (id) => this.#now(id) });
    this.onNews = this.#gathered.onNews;
    this.#subscription = store.onDidChangeStatus(() => {
      this.#noteReading();
    });
  }

  /** Whether it would be told if this schedule could not start its runs. */
  isWanted(schedule: Schedule): boolean {
    return this.#isWanted(schedule) === true;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#gathered.dispose();
  }

  /** Whether it fails and that need not be told any more: it was known, or it is told now, or nobody wants to hear of it. */
  #note(schedule: Schedule): boolean {
    const { id, last_spawn_error: error } = schedule;
    if (!error || this.#fails.get(id) !== false) {
      return Boolean(error);
    }
    const isWanted = this.#isWanted(schedule);
    if (isWanted && !this.#isSeen(id)) {
      this.#gathered.takeSoon(id, () => this.#take(schedule));
    }
    // It may be the person's own, once that one is known.
    return isWanted !== undefined;
  }

  /** The other windows shall not take for news what was known here, nor a later session. */
  #noteReading(): void {
    const { store, last } = this.#deps;
    if (store.status.kind === 'starting') {
      this.#readAt = -Infinity;
      this.#fails = new Map();
      this.#gathered.reset();
      last.forget();
    } else if (store.status.kind === 'ready' && store.lastGood !== undefined) {
      this.#catchUp();
      const running = store.all().filter(({ enabled }) => enabled);
      this.#fails = new Map(running.map((schedule) => [schedule.id, this.#note(schedule)]));
      this.#readAt = store.lastGood;
      last.note(store.lastGood, this.#fails);
    }
  }

  #catchUp(): void {
    const { readAt, fails } = this.#deps.last;
    if (readAt !== undefined && readAt - this.#readAt > outdated) {
      this.#fails = fails;
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

  /** Undefined while nobody knows whether it is the person's. */
  #isWanted(schedule: Schedule): boolean | undefined {
    const { rule, isMine } = this.#deps;
    switch (rule()) {
      case 'off':
        return false;
      case 'all':
        return schedule.enabled;
      case 'mine':
      case 'needsYou':
        return schedule.enabled && isMine(schedule);
    }
  }
}
