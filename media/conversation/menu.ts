/** The menu of the header: it opens with its button, is moved through with the arrow keys, and closes when it is left. */
export class Menu {
  #isOpen = false;
  /** The header is being made anew: what had the focus is gone for a moment. */
  #isRenewed = false;

  /** @param place holds the menu and its button, and stays when they are made anew */
  constructor(private readonly place: HTMLElement) {
    // Before everybody else: while it is open, its keys are its own.
    document.addEventListener(
      'keydown',
      (event) => {
        if (this.#isOpen && place.contains(document.activeElement)) {
          this.#press(event);
        }
      },
      true,
    );
    document.addEventListener('click', ({ target }) => {
      if (target instanceof Element && target.closest('[role="menuitem"]')) {
        this.#close(true);
      }
    });
    document.addEventListener('pointerdown', ({ target }) => {
      if (this.#isOpen && !(target instanceof Node && this.#around()?.contains(target) === true)) {
        this.#close(false);
      }
    });
    place.addEventListener('focusout', ({ relatedTarget }) => {
      const isLeft = !(relatedTarget instanceof Node && this.#around()?.contains(relatedTarget) === true);
      if (this.#isOpen && isLeft && !this.#isRenewed) {
        this.#close(false);
      }
    });
  }

  toggle(): void {
    if (this.#isOpen) {
      this.#close(true);
    } else {
      this.#isOpen = true;
      this.#show();
      this.#move(0);
    }
  }

  /** Makes the header anew around an open menu. */
  renew(make: () => void): void {
    this.#isRenewed = true;
    make();
    this.#isRenewed = false;
    this.#show();
  }

  #close(goesBack: boolean): void {
    const hadFocus = this.#around()?.contains(document.activeElement) === true;
    this.#isOpen = false;
    this.#show();
    if (goesBack && hadFocus) {
      this.#button()?.focus({ preventScroll: true });
    }
  }

  #show(): void {
    this.place.classList.toggle('menu-open', this.#isOpen);
    this.#button()?.setAttribute('aria-expanded', String(this.#isOpen));
  }

  #press(event: KeyboardEvent): void {
    const { key, altKey, ctrlKey, metaKey } = event;
    if (key === 'Tab') {
      this.#close(true);
      return;
    }
    event.stopPropagation();
    const moves: Record<string, () => void> = {
      ArrowDown: () => {
        this.#move(this.#at() + 1);
      },
      ArrowUp: () => {
        this.#move(this.#at() - 1);
      },
      Home: () => {
        this.#move(0);
      },
      End: () => {
        this.#move(-1);
      },
      Escape: () => {
        this.#close(true);
      },
    };
    const isLetter = key.length === 1 && key !== ' ' && !altKey && !ctrlKey && !metaKey;
    if (Object.hasOwn(moves, key) || isLetter) {
      event.preventDefault();
      (
        moves[key] ??
        (() => {
          this.#moveTo(key.toLowerCase());
        })
      )();
    }
  }

  /** The item with the focus, or -1. */
  #at(): number {
    return this.#items().findIndex((item) => item === document.activeElement);
  }

  #move(to: number): void {
    const items = this.#items();
    items.at(to % (items.length || 1))?.focus({ preventScroll: false });
  }

  /** The next item that begins with a letter. */
  #moveTo(letter: string): void {
    const items = this.#items();
    const next = this.#at() + 1;
    [...items.slice(next), ...items.slice(0, next)]
      .find((item) => item.textContent.toLowerCase().startsWith(letter))
      ?.focus();
  }

  #items(): HTMLElement[] {
    return [...this.place.querySelectorAll<HTMLElement>('[role="menuitem"]')];
  }

  #button(): HTMLElement | null {
    return this.place.querySelector('[data-does="menu"]');
  }

  /** What holds the menu and its button. */
  #around(): HTMLElement | null | undefined {
    return this.#button()?.parentElement;
  }
}
