import type { ScheduleForm } from '../model/scheduleForm';
import { type TextField, textFields, type ToPage } from './protocol';

type Texts = Record<TextField, string>;

/**
 * What the fields of a page say, as far as it is known here. A text is given to the page only where it says something else,
 * and what was typed before such a text arrived does not count any more.
 */
export class ShownTexts {
  #shown: Texts = { name: '', prompt: '', cron: '' };
  #turn = 0;
  /** The turn in which each text was given last. */
  readonly #given = new Map<TextField, number>();

  /** All of them, for a page that begins. */
  all(form: ScheduleForm | undefined): { texts: Texts; turn: number } {
    this.#shown = { name: form?.name ?? '', prompt: form?.prompt ?? '', cron: form?.cron ?? '' };
    this.#turn += 1;
    for (const field of textFields) {
      this.#given.set(field, this.#turn);
    }
    return { texts: this.#shown, turn: this.#turn };
  }

  /** Takes note of what was typed; false where that is out of date. */
  heard(field: TextField, text: string, turn: number): boolean {
    if (turn < (this.#given.get(field) ?? 0)) {
      return false;
    }
    this.#shown = { ...this.#shown, [field]: text };
    return true;
  }

  /** The texts that the page is to show now, if those are others. */
  toShow(form: ScheduleForm): Extract<ToPage, { type: 'texts' }> | undefined {
    const others = textFields.filter((field) => form[field] !== this.#shown[field]);
    if (others.length === 0) {
      return undefined;
    }
    this.#turn += 1;
    for (const field of others) {
      this.#given.set(field, this.#turn);
    }
    const texts = Object.fromEntries(others.map((field) => [field, form[field]]));
    this.#shown = { ...this.#shown, ...texts };
    return { type: 'texts', texts, turn: this.#turn };
  }
}
