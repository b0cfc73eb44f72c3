import type { FindWords } from '../../src/conversation/findWords';
import { button } from '../elements/elements';

export interface FindBarActions {
  typed: () => void;
  go: (step: 1 | -1) => void;
  close: () => void;
}

/** What the editor's own find widget is: a field, how many there are, and where to go. */
export class FindBar {
  readonly input = document.createElement('input');
  readonly #bar = document.createElement('div');
  readonly #count = document.createElement('span');

  constructor(place: HTMLElement, words: FindWords, actions: FindBarActions) {
    this.#bar.id = 'find';
    this.#bar.role = 'search';
    this.#bar.hidden = true;
    this.#count.className = 'matches';
    this.#count.role = 'status';
    this.input.type = 'text';
    this.input.spellcheck = false;
    this.input.maxLength = 1000;
    this.input.placeholder = words.find;
    this.input.ariaLabel = words.find;
    this.input.addEventListener('input', actions.typed);
    this.input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && !event.isComposing) {
        event.preventDefault();
        actions.go(event.shiftKey ? -1 : 1);
      }
    });
    this.#bar.append(
      this.input,
      this.#count,
      button('icon arrow-up', `${words.previous} (Shift+Enter)`, () => {
        actions.go(-1);
      }),
      button('icon arrow-down', `${words.next} (Enter)`, () => {
        actions.go(1);
      }),
      button('icon close', `${words.close} (Escape)`, actions.close),
    );
    place.append(this.#bar);
  }

  get isOpen(): boolean {
    return !this.#bar.hidden;
  }

  set isOpen(isOpen: boolean) {
    this.#bar.hidden = !isOpen;
  }

  /** Pixels from the window's top that the bar covers. */
  get bottom(): number {
    return this.#bar.getBoundingClientRect().bottom;
  }

  count(words: string, isNone: boolean): void {
    if (this.#count.textContent !== words) {
      this.#count.textContent = words;
    }
    this.#bar.classList.toggle('none', isNone);
  }
}
