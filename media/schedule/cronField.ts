import type { CronView, FormWords } from '../../src/schedule/protocol';
import { make } from '../elements/elements';
import { say } from '../elements/say';
import { Field } from './field';
import { send } from './host';

/** Rows of the next runs, also where there are fewer. */
const shownRuns = 5;
const noTime = '–';

/** Out of date, yet the only way to write what the browser's own undo takes back. */
const page: { execCommand(command: 'insertText', showsUi: boolean, text: string): boolean } = document;

/** Milliseconds after the last key: whoever listens hears what was typed, not each step to it. */
const sayAfter = 700;

export interface CronNews {
  view: CronView;
  /** Said where there is nothing. */
  missing: string;
  /** Said where it is not understood here, and is no hindrance. */
  remark: string;
  isPaused: boolean;
}

/** The cron expression: what is wrong is underlined in it, and what it means stands below. */
export class CronField {
  readonly element: HTMLElement;
  readonly input = make('input', 'cron');
  readonly #field: Field;
  readonly #marks = make('div', 'marks');
  readonly #said = make('div', 'cron-said');
  readonly #caption = make('caption');
  readonly #zone = make('th');
  readonly #table = make('table');
  readonly #cells = Array.from({ length: shownRuns }, () => ({ local: make('td'), utc: make('td') }));
  readonly #notes = make('div', 'notes');
  #shown = '';
  #saying: ReturnType<typeof setTimeout> | undefined;

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
      this.#sayLater();
    });
    input.addEventListener('scroll', () => {
      this.#marks.scrollLeft = input.scrollLeft;
    });
    this.#marks.ariaHidden = 'true';
    const around = make('div', 'cron-box', this.#marks, input);
    this.#field = new Field('cron', input, { label: words.labels.cron, hint: words.hints.cron, around });
    this.#said.id = 'cron-said';
    this.element = this.#field.element;
    this.element.append(this.#said, this.#runs());
  }

  /** What the person had written for them: the browser's undo takes it back as if it were typed. */
  write(cron: string): void {
    const { input } = this;
    if (input.value === cron) {
      return;
    }
    const { activeElement } = document;
    input.focus({ preventScroll: true });
    input.select();
    page.execCommand('insertText', false, cron);
    // Not every browser can.
    if (input.value !== cron) {
      input.value = cron;
      input.dispatchEvent(new Event('input'));
    }
    if (activeElement instanceof HTMLElement) {
      activeElement.focus({ preventScroll: true });
    }
  }

  put(cron: string): void {
    if (this.input.value !== cron) {
      this.input.value = cron;
      this.#mark([]);
    }
  }

  show({ view, missing, remark, isPaused }: CronNews): void {
    this.#mark(view.marks);
    const isWrong = view.problems.length > 0 || missing !== '';
    this.#field.show({ describedBy: isWrong ? this.#said.id : '' });
    const content = JSON.stringify([view, missing, remark, isPaused]);
    if (content === this.#shown) {
      return;
    }
    this.#shown = content;
    const hadFocus = this.#said.contains(document.activeElement);
    this.#said.replaceChildren(
      ...(missing ? [make('p', 'problem', missing)] : []),
      ...(view.words ? [make('p', 'cron-words', view.words)] : []),
      ...(remark ? [make('p', 'remark', remark)] : []),
      ...view.problems.map((problem) => this.#problem(problem)),
    );
    if (hadFocus) {
      this.input.focus();
    }
    this.#showRuns(view, isPaused);
  }

  /** What is typed, or chosen, means something else now. */
  #sayLater(): void {
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => {
      const [meaning = ''] = [...this.#said.children].map(({ textContent }) => textContent);
      say(meaning);
    }, sayAfter);
  }

  #problem({ words, fixes }: CronView['problems'][number]): HTMLElement {
    const problem = make('p', 'problem', words);
    const [before = '', after = ''] = this.words.useFix.split('{0}');
    for (const fix of fixes) {
      const button = make('button', 'secondary', before, make('code', '', fix), after);
      button.addEventListener('click', () => {
        this.input.focus();
        this.write(fix);
      });
      problem.append(button);
    }
    return problem;
  }

  #mark(marks: CronView['marks']): void {
    const { value } = this.input;
    let done = 0;
    const parts = marks.flatMap(({ start, end }) => {
      const [from, before] = [Math.max(start, done), value.slice(done, start)];
      done = Math.max(done, end);
      // What is missing at the end is shown there.
      return [before, make('span', 'wrong', value.slice(from, end) || ' ')];
    });
    this.#marks.replaceChildren(...parts, value.slice(done));
    this.#marks.scrollLeft = this.input.scrollLeft;
  }

  /** Nothing of it is ever made anew, so that nothing jumps and a button in it keeps the focus. */
  #runs(): HTMLElement {
    const utc = make('th', '', 'UTC');
    for (const heading of [this.#zone, utc]) {
      heading.scope = 'col';
    }
    const rows = this.#cells.map(({ local, utc: other }) => make('tr', '', local, other));
    const head = make('thead', '', make('tr', '', this.#zone, utc));
    this.#table.append(this.#caption, head, make('tbody', '', ...rows));
    this.#table.hidden = true;
    const week = make('button', 'link', this.words.showWeek);
    week.addEventListener('click', () => {
      send({ type: 'act', name: 'showWeek' });
    });
    return make('div', 'runs', this.#table, this.#notes, week);
  }

  #showRuns({ runs, zone, notes }: CronView, isPaused: boolean): void {
    // From the first runs on, it stays: what stands below keeps its place while other times are typed.
    this.#table.hidden &&= runs.length === 0;
    this.#caption.textContent = isPaused ? this.words.pausedRuns : this.words.nextRuns;
    this.#zone.textContent = `${this.words.yourTime} (${zone})`;
    this.#cells.forEach(({ local, utc }, index) => {
      local.textContent = runs[index]?.local ?? noTime;
      utc.textContent = runs[index]?.utc ?? noTime;
    });
    // Those of a time that is being written keep their room.
    this.#notes.classList.toggle('gone', runs.length === 0);
    if (runs.length > 0) {
      this.#notes.replaceChildren(...notes.map((note) => make('p', 'note', note)));
    }
  }
}
