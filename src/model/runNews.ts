import type { Clock } from '../oz/clock';
import type { Open, Run, RunState } from '../oz/types';
import { type Disposable, disposeAll, type Event } from './emitter';
import { GatheredNews } from './gatheredNews';
import type { RunsChange, RunStore } from './runStore';
import { hasEnded, isActive } from './runTime';
import { failureOf } from './scheduleFailure';
import { timeOf } from './serviceTime';

/** What a person wants to be told of; `mine` are the runs that they made, launched here or pinned. */
export type NotificationRule = 'all' | 'mine' | 'needsYou' | 'off';

export type NewsKind = 'blocked' | 'failed' | 'finished';

export interface News {
  kind: NewsKind;
  run: Run;
  /** The run of a schedule failed, after one that did not. */
  isFirstFailure?: boolean;
}

export interface RunNewsDeps {
  store: Pick<RunStore, 'get' | 'all' | 'isLookedAt'> & { onDidChange: Event<RunsChange>; onDidLook: Event<string> };
  clock: Clock;
  rule: () => NotificationRule;
  isMine: (run: Run) => boolean;
  /** Whether a person works in this window. */
  isFocused: () => boolean;
  /** True for the first window of this machine that claims the name, which can be any text. */
  claim: (name: string) => Promise<boolean>;
  /** Asks for the newest runs of a schedule, where the ones before a failed run are not known; undefined where it cannot. */
  scheduleRuns: (scheduleId: string) => Promise<Iterable<Run> | undefined>;
}

/** Milliseconds: told seldom enough not to be a nuisance. */
const pause = 60_000;

/**
 * Turns what becomes of the runs into news: a run that this window knew otherwise, not ended, is BLOCKED, has failed or has
 * finished. Of sub-runs only BLOCKED is news, the rest is their parent's; of a schedule that goes on failing only the first
 * failure is. Each is told once, by one window of the machine, and never while a person looks at the run.
 */
export class RunNews implements Disposable {
  readonly #deps: RunNewsDeps;
  readonly #gathered: GatheredNews<News>;
  readonly #subscriptions: Disposable[];
  /** The newest copies of the runs that have not ended. */
  readonly #open = new Map<string, Run>();
  /** The newest copies of the runs whose state was news already. */
  readonly #handled = new Map<string, Run>();

  /** News to tell now, several as one. */
  readonly onNews: Event<readonly News[]>;

  constructor(deps: RunNewsDeps) {
    this.#deps = deps;
    const { store, clock, isFocused, claim } = deps;
    this.#gathered = new GatheredNews({ clock, isFocused, claim, pause, now: (_, news) => this.#now(news) });
    this.onNews = this.#gathered.onNews;
    for (const run of store.all()) {
      this.#note(run);
    }
    this.#subscriptions = [
      store.onDidChange(({ ids, structural }) => {
        if (structural && ids.size === 0) {
          this.#reset();
        }
        for (const id of ids) {
          const run = store.get(id);
          if (run) {
            this.#note(run);
          }
        }
      }),
      store.onDidLook((runId) => {
        this.#gathered.drop(runId);
      }),
    ];
  }

  /** Whether the run is worth asking for while nobody sees the list: its end, or its question, would be told. */
  isWatched(run: Run): boolean {
    return isActive(run.state) && this.#isWanted(run, 'blocked');
  }

  /**
   * Failed runs that were looked for, which the store knows by now. What was seen to go on is told, or will be, without that;
   * the others may have been read already, but as failed ones.
   */
  tellFound(failed: readonly Run[]): void {
    for (const run of failed) {
      if (!this.#open.has(run.run_id) && !this.#handled.has(run.run_id)) {
        this.#takeSoon({ kind: 'failed', run }, true);
      }
    }
  }

  dispose(): void {
    disposeAll(this.#subscriptions);
    this.#gathered.dispose();
  }

  #note(run: Run): void {
    const { run_id: id, state } = run;
    const before = this.#open.get(id);
    if (hasEnded(state)) {
      this.#open.delete(id);
    } else {
      this.#open.set(id, run);
    }
    if (isActive(state)) {
      this.#handled.delete(id);
      return;
    }
    const handled = this.#handled.get(id);
    const isHandled = handled?.state === state;
    const last = isHandled ? handled : before;
    const isAnew = last?.state === state && hasStoppedAnew(run, last);
    if (isHandled) {
      this.#handled.set(id, run);
    }
    if (isHandled && !isAnew) {
      if (handled.updated_at !== run.updated_at) {
        // A window that hears of it late may see only this copy.
        void this.#claim(run);
      }
      return;
    }
    const kind = newsKind(state);
    if (kind && last && (isAnew || last.state !== state)) {
      this.#takeSoon({ kind, run }, isAnew);
    }
  }

  #takeSoon(news: News, isAnew: boolean): void {
    if (this.#isWanted(news.run, news.kind)) {
      this.#handled.set(news.run.run_id, news.run);
      this.#gathered.takeSoon(news.run.run_id, () => this.#take(news, isAnew));
    }
  }

  /** `isAnew`: nobody here saw the run go on, so that another window may have told the same of an earlier copy. */
  async #take({ kind, run }: News, isAnew: boolean): Promise<News | undefined> {
    const { copy, stop } = await this.#claim(run);
    if (!copy || (isAnew && !stop)) {
      return undefined;
    }
    const failure = kind === 'failed' ? await this.#failureOf(run) : undefined;
    const isNews = failure !== 'again' && !this.#isLookedAt(run);
    return isNews ? { kind, run, isFirstFailure: failure === 'first' } : undefined;
  }

  #failureOf(run: Run): ReturnType<typeof failureOf> {
    const { store, scheduleRuns } = this.#deps;
    return failureOf(run, store.all(), scheduleRuns, (claim) => this.#gathered.isFirstTo(claim));
  }

  /** Named by the copy, so that the same state reached anew is another claim, and by what tells one stop from the next. */
  async #claim(run: Run): Promise<{ copy: boolean; stop: boolean }> {
    const claim = (about: unknown): Promise<boolean> =>
      this.#gathered.isFirstTo(`${run.run_id} ${run.state} ${String(about)}`);
    const stop = JSON.stringify([
      run.started_at,
      run.finished_at,
      run.state === 'BLOCKED' && run.status_message?.message,
    ]);
    const [isCopyOurs, isStopOurs] = await Promise.all([claim(run.updated_at), claim(stop)]);
    return { copy: isCopyOurs, stop: isStopOurs };
  }

  #now({ kind, run: { run_id: id, state }, isFirstFailure }: News): News | undefined {
    const run = this.#deps.store.get(id);
    const isNews = run?.state === state && this.#isWanted(run, kind) && !this.#isLookedAt(run);
    return isNews ? { kind, run, isFirstFailure } : undefined;
  }

  #isLookedAt(run: Run): boolean {
    return this.#deps.isFocused() && this.#deps.store.isLookedAt(run.run_id);
  }

  #isWanted(run: Run, kind: NewsKind): boolean {
    if (run.parent_run_id && kind !== 'blocked') {
      return false;
    }
    switch (this.#deps.rule()) {
      case 'off':
        return false;
      case 'all':
        return true;
      case 'mine':
        return this.#deps.isMine(run);
      case 'needsYou':
        return kind !== 'finished' && this.#deps.isMine(run);
    }
  }

  /** Another account: what was known says nothing of its runs. */
  #reset(): void {
    this.#gathered.reset();
    this.#open.clear();
    this.#handled.clear();
  }
}

/** In the same state as before, but for another reason: the run asks something else, or started or ended later. */
function hasStoppedAnew(run: Run, before: Run): boolean {
  const isLater = (time: string | null | undefined, than: string | null | undefined): boolean =>
    timeOf(than) > 0 && timeOf(time) > timeOf(than);
  const [question, asked] = [run, before].map(({ status_message: status }) => status?.message ?? '');
  const asksAnew = run.state === 'BLOCKED' && asked !== '' && question !== '' && question !== asked;
  return (
    isLater(run.updated_at, before.updated_at) &&
    (asksAnew || isLater(run.started_at, before.started_at) || isLater(run.finished_at, before.finished_at))
  );
}

/** CANCELLED is no news: somebody decided that. Nor are states not known yet. */
function newsKind(state: Open<RunState>): NewsKind | undefined {
  switch (state) {
    case 'BLOCKED':
      return 'blocked';
    case 'FAILED':
    case 'ERROR':
      return 'failed';
    case 'SUCCEEDED':
      return 'finished';
    default:
      return undefined;
  }
}
