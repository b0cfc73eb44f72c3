import { Emitter } from './emitter';

/** The new runs that are being started to go on with a conversation: of one thing typed there is never more than one. */
export class StartingRuns {
  readonly #under = new Set<string>();
  readonly #changed = new Emitter<string>();

  /** Fires the id of the run whose conversation a new one goes on with. */
  readonly onDidChange = this.#changed.event;

  /** @param what names what was typed: the box of a run, or a follow-up */
  has(what: string): boolean {
    return this.#under.has(what);
  }

  /**
   * Starts it unless it is being started already, also from a panel that was closed meanwhile.
   * @param start answers whether there is a new run; whoever throws has said why
   * @returns whether there is one; false for the second of two
   */
  async start(runId: string, what: string, start: () => Promise<boolean>): Promise<boolean> {
    if (this.#under.has(what)) {
      return false;
    }
    this.#under.add(what);
    this.#changed.fire(runId);
    try {
      return await start();
    } catch {
      return false;
    } finally {
      this.#under.delete(what);
      this.#changed.fire(runId);
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
