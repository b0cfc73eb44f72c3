import type { Disposable } from '../model/emitter';
import type { LastSchedules } from '../model/lastSchedules';
import type { RunStore } from '../model/runStore';
import type { ScheduleStore } from '../model/scheduleStore';
import { ScheduleWatch } from '../model/scheduleWatch';
import { SpawnNews } from '../model/spawnNews';
import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import type { Run, Schedule } from '../oz/types';
import type { Log } from '../platform/log';
import { windowFocus } from '../platform/windowFocus';
import { notificationRule, showSpawnNews } from './notifications';

export interface ScheduleAttentionDeps {
  client: Pick<OzClient, 'listRuns' | 'serverNow'>;
  store: ScheduleStore;
  last: LastSchedules;
  runs: Pick<RunStore, 'putHistory'>;
  clock: Clock;
  /** Undefined while nobody knows who the person is. */
  isMine: (schedule: Schedule) => boolean | undefined;
  /** A person has the schedule's row before their eyes. */
  isLookedAt: (scheduleId: string) => boolean;
  /** True for the first window of this machine that claims the name, which can be any text. */
  claim: (name: string) => Promise<boolean>;
  /** Tells of failed runs that were looked for. */
  tellFailed: (runs: readonly Run[]) => void;
  log: Pick<Log, 'error'>;
}

/** Notifications of schedules that begin to fail, wherever the person looks. */
export class ScheduleAttention implements Disposable {
  readonly #news: SpawnNews;
  readonly #watch: ScheduleWatch;
  readonly #focus: Disposable;

  constructor({ client, store, last, runs, clock, isMine, isLookedAt, claim, tellFailed, log }: ScheduleAttentionDeps) {
    const isFocused = (): boolean => windowFocus.isFocused;
    const rule = notificationRule;
    const news = new SpawnNews({ store, last, clock, rule, isMine, isLookedAt, isFocused, claim });
    this.#news = news;
    news.onNews((schedules) => {
      showSpawnNews(schedules, log);
    });
    const isOn = (): boolean => rule() !== 'off';
    const isWanted = (schedule: Schedule): boolean => news.isWanted(schedule);
    this.#watch = new ScheduleWatch({ client, store, last, runs, clock, isOn, isWanted, claim, tellFailed });
    this.#watch.setFocused(isFocused());
    this.#focus = windowFocus.onDidChange((focused) => {
      this.#watch.setFocused(focused);
    });
  }

  dispose(): void {
    this.#focus.dispose();
    this.#watch.dispose();
    this.#news.dispose();
  }
}
