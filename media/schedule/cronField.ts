import type { CronView, FormWords } from '../../src/schedule/protocol';
import { make } from '../elements/elements';
import { Field } from './field';
import { send } from './host';

/** The cron expression: what is wrong is underlined in it, and what it means stands below. */
export class CronField {
  readonly element: HTMLElement;
  readonly input = make('input', 'cron');
  readonly #field: Field;
  readonly #marks = make('div', 'marks');
  readonly #said = make('div', 'cron-said');
  readonly #runs = make('div', 'runs');
  #shown = '';

  constructor(
    private readonly words: FormWords,
    onInput: (cron: string) => void,
  ) {
    const { input } = this;
    input.type = 'text';
    input.spellcheck = false;
    input.autocomplete = 'off';
    input.maxLength = 1000;
    input.placeholder = words.placeholders.cron;
    input.addEventListener('input', () => {
      onInput(input.value);
      // Where it was wrong is elsewhere now.
      this.#mark([]);
    });
    input.addEventListener('scroll', () => {
      this.#marks.scrollLeft = input.scrollLeft;
    });
    this.#marks.ariaHidden = 'true';
    const around = make('div', 'cron-box', this.#marks, input);
    this.#field = new Field('cron', input, { label: words.labels.cron, hint: words.hints.cron, around });
    this.#said.id = 'cron-said';
    this.#said.setAttribute('role', 'status');
    this.element = this.#field.element;
    this.element.append(this.#said, this.#runs);
  }

  put(cron: string): void {
    if (this.input.value !== cron) {
      this.input.value = cron;
      this.#mark([]);
    }
  }

  /** @param missing said where there is nothing */
  show(view: CronView, missing: string): void {
    this.#mark(view.marks);
    this.#field.show(missing, view.problems.length > 0 ? this.#said.id : '');
    const content = JSON.stringify(view);
    if (content === this.#shown) {
      return;
    }
    this.#shown = content;
    const hadFocus = this.#said.contains(document.activeElement);
    this.#said.replaceChildren(
      ...(view.words ? [make('p', 'cron-words', view.words)] : []),
      ...view.problems.map(({ words, fix }, item) => {
        const problem = make('p', 'problem', words);
        if (fix !== null) {
          const button = make('button', 'secondary code', fix);
          button.addEventListener('click', () => {
            send({ type: 'fix', item });
            this.input.focus();
          });
          problem.append(button);
        }
        return problem;
      }),
    );
    if (hadFocus) {
      this.input.focus();
    }
    this.#runs.replaceChildren(...this.#runsOf(view));
  }

  #mark(marks: CronView['marks']): void {
    const { value } = this.input;
    let done = 0;
    const parts = marks.flatMap(({ start, end }) => {
      const before = value.slice(done, start);
      done = Math.max(done, end);
      // What is missing at the end is shown there.
      return [before, make('span', 'wrong', value.slice(start, end) || ' ')];
    });
    this.#marks.replaceChildren(...parts, value.slice(done));
    this.#marks.scrollLeft = this.input.scrollLeft;
  }

  #runsOf({ runs, zone, notes }: CronView): HTMLElement[] {
    if (runs.length === 0) {
      return [];
    }
    const heading = (text: string): HTMLElement => {
      const cell = make('th', '', text);
      cell.scope = 'col';
      return cell;
    };
    const table = make(
      'table',
      '',
      make('caption', '', this.words.nextRuns),
      make('thead', '', make('tr', '', heading(`${this.words.yourTime} (${zone})`), heading('UTC'))),
      make('tbody', '', ...runs.map(({ local, utc }) => make('tr', '', make('td', '', local), make('td', '', utc)))),
    );
    const week = make('button', 'link', this.words.showWeek);
    week.addEventListener('click', () => {
      send({ type: 'act', name: 'showWeek' });
    });
    return [table, ...notes.map((note) => make('p', 'note', note)), week];
  }
}
