import type { ScheduleForm } from '../model/scheduleForm';
import { type TextField, textFields, type ToPage } from './protocol';

type Texts = Record<TextField, string>;

/**
 * What the fields of a page say, as far as it is known here. A text is given to the page only where it says something else,
 * and what was typed before such a text arrived does not count any more.
 */
export class ShownTexts {
  #shown: Texts = { name: '', prompt: '', cron: '' };
  /** What a page has that begins. */
  #first = { texts: this.#shown, turn: 0 };
  /** As they were given last. A control has line ends of its own. */
  #began: Texts = this.#shown;
  #turn = 0;
  /** The turn in which each text was given last. */
  readonly #given = new Map<TextField, number>();

  /** All of them, for a page that begins. */
  all(form: ScheduleForm | undefined): { texts: Texts; turn: number } {
    const texts = { name: form?.name ?? '', prompt: form?.prompt ?? '', cron: form?.cron ?? '' };
    this.#turn += 1;
    this.#first = { texts, turn: this.#turn };
    this.begin();
    return this.#first;
  }

  /** The page begins, perhaps once more: VS Code loads it again when it is moved, without what was typed. */
  begin(): void {
    const { texts, turn } = this.#first;
    this.#shown = texts;
    this.#began = texts;
    for (const field of textFields) {
      this.#given.set(field, turn);
    }
  }

  /** Takes note of what was typed, and answers what the text is with it; undefined where it is out of date. */
  heard(field: TextField, typed: string, turn: number): string | undefined {
    if (turn < (this.#given.get(field) ?? 0)) {
      return undefined;
    }
    const text = withLineEndsOf(this.#began[field], field, typed);
    this.#shown = { ...this.#shown, [field]: text };
    return text;
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
    this.#began = { ...this.#began, ...texts };
    return { type: 'texts', texts, turn: this.#turn };
  }
}

/** A text of several lines has `\n` between them in a page, a text of one line has none: nobody changed that. */
function withLineEndsOf(before: string, field: TextField, typed: string): string {
  const shown = before.replace(/\r\n?|\n/g, field === 'prompt' ? '\n' : '');
  if (typed === shown) {
    return before;
  }
  return field === 'prompt' && before.includes('\r\n') ? typed.replaceAll('\n', '\r\n') : typed;
}
