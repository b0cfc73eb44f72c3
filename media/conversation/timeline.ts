import type { TimelineMark } from '../../src/conversation/protocol';
import { send } from './pageState';

/** Milliseconds in which changes of the conversation's size become one move of the marks. */
const pause = 150;
/** Pixels from a mark at which it is still meant. */
const reach = 6;
/** Pixels of the shade at least. */
const smallest = 8;

/** The strip beside the conversation: a mark for each place to jump to, and a shade for the part in the window. */
export class Timeline {
  #marks: readonly TimelineMark[] = [];
  #buttons: HTMLButtonElement[] = [];
  /** Part of the page, from 0 to 1, that is above each mark. */
  #heights: number[] = [];
  readonly #shade = box('shade');
  readonly #title = box('mark-title');
  readonly #list = document.createElement('ul');
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Pixels of the page and of the window, as they were when they last changed. */
  #size = { page: 1, window: 1, strip: 1 };

  constructor(
    private readonly strip: HTMLElement,
    private readonly feed: HTMLElement,
    label: string,
  ) {
    strip.ariaLabel = label;
    this.#title.hidden = true;
    strip.append(this.#shade, this.#list, this.#title);
    new ResizeObserver(() => {
      this.moved();
    }).observe(feed);
    addEventListener('resize', () => {
      this.moved();
    });
    addEventListener(
      'scroll',
      () => {
        this.#showShade();
      },
      { passive: true },
    );
    strip.addEventListener('pointermove', ({ clientY }) => {
      this.#showTitle(this.#near(clientY));
    });
    strip.addEventListener('pointerleave', () => {
      this.#showTitle(undefined);
    });
    strip.addEventListener('focusin', ({ target }) => {
      this.#focused(this.#buttons.indexOf(target as HTMLButtonElement));
    });
    strip.addEventListener('focusout', () => {
      this.#showTitle(undefined);
    });
    strip.addEventListener('click', (event) => {
      this.#clicked(event);
    });
    strip.addEventListener('keydown', (event) => {
      this.#pressed(event);
    });
  }

  take(marks: readonly TimelineMark[]): void {
    const focused = this.#marks[this.#buttons.indexOf(document.activeElement as HTMLButtonElement)];
    const stop = this.#marks[this.#buttons.findIndex(({ tabIndex }) => tabIndex === 0)];
    this.#marks = marks;
    this.#buttons = marks.map(({ kind, title }) => {
      const button = document.createElement('button');
      button.className = `mark ${kind}`;
      button.ariaLabel = title;
      button.tabIndex = -1;
      return button;
    });
    this.#list.replaceChildren(
      ...this.#buttons.map((button) => {
        const item = document.createElement('li');
        item.append(button);
        return item;
      }),
    );
    const at = (mark: TimelineMark | undefined): HTMLButtonElement | undefined =>
      mark && this.#buttons[marks.findIndex(({ id }) => id === mark.id)];
    const first = at(stop) ?? this.#buttons[0];
    if (first) {
      first.tabIndex = 0;
    }
    at(focused)?.focus({ preventScroll: true });
    this.#place();
  }

  /** What is on the page may stand elsewhere now. */
  moved(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#place();
    }, pause);
  }

  /** Reads where everything is, all at once, then moves the marks. */
  #place(): void {
    const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
    this.strip.hidden = this.#marks.length < 2 || scrollHeight <= clientHeight;
    if (this.strip.hidden) {
      return;
    }
    const shown = new Map(
      [...this.feed.querySelectorAll<HTMLElement>('.entry')].map((entry) => [entry.dataset.id, entry]),
    );
    this.#heights = this.#marks.map(({ id, chunk, at }) => {
      const entry = shown.get(id);
      const place = (entry ?? this.feed.children[chunk])?.getBoundingClientRect();
      return place ? (scrollTop + place.top + (entry ? 0 : at * place.height)) / scrollHeight : 1;
    });
    const top = document.getElementById('head');
    // With its details it scrolls away.
    const head = top && getComputedStyle(top).position === 'sticky' ? top.offsetHeight : 0;
    const foot = document.getElementById('foot')?.offsetHeight ?? 0;
    this.strip.style.top = `${head}px`;
    this.strip.style.bottom = `${foot}px`;
    const strip = clientHeight - head - foot;
    this.#size = { page: scrollHeight, window: clientHeight, strip };
    this.#shade.style.height = `${Math.max(smallest, strip * (clientHeight / scrollHeight))}px`;
    this.#buttons.forEach((button, index) => {
      button.style.top = `${(this.#heights[index] ?? 0) * 100}%`;
    });
    this.#showShade();
  }

  #showShade(): void {
    if (this.strip.hidden) {
      return;
    }
    const { page, strip } = this.#size;
    const top = Math.min(strip - smallest, (document.documentElement.scrollTop / page) * strip);
    // Nothing is laid out for it while somebody scrolls.
    this.#shade.style.transform = `translateY(${top}px)`;
  }

  /** The mark at a height of the window. */
  #near(clientY: number): number | undefined {
    const { top, height } = this.strip.getBoundingClientRect();
    const distances = this.#heights.map((at) => Math.abs(top + at * height - clientY));
    const nearest = Math.min(...distances);
    return nearest <= reach ? distances.indexOf(nearest) : undefined;
  }

  #showTitle(index: number | undefined): void {
    const mark = index === undefined ? undefined : this.#marks[index];
    this.#title.hidden = !mark;
    if (mark && index !== undefined) {
      this.#title.textContent = mark.title;
      this.#title.style.top = `${(this.#heights[index] ?? 0) * 100}%`;
    }
  }

  #focused(index: number): void {
    if (index >= 0) {
      this.#buttons.forEach((button, other) => {
        button.tabIndex = other === index ? 0 : -1;
      });
      this.#showTitle(index);
    }
  }

  #clicked(event: MouseEvent): void {
    const pressed = this.#buttons.indexOf(event.target as HTMLButtonElement);
    // By the keyboard there is no place of the pointer.
    const index = event.detail === 0 && pressed >= 0 ? pressed : (this.#near(event.clientY) ?? pressed);
    const mark = this.#marks[index];
    if (mark) {
      send({ type: 'goTo', id: mark.id });
      return;
    }
    const { top, height } = this.strip.getBoundingClientRect();
    scrollTo(0, ((event.clientY - top) / height) * this.#size.page - this.#size.window / 2);
  }

  #pressed(event: KeyboardEvent): void {
    const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
    const at = this.#buttons.indexOf(document.activeElement as HTMLButtonElement);
    const last = this.#buttons.length - 1;
    const to: Partial<Record<string, number>> = {
      ArrowDown: Math.min(last, at + 1),
      ArrowUp: Math.max(0, at - 1),
      Home: 0,
      End: last,
    };
    const next = to[key];
    if (next === undefined || altKey || ctrlKey || metaKey || shiftKey) {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    this.#buttons[next]?.focus({ preventScroll: true });
  }
}

function box(name: string): HTMLElement {
  const element = document.createElement('div');
  element.className = name;
  element.ariaHidden = 'true';
  return element;
}
