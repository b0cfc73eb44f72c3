import { type Disposable, disposeAll, type Event } from '../model/emitter';
import { FollowUpDrafts } from '../model/followUpDrafts';
import { FollowUps, type FollowUpsOptions } from '../model/followUps';
import { isActive } from '../model/runTime';
import type { RunStore } from '../model/runStore';
import { StartingRuns } from '../model/startingRuns';
import type { FollowUpSources } from './followUpBox';

export interface FollowUpQueueDeps extends Pick<FollowUpsOptions, 'memento' | 'client' | 'clock' | 'claim'> {
  runs: Pick<RunStore, 'get' | 'readRun' | 'status' | 'onDidChangeStatus'>;
  /** There is another key, another service, or none any more. */
  onDidChangeAccount: Event<unknown>;
}

/** Milliseconds between a follow-up and the readings of its run: the service shows a moment later that it starts again. */
const reads = [500, 1000, 1500, 6000, 15_000];

/** The follow-ups of this window, brought together with what tells that they can go out. */
export class FollowUpQueue implements FollowUpSources, Disposable {
  readonly queue: FollowUps;
  readonly drafts: FollowUpDrafts;
  readonly starting = new StartingRuns();
  readonly #deps: FollowUpQueueDeps;
  readonly #subscriptions: Disposable[];
  readonly #stops = new Map<string, () => void>();

  constructor(deps: FollowUpQueueDeps) {
    const { runs, memento, client, clock, claim } = deps;
    this.#deps = deps;
    this.drafts = new FollowUpDrafts(memento);
    this.queue = new FollowUps({
      ...{ memento, client, clock, claim },
      onSent: (runId) => {
        this.#readSoon(runId, 0);
      },
    });
    let isReached = runs.status.kind === 'ready';
    this.#subscriptions = [
      runs.onDidChangeStatus(() => {
        const wasReached = isReached;
        isReached = runs.status.kind === 'ready';
        if (isReached && !wasReached) {
          this.queue.resume();
        }
      }),
      deps.onDidChangeAccount(() => {
        this.queue.keyChanged();
      }),
    ];
  }

  dispose(): void {
    disposeAll(this.#subscriptions);
    for (const stop of this.#stops.values()) {
      stop();
    }
    this.queue.dispose();
    this.starting.dispose();
  }

  #readSoon(runId: string, index: number): void {
    this.#stops.get(runId)?.();
    const pause = reads[index];
    const { clock, runs } = this.#deps;
    const isAtWork = index > 0 && isActive(runs.get(runId)?.state ?? '');
    if (pause === undefined || isAtWork) {
      this.#stops.delete(runId);
      return;
    }
    const next = (): void => {
      this.#readSoon(runId, index + 1);
    };
    const stop = clock.after(pause, () => {
      // What keeps it from being read shows elsewhere.
      runs.readRun(runId).then(next, next);
    });
    this.#stops.set(runId, stop);
  }
}
