import { make } from '../elements/elements';

/** A control with its name above it, what it is for, and what is wrong with it. */
export class Field {
  readonly element: HTMLElement;
  readonly #problem: HTMLElement;

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
    this.#problem = make('p', 'problem');
    this.#problem.id = `${id}-problem`;
    this.#problem.hidden = true;
    this.element = make('div', 'field', name, explained, around, this.#problem);
    this.show('');
  }

  /** @param problem what is wrong; empty where nothing is */
  show(problem: string, describedBy = ''): void {
    if (this.#problem.textContent !== problem) {
      this.#problem.textContent = problem;
    }
    this.#problem.hidden = problem === '';
    const isWrong = problem !== '' || describedBy !== '';
    this.control.ariaInvalid = isWrong ? 'true' : null;
    const ids = [`${this.id}-hint`, problem && `${this.id}-problem`, describedBy].filter(
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
