import { Emitter } from '../../../src/model/emitter';
import type { WindowFocus } from '../../../src/model/freshSchedules';

/** A window in which somebody works until a test says otherwise. */
export class FakeFocus implements WindowFocus {
  readonly #changed = new Emitter<boolean>();
  readonly onDidChange = this.#changed.event;
  isFocused = true;

  set(isFocused: boolean): void {
    this.isFocused = isFocused;
    this.#changed.fire(isFocused);
  }
}
