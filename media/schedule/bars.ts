import type { Bar, PageAct } from '../../src/schedule/protocol';
import { make } from '../elements/elements';
import { send } from './host';

/** The host does not know whose keyboard this is. */
const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent);

type Table = NonNullable<Bar['table']>;

interface ShownBar {
  /** What it asks, beside its words: with the same it is the same bar. */
  shape: string;
  content: string;
  element: HTMLElement;
}

/** What stands above a page until it is dealt with. A bar is made anew only where it says something else. */
export class Bars {
  #shown: readonly ShownBar[] = [];

  constructor(
    private readonly place: HTMLElement,
    /** The heading over the names of what is different. */
    private readonly field: string,
  ) {}

  show(bars: readonly Bar[]): void {
    const before = this.#shown;
    const focused = this.#focused();
    const shown = bars.map((bar): ShownBar => {
      const [shape, content] = [shapeOf(bar), JSON.stringify(bar)];
      const same = before.find((one) => one.shape === shape);
      return same?.content === content ? same : { shape, content, element: this.#anew(bar, same) };
    });
    this.#shown = shown;
    for (const { element } of before.filter((one) => !shown.includes(one))) {
      element.remove();
    }
    shown.forEach(({ element }, index) => {
      // One that stays is not moved: it would lose the focus.
      if (this.place.children[index] !== element) {
        this.place.insertBefore(element, this.place.children[index] ?? null);
      }
    });
    const { activeElement } = document;
    // Whoever writes goes on: keys meant for a text would choose a side.
    const isWriting = activeElement instanceof HTMLElement && activeElement.matches('input[type="text"], textarea');
    const isAsked = (index: number): boolean => bars[index]?.choice !== undefined;
    const choice = shown.find(({ shape }, index) => isAsked(index) && !before.some((one) => one.shape === shape));
    if (choice && !isWriting) {
      // Everything waits for an answer.
      choice.element.querySelector('input')?.focus();
    } else if (focused && !this.place.contains(document.activeElement)) {
      this.#focusAgain(focused);
    }
  }

  /** With other words: what is chosen in it stays so. */
  #anew(bar: Bar, before: ShownBar | undefined): HTMLElement {
    const element = this.#bar(bar);
    const now = controlsIn(element);
    (before ? controlsIn(before.element) : []).forEach((control, index) => {
      const same = now[index];
      if (control instanceof HTMLInputElement && same instanceof HTMLInputElement) {
        same.checked = control.checked;
        same.dispatchEvent(new Event('change', { bubbles: true }));
      }
    });
    return element;
  }

  #focused(): { shape: string; index: number; act: string | undefined } | undefined {
    const { activeElement } = document;
    const bar = this.#shown.find(({ element }) => element.contains(activeElement));
    const index = bar ? controlsIn(bar.element).findIndex((control) => control === activeElement) : -1;
    return bar && { shape: bar.shape, index, act: controlsIn(bar.element)[index]?.dataset.act };
  }

  /** What had the focus is gone. */
  #focusAgain({ shape, index, act }: { shape: string; index: number; act: string | undefined }): void {
    const same = this.#shown.find((one) => one.shape === shape);
    const all = controlsIn(this.place);
    const next = (same && controlsIn(same.element)[index]) ?? all.find(({ dataset }) => dataset.act === act) ?? all[0];
    (next ?? document.querySelector<HTMLElement>('h1'))?.focus();
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
      const chosenIn = (): HTMLInputElement[] => [...bar.querySelectorAll<HTMLInputElement>('input:checked')];
      const isMissing = (): boolean => chosenIn().length < (table?.rows.length ?? 0);
      // Neither side is the one that goes without saying.
      bar.addEventListener('change', () => {
        save.ariaDisabled = isMissing() ? 'true' : null;
      });
      save.ariaDisabled = 'true';
      save.addEventListener('click', () => {
        const chosen = chosenIn();
        if (isMissing()) {
          return;
        }
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

  #table({ left, right, rows, also }: Table, isChoice: boolean): HTMLElement {
    const heading = (text: string): HTMLElement => {
      const cell = make('th', '', text);
      cell.scope = 'col';
      return cell;
    };
    const choices = rows.map((row, index) => {
      const side = (text: string, value: 'mine' | 'theirs', of: string): HTMLElement => {
        const radio = make('input');
        radio.type = 'radio';
        radio.name = `side-${index}`;
        radio.value = value;
        radio.ariaLabel = `${row.member}, ${of}: ${text}`;
        return make('label', 'side', radio, make('span', 'value', text));
      };
      return tableRow(row, side(row.left, 'mine', left), side(row.right, 'theirs', right));
    });
    const head = make('thead', '', make('tr', '', heading(this.field), heading(left), heading(right)));
    const table = make('table', 'differences', head, make('tbody', '', ...(isChoice ? choices : rows.map(plainRow))));
    if (also) {
      const about = make('th', '', also.words);
      about.colSpan = 3;
      about.scope = 'rowgroup';
      table.append(make('tbody', '', make('tr', '', about), ...also.rows.map(plainRow)));
    }
    return table;
  }
}

function plainRow(row: Table['rows'][number]): HTMLElement {
  return tableRow(row, make('span', 'value', row.left), make('span', 'value', row.right));
}

function tableRow({ member, act }: Table['rows'][number], left: HTMLElement, right: HTMLElement): HTMLElement {
  const name = make('th', '', member);
  name.scope = 'row';
  if (act) {
    name.append(actButtons([act]));
  }
  return make('tr', '', name, make('td', '', left), make('td', '', right));
}

function controlsIn(place: HTMLElement): HTMLElement[] {
  return [...place.querySelectorAll<HTMLElement>('input, button')];
}

/** Its texts do not count: who somebody is, or what something is called, may be known later. */
function shapeOf({ kind, acts, table, choice }: Bar): string {
  return JSON.stringify([kind, acts.map(({ name }) => name), table?.rows.map(({ member }) => member), choice]);
}

/** Buttons for what a person can have done. */
export function actButtons(acts: readonly PageAct[]): HTMLElement {
  const buttons = acts.map(({ name, label, isFirst, isOff, title = '', key }) => {
    const button = make('button', isFirst ? 'primary' : 'secondary', label);
    button.dataset.act = name;
    // Stays where the keyboard comes to: what cannot be done now can be in a moment.
    button.ariaDisabled = isOff ? 'true' : null;
    button.title = key === undefined ? title : `${title} (${isMac ? '⌘' : 'Ctrl+'}${key})`;
    button.addEventListener('click', () => {
      if (button.ariaDisabled !== 'true') {
        send({ type: 'act', name });
      }
    });
    return button;
  });
  return make('div', 'acts', ...buttons);
}
