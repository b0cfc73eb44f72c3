import { problemIn } from '../model/loadStatus';
import type { Memento } from '../model/seenRuns';
import type { Clock } from '../oz/clock';
import { PageLoading } from '../platform/pageLoading';
import { type PageFiles, pageShell } from '../platform/pageShell';
import { FreshSchedules, type SchedulesRead } from './freshSchedules';
import type { PageHost, PanelPage } from './pageHost';
import type { PageStart, WeekView, WeekWords } from './protocol';
import { readFromPage } from './readFromPage';
import { type ScheduleWords, ZoneFormats } from './scheduleWords';
import { unreadBar } from './unreadBar';
import { weekView } from './weekView';

export interface WeekPageDeps {
  host: PageHost;
  clock: Clock;
  store: SchedulesRead;
  /** Remembers whether paused schedules are shown. */
  memento: Memento;
  words: ScheduleWords;
  /** The time zone until the page says which one the person is in. */
  zone: string;
}

const pausedKey = 'agentRuns.schedule.weekHidesPaused';

/** The host's half of the week: when which schedules run, so that it is seen where they meet. */
export class WeekPage implements PanelPage {
  readonly #loading: PageLoading;
  readonly #fresh: FreshSchedules;
  readonly #subscriptions: { dispose(): void }[];
  /** The page names a schedule by its place here, which it keeps. */
  readonly #items: string[] = [];
  #formats: ZoneFormats;

  constructor(private readonly deps: WeekPageDeps) {
    const { host, clock, store, words, zone } = deps;
    this.#formats = new ZoneFormats(zone, words.language);
    this.#loading = new PageLoading(host, clock);
    const show = (): void => {
      this.#show();
    };
    this.#fresh = new FreshSchedules(store, clock, show);
    this.#subscriptions = [store.onDidChange(show), store.onDidChangeStatus(show)];
    host.setTitle(words.t('Week of Schedules'));
  }

  html(files: PageFiles, nonce: string): string {
    const { words } = this.deps;
    const start: PageStart = { kind: 'week', about: { week: true }, words: weekWords(words), view: this.#view() };
    return pageShell({ title: start.words.title, start, body: '<div id="page"></div>' }, files, nonce);
  }

  load(): void {
    this.#loading.load();
  }

  restart(): void {
    this.#loading.restart();
  }

  setVisible(visible: boolean): void {
    this.#fresh.setVisible(visible);
    this.#loading.setVisible(visible);
  }

  receive(value: unknown): void {
    const { host, store, memento, words } = this.deps;
    const message = readFromPage(value);
    switch (message?.type) {
      case 'ready':
        this.#formats = new ZoneFormats(message.zone, words.language);
        this.#loading.ready();
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
      case 'act':
        if (message.name === 'reload') {
          host.attempt(() => store.refresh());
        } else if (message.name === 'setKey') {
          host.attempt(() => host.execute('agentRuns.setApiKey'));
        } else if (message.name === 'newSchedule') {
          host.attempt(() => host.execute('agentRuns.newSchedule'));
        }
        return;
      default:
        // Of a form.
        return;
    }
  }

  dispose(): void {
    this.#fresh.dispose();
    this.#loading.dispose();
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
  }

  #show(): void {
    if (this.#loading.isReady) {
      this.deps.host.post({ type: 'week', view: this.#view() });
    }
  }

  #view(): WeekView {
    const { store, clock, memento, words } = this.deps;
    const problem = problemIn(store.status);
    const week = weekView({
      schedules: store.ids().flatMap((id) => store.get(id) ?? []),
      showsPaused: memento.get(pausedKey) !== true,
      now: clock.now(),
      formats: this.#formats,
      words,
      item: (id) => this.#item(id),
    });
    return {
      ...week,
      isBusy: store.status.kind === 'starting' || store.status.kind === 'loading',
      bars: problem ? [unreadBar(problem, words.t('The schedules could not be read.'), words)] : [],
    };
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
    nothing: t('Nothing runs in these seven days.'),
    newSchedule: t('New Schedule…'),
  };
}
