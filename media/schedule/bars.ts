import type { Bar, PageAct } from '../../src/schedule/protocol';
import { make } from '../elements/elements';
import { send } from './host';

/** What stands above a page until it is dealt with. It is made anew only where it says something else. */
export class Bars {
  #shown = '';

  constructor(
    private readonly place: HTMLElement,
    /** The heading over the names of what is different. */
    private readonly field: string,
  ) {}

  show(bars: readonly Bar[]): void {
    const content = JSON.stringify(bars);
    if (content === this.#shown) {
      return;
    }
    this.#shown = content;
    const hadFocus = this.place.contains(document.activeElement);
    this.place.replaceChildren(...bars.map((bar) => this.#bar(bar)));
    if (hadFocus || bars.some(({ choice }) => choice)) {
      // What had the focus is gone, or everything waits for an answer.
      const next = this.place.querySelector<HTMLElement>('input, button') ?? document.querySelector<HTMLElement>('h1');
      next?.focus();
    }
  }

  #bar({ kind, words, acts, table, choice }: Bar): HTMLElement {
    const bar = make('section', `bar ${kind}`);
    const icon = make('span', `icon ${kind === 'info' ? 'info' : 'warning'}`);
    icon.ariaHidden = 'true';
    bar.ariaLabel = words;
    bar.append(make('div', 'bar-line', icon, make('p', 'words', words), actButtons(acts)));
    if (table) {
      bar.append(this.#table(table, choice !== undefined));
    }
    if (choice) {
      const save = make('button', 'primary', choice.save);
      save.addEventListener('click', () => {
        const chosen = [...bar.querySelectorAll<HTMLInputElement>('input:checked')];
        send({ type: 'sides', sides: chosen.map(({ value }) => (value === 'mine' ? 'mine' : 'theirs')) });
      });
      const cancel = make('button', 'secondary', choice.cancel);
      cancel.addEventListener('click', () => {
        send({ type: 'sides', sides: null });
      });
      bar.append(make('div', 'buttons', save, cancel));
    }
    return bar;
  }

  #table({ left, right, rows }: NonNullable<Bar['table']>, isChoice: boolean): HTMLElement {
    const heading = (text: string): HTMLElement => {
      const cell = make('th', '', text);
      cell.scope = 'col';
      return cell;
    };
    const body = rows.map((row, index) => {
      const name = make('th', '', row.member);
      name.scope = 'row';
      const side = (text: string, value: 'mine' | 'theirs', of: string): HTMLElement => {
        const words = make('span', 'value', text);
        if (!isChoice) {
          return make('td', '', words);
        }
        const radio = make('input');
        radio.type = 'radio';
        radio.name = `side-${index}`;
        radio.value = value;
        radio.checked = value === 'mine';
        radio.ariaLabel = `${row.member}, ${of}: ${text}`;
        return make('td', '', make('label', 'side', radio, words));
      };
      return make('tr', '', name, side(row.left, 'mine', left), side(row.right, 'theirs', right));
    });
    const head = make('thead', '', make('tr', '', heading(this.field), heading(left), heading(right)));
    return make('table', 'differences', head, make('tbody', '', ...body));
  }
}

/** Buttons for what a person can have done. */
export function actButtons(acts: readonly PageAct[]): HTMLElement {
  const buttons = acts.map(({ name, label, isFirst, isOff, title }) => {
    const button = make('button', isFirst ? 'primary' : 'secondary', label);
    button.dataset.act = name;
    // Stays where the keyboard comes to: what cannot be done now can be in a moment.
    button.ariaDisabled = isOff ? 'true' : null;
    button.title = title ?? '';
    button.addEventListener('click', () => {
      if (button.ariaDisabled !== 'true') {
        send({ type: 'act', name });
      }
    });
    return button;
  });
  return make('div', 'acts', ...buttons);
}
