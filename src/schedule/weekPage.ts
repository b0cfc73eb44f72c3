import { type Disposable, disposeAll } from '../model/emitter';
import { FreshSchedules, type WindowFocus } from '../model/freshSchedules';
import { problemIn } from '../model/loadStatus';
import type { PersonsZone } from '../model/personsZone';
import type { ScheduleHealths } from '../model/scheduleHealths';
import type { Memento } from '../model/memento';
import type { Clock } from '../oz/clock';
import { type PageFiles, pageShell } from '../platform/pageShell';
import { commonCommands } from './actCommands';
import type { PageHost, PanelPage, SchedulesRead } from './pageHost';
import type { PageStart, WeekView, WeekWords } from './protocol';
import { readFromPage } from './readFromPage';
import type { ScheduleWords } from './scheduleWords';
import { unreadBar } from './unreadBar';
import { alertOf, weekView, type WeekParts } from './weekView';

export interface WeekPageDeps {
  host: PageHost;
  clock: Clock;
  store: SchedulesRead;
  healths: Pick<ScheduleHealths, 'of'>;
  /** Remembers whether paused schedules are shown. */
  memento: Memento;
  words: ScheduleWords;
  zone: PersonsZone;
  focus: WindowFocus;
}

type Week = ReturnType<typeof weekView>;

const pausedKey = 'agentRuns.schedule.weekHidesPaused';

/** The host's half of the week: when which schedules run, so that it is seen where they meet. */
export class WeekPage implements PanelPage {
  readonly #fresh: FreshSchedules;
  readonly #subscriptions: Disposable[];
  /** The page names a schedule by its place here, which it keeps. */
  readonly #items: string[] = [];
  /** Worked out once for a minute, a zone and what the schedules are. */
  #week: { of: readonly unknown[]; view: Week } | undefined;
  /** What the page shows. */
  #posted: WeekView | undefined;

  constructor(private readonly deps: WeekPageDeps) {
    const { host, clock, store, words, zone, focus } = deps;
    const show = (): void => {
      this.#show();
    };
    this.#fresh = new FreshSchedules(store, clock, focus, show);
    this.#subscriptions = [store.onDidChange(show), store.onDidChangeStatus(show), zone.onDidChange(show)];
    host.setTitle(words.t('Week of Schedules'));
  }

  html(files: PageFiles, nonce: string): string {
    const { words } = this.deps;
    const start: PageStart = { kind: 'week', about: { week: true }, words: weekWords(words), view: this.#view() };
    return pageShell({ title: start.words.title, start, body: '<div id="page"></div>' }, files, nonce);
  }

  setVisible(visible: boolean): void {
    this.#fresh.setVisible(visible);
  }

  receive(value: unknown): void {
    const { host, store, memento, zone } = this.deps;
    const message = readFromPage(value);
    switch (message?.type) {
      case 'ready':
        zone.note(message.zone);
        host.loading.ready();
        this.#posted = undefined;
        this.#show();
        return;
      case 'open': {
        const scheduleId = this.#items[message.item];
        if (scheduleId !== undefined) {
          host.attempt(() => host.execute('agentRuns.editSchedule', { scheduleId }));
        }
        return;
      }
      case 'showPaused':
        void memento.update(pausedKey, message.value ? undefined : true);
        this.#show();
        return;
      case 'act': {
        const command = commonCommands[message.name];
        if (message.name === 'reload') {
          host.attempt(() => store.refresh({ isAsked: true }));
        } else if (command !== undefined) {
          host.attempt(() => host.execute(command));
        }
        return;
      }
      default:
        // Of a form.
        return;
    }
  }

  dispose(): void {
    this.#fresh.dispose();
    disposeAll(this.#subscriptions);
  }

  /** The schedules say that they changed for each of their past runs too, which are none of this. */
  #show(): void {
    if (!this.deps.host.loading.isReady) {
      return;
    }
    const view = this.#view();
    const { isBusy, bars, days } = this.#posted ?? {};
    if (view.days !== days || view.isBusy !== isBusy || JSON.stringify(view.bars) !== JSON.stringify(bars)) {
      this.#posted = view;
      this.deps.host.post({ type: 'week', view });
    }
  }

  #view(): WeekView {
    const { store, words } = this.deps;
    const problem = problemIn(store.status);
    return {
      ...this.#weekNow(),
      isBusy: store.status.kind === 'starting' || store.status.kind === 'loading',
      bars: problem ? [unreadBar(problem, words.t('The schedules could not be read.'), words)] : [],
    };
  }

  #weekNow(): Week {
    const { store, healths, clock, memento, words, zone } = this.deps;
    const schedules = store.all();
    const showsPaused = memento.get(pausedKey) !== true;
    const [now, { formats }] = [clock.now(), zone];
    const alerts = new Map(schedules.map((schedule) => [schedule, alertOf(healths.of(schedule))]));
    const of = [Math.floor(now / 60_000), formats, showsPaused, ...alerts.keys(), ...alerts.values()];
    const before = this.#week;
    const isSame = before?.of.length === of.length && of.every((one, index) => one === before.of[index]);
    const alert: WeekParts['alert'] = (schedule) => alerts.get(schedule) ?? null;
    const item = (id: string): number => this.#item(id);
    const view = isSame ? before.view : weekView({ schedules, showsPaused, now, formats, words, alert, item });
    this.#week = { of, view };
    return view;
  }

  #item(scheduleId: string): number {
    const known = this.#items.indexOf(scheduleId);
    return known < 0 ? this.#items.push(scheduleId) - 1 : known;
  }
}

function weekWords({ t }: ScheduleWords): WeekWords {
  return {
    title: t('Week of Schedules'),
    showPaused: t('Show paused ones ({0})'),
    hour: t('Hour'),
    often: t('Often'),
    more: t('{0} more…', '{0}'),
    nothing: t('Nothing runs in these seven days.'),
    newSchedule: t('New Schedule…'),
  };
}
