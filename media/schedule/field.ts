import { make } from '../elements/elements';

/** What is said under a control. */
export interface FieldNews {
  /** What is wrong; empty where nothing is. */
  problem?: string | undefined;
  /** What is no hindrance. */
  remark?: string | undefined;
  /** It is said elsewhere what is wrong: there. */
  describedBy?: string | undefined;
}

/** A control with its name above it, what it is for, and what is wrong with it. */
export class Field {
  readonly element: HTMLElement;
  readonly #said = make('p');

  constructor(
    readonly id: string,
    private readonly control: HTMLElement,
    { label, hint = '', around = control }: { label: string; hint?: string | undefined; around?: HTMLElement },
  ) {
    control.id = id;
    const name = make('label', 'label', label);
    name.htmlFor = id;
    const explained = make('p', 'hint', hint);
    explained.id = `${id}-hint`;
    explained.hidden = hint === '';
    this.#said.id = `${id}-problem`;
    this.element = make('div', 'field', name, explained, around, this.#said);
    this.show({});
  }

  show({ problem = '', remark = '', describedBy = '' }: FieldNews): void {
    const said = problem || remark;
    if (this.#said.textContent !== said) {
      this.#said.textContent = said;
    }
    this.#said.className = problem ? 'problem' : 'remark';
    this.#said.hidden = said === '';
    this.control.ariaInvalid = problem !== '' || describedBy !== '' ? 'true' : null;
    const ids = [`${this.id}-hint`, said && this.#said.id, describedBy].filter(
      (id) => id !== '' && document.getElementById(id)?.hidden !== true,
    );
    this.control.setAttribute('aria-describedby', ids.join(' '));
  }
}

/** A list to choose one of, with VS Code's arrow. */
export function select(
  options: readonly { value: string; label: string }[],
  onChange: (value: string) => void,
): { around: HTMLElement; control: HTMLSelectElement } {
  const control = make('select');
  fill(control, options);
  control.addEventListener('change', () => {
    onChange(control.value);
  });
  return { around: make('span', 'select', control), control };
}

export function fill(control: HTMLSelectElement, options: readonly { value: string; label: string }[]): void {
  control.replaceChildren(
    ...options.map(({ value, label }) => {
      const option = make('option', '', label);
      option.value = value;
      return option;
    }),
  );
}
