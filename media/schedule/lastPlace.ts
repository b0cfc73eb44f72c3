import { keepPlace, keptPlace } from './host';

/** Where a person is in a page. VS Code throws a page away when another tab is looked at. */
export interface Place {
  /** Pixels that it is scrolled by. */
  top: number;
  /** A selector of the control that has the focus, or had it last; empty for none. */
  control: string;
  /** From where to where the text of the control is selected, in characters. */
  selected: [number, number] | null;
  /** What is unfolded, by ids. */
  open: string[];
}

/** Milliseconds. */
const soon = 200;

/** Keeps where the person is, and brings them back there when the page comes again. */
export class LastPlace {
  #control = '';
  #isBack = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    const noteSoon = (): void => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(note, soon);
    };
    const note = (): void => {
      this.#note();
    };
    for (const event of ['scroll', 'focusin', 'selectionchange', 'toggle']) {
      document.addEventListener(event, noteSoon, { capture: true, passive: true });
    }
    // The page may be gone a moment later.
    addEventListener('blur', note);
  }

  /**
   * To be called once all of the page is there; further calls do nothing.
   * @param first has the focus where nothing had it before
   */
  goBack(first: HTMLElement | undefined): void {
    if (this.#isBack) {
      return;
    }
    this.#isBack = true;
    const kept = keptPlace();
    for (const details of kept ? document.querySelectorAll('details') : []) {
      details.open = kept?.open?.includes(details.id) ?? details.open;
    }
    scrollTo(0, kept?.top ?? 0);
    this.#control = kept?.control ?? '';
    const control = this.#control ? document.querySelector<HTMLElement>(this.#control) : null;
    whenFocused(() => {
      (control ?? first)?.focus({ preventScroll: true });
      if (isText(control) && kept?.selected) {
        control.setSelectionRange(...kept.selected);
      }
    });
  }

  #note(): void {
    if (!this.#isBack) {
      return;
    }
    const { activeElement } = document;
    this.#control = activeElement && activeElement !== document.body ? selectorOf(activeElement) : this.#control;
    keepPlace({
      top: document.documentElement.scrollTop,
      control: this.#control,
      selected: isText(activeElement) ? [activeElement.selectionStart ?? 0, activeElement.selectionEnd ?? 0] : null,
      open: [...document.querySelectorAll('details')].filter(({ open }) => open).map(({ id }) => id),
    });
  }
}

/** Once the page itself has the focus, which it never takes from elsewhere, and nothing in it has. */
function whenFocused(act: () => void): void {
  const actIfFree = (): void => {
    if (document.activeElement === document.body) {
      act();
    }
  };
  if (document.hasFocus()) {
    actIfFree();
  } else {
    addEventListener('focus', actIfFree, { once: true });
  }
}

/** What finds it again in a page that is made anew, and nothing else; empty where nothing does. */
function selectorOf(element: Element): string {
  const { id, localName: tag, parentElement: parent } = element;
  const data = element instanceof HTMLElement ? Object.entries(element.dataset) : [];
  const ways = [
    id && `#${CSS.escape(id)}`,
    data.map(([name, value = '']) => `[data-${name}="${CSS.escape(value)}"]`).join(''),
    `${tag}[title="${CSS.escape(element.getAttribute('title') ?? '')}"]`,
    parent?.classList[0] && `.${CSS.escape(parent.classList[0])} > ${tag}`,
    tag,
  ];
  return ways.find((way) => way && document.querySelector(way) === element) ?? '';
}

function isText(element: Element | null): element is HTMLInputElement | HTMLTextAreaElement {
  return element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.type === 'text');
}
