import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import { ApiProblem } from '../oz/problems';
import type { Run } from '../oz/types';
import { runIdIn } from './conversationLink';
import { Emitter } from './emitter';
import { asProblem, isLasting } from './loadStatus';

/** How long typing has to rest before the service is asked, in milliseconds. */
export const typingRest = 250;
const pageSize = 50;

/** The service's own search of all runs while a person types: one request at a time, the one for what stands there now. */
export class RunSearch {
  readonly #client: Pick<OzClient, 'listRuns' | 'getRun'>;
  readonly #clock: Pick<Clock, 'after'>;
  readonly #changed = new Emitter<undefined>();
  #text = '';
  #found = new Map<string, Run>();
  #cursor: string | undefined;
  #problem: ApiProblem | undefined;
  #isBusy = false;
  #stopWaiting: (() => void) | undefined;
  #abort = new AbortController();

  /** Something was asked, found or went wrong; not that another text is searched for. */
  readonly onDidChange = this.#changed.event;

  constructor(client: Pick<OzClient, 'listRuns' | 'getRun'>, clock: Pick<Clock, 'after'>) {
    this.#client = client;
    this.#clock = clock;
  }

  get text(): string {
    return this.#text;
  }

  /** In the service's order, as far as it was read. */
  get found(): readonly Run[] {
    return [...this.#found.values()];
  }

  /** The service is asked, or will be once typing rests. */
  get isBusy(): boolean {
    return this.#isBusy;
  }

  get hasMore(): boolean {
    return this.#cursor !== undefined;
  }

  /** What kept the last reading from succeeding; `readOn` tries it again. */
  get problem(): ApiProblem | undefined {
    return this.#problem;
  }

  /** Searches for another text once typing rests, and forgets what was found. No text finds nothing. */
  search(text: string): void {
    const wanted = text.trim();
    if (wanted === this.#text) {
      return;
    }
    this.#stop();
    this.#text = wanted;
    this.#found = new Map();
    this.#cursor = undefined;
    this.#problem = undefined;
    this.#isBusy = wanted !== '';
    if (this.#isBusy) {
      this.#stopWaiting = this.#clock.after(typingRest, () => void this.#read());
    }
  }

  /** Reads the next page, or the one again that could not be read. */
  readOn(): void {
    if (!this.#isBusy && (this.hasMore || this.#problem)) {
      void this.#read();
    }
  }

  dispose(): void {
    this.#stop();
    this.#changed.dispose();
  }

  #stop(): void {
    this.#stopWaiting?.();
    this.#abort.abort();
    this.#abort = new AbortController();
  }

  async #read(): Promise<void> {
    const { signal } = this.#abort;
    this.#isBusy = true;
    this.#problem = undefined;
    this.#changed.fire(undefined);
    try {
      const page = (await this.#named(signal)) ?? (await this.#page(signal));
      if (!signal.aborted) {
        for (const run of page.runs) {
          this.#found.set(run.run_id, run);
        }
        this.#cursor = page.nextCursor;
      }
    } catch (error) {
      if (!signal.aborted) {
        this.#problem = asProblem(error);
        // A cursor that went stale is no good the next time either.
        this.#cursor = this.#problem.kind === 'invalid' ? undefined : this.#cursor;
      }
    }
    if (!signal.aborted) {
      this.#isBusy = false;
      this.#changed.fire(undefined);
    }
  }

  /** The run whose id or address the text is; undefined when it is none, or none that the service knows. */
  async #named(signal: AbortSignal): Promise<{ runs: Run[]; nextCursor?: undefined } | undefined> {
    const runId = runIdIn(this.#text);
    if (runId === undefined || this.#cursor !== undefined) {
      return undefined;
    }
    try {
      return { runs: [await this.#client.getRun(runId, signal)] };
    } catch (error) {
      if (ApiProblem.is(error) && isLasting(error)) {
        return undefined;
      }
      throw error;
    }
  }

  #page(signal: AbortSignal): Promise<{ runs: Run[]; nextCursor?: string }> {
    const cursor = this.#cursor === undefined ? {} : { cursor: this.#cursor };
    return this.#client.listRuns({ q: this.#text, limit: pageSize, ...cursor }, signal);
  }
}
