import { Emitter } from '../../../src/model/emitter';
import type { Run } from '../../../src/oz/types';

/** A filter that shows all runs but the hidden ones. */
export class FakeShown {
  readonly hidden = new Set<string>();
  readonly #changed = new Emitter<undefined>();
  readonly onDidChange = this.#changed.event;

  isShown(run: Run): boolean {
    return !this.hidden.has(run.run_id);
  }

  hide(runId: string): void {
    this.hidden.add(runId);
    this.#changed.fire(undefined);
  }

  show(runId: string): void {
    this.hidden.delete(runId);
    this.#changed.fire(undefined);
  }
}
