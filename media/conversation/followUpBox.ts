import type { ToPage } from '../../src/conversation/protocol';
import { byId } from '../elements/elements';
import { send, type PageState } from './pageState';
import type { Reading } from './reading';
import { say } from '../elements/say';

export interface FollowUpBoxOptions {
  state: PageState;
  reading: Reading;
  /** Everything under the conversation. */
  foot: HTMLElement;
}

/** Milliseconds without typing after which the host hears of it. */
const settled = 400;

/** The box under the conversation. What is typed is the page's until it is sent off; the host keeps it. */
export class FollowUpBox {
  readonly #box = byId('box');
  readonly #text = byId('box-text') as HTMLTextAreaElement;
  readonly #button = byId('box-send') as HTMLButtonElement;
  readonly #label = byId('box-label');
  #telling: ReturnType<typeof setTimeout> | undefined;
  /** What was sent off, until the host has taken it. */
  #sent: string | undefined;
  #wordsSaid = '';
  /** A button of what is on its way was pressed: it may be gone in a moment. */
  #isActing = false;

  constructor(private readonly options: FollowUpBoxOptions) {
    const { state, foot, reading } = options;
    const kept = state.draft;
    const loaded = this.#text.value;
    // What the host never heard of was typed last.
    if (kept && kept.text !== kept.told) {
      this.#text.value = kept.text;
    }
    state.draft = { text: this.#text.value, told: loaded };
    this.#tellSoon();
    this.#nameKeys();
    this.#text.addEventListener('input', () => {
      state.draft = { text: this.#text.value, told: this.#told };
      state.keep();
      this.#tellSoon();
    });
    this.#text.addEventListener('keydown', (event) => {
      this.#press(event);
    });
    this.#button.addEventListener('click', () => {
      this.#send();
    });
    foot.addEventListener('click', ({ target }) => {
      this.#isActing = target instanceof Element && target.closest('[data-does="pending"]') !== null;
    });
    // The page ends without a word when its panel is hidden; before that, the focus goes elsewhere.
    this.#text.addEventListener('blur', () => {
      this.#tell();
    });
    for (const type of ['blur', 'pagehide', 'visibilitychange']) {
      addEventListener(type, () => {
        this.#tell();
      });
    }
    new ResizeObserver(() => {
      document.documentElement.style.setProperty('--foot', `${foot.offsetHeight}px`);
      reading.filled();
    }).observe(foot);
  }

  take({ box, text }: Extract<ToPage, { type: 'box' }>): void {
    this.#box.hidden = box.sends === 'none';
    this.#box.className = box.sends;
    this.#label.textContent = box.label;
    this.#text.placeholder = box.placeholder;
    this.#text.readOnly = box.busy;
    this.#button.textContent = box.button;
    this.#button.disabled = box.busy;
    this.#nameKeys();
    if (text !== null) {
      this.#put(text);
    }
  }

  /** Gives it the focus; false where there is none. */
  open(): boolean {
    if (!this.#box.hidden) {
      this.#text.focus();
      this.#text.setSelectionRange(this.#text.value.length, this.#text.value.length);
    }
    return !this.#box.hidden;
  }

  /** What is on its way is shown anew. */
  pendingShown(): void {
    const words = [...this.options.foot.querySelectorAll('.pending-words')].map((one) => one.textContent).join(' ');
    if (words !== this.#wordsSaid) {
      this.#wordsSaid = words;
      say(words);
    }
    if (this.#isActing && document.activeElement === document.body) {
      this.open();
    }
    this.#isActing = false;
  }

  get #told(): string {
    return this.options.state.draft?.told ?? '';
  }

  /** What was typed since the host last heard of it stays. */
  #put(given: string): void {
    const { value } = this.#text;
    const sent = this.#sent;
    this.#sent = undefined;
    const isSent = sent !== undefined && value.startsWith(sent);
    const rest = isSent ? value.slice(sent.length) : value === this.#told ? '' : value;
    const text = [given, rest].filter((part) => part !== '').join('\n\n');
    if (text !== value) {
      this.#text.value = text;
    }
    this.options.state.draft = { text, told: given };
    this.options.state.keep();
    this.#tellSoon();
  }

  #press(event: KeyboardEvent): void {
    if (event.isComposing) {
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) {
      // It may be what closes the panel.
      this.#tell();
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#send();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      this.#leave();
    }
  }

  #send(): void {
    const { value, readOnly } = this.#text;
    if (readOnly || this.#sent !== undefined || value.trim() === '') {
      this.#text.focus();
      return;
    }
    this.#tell();
    this.#sent = value;
    send({ type: 'send', text: value });
    this.#text.focus();
    this.options.reading.followEnd();
  }

  /** Back to where a person reads. */
  #leave(): void {
    const id = this.options.reading.current();
    const entry = document.querySelector<HTMLElement>(`.entry[data-id="${CSS.escape(id ?? '')}"]`);
    this.#text.blur();
    entry?.focus({ preventScroll: true });
  }

  #tellSoon(): void {
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => {
      this.#tell();
    }, settled);
  }

  #tell(): void {
    clearTimeout(this.#telling);
    const { state } = this.options;
    const text = this.#text.value;
    if (text !== this.#told) {
      send({ type: 'draft', text });
      state.draft = { text, told: text };
      state.keep();
    }
  }

  /** The host does not know whose keyboard this is. */
  #nameKeys(): void {
    if (/Mac|iPhone|iPad/.test(navigator.userAgent)) {
      this.#text.placeholder = this.#text.placeholder.replace('Ctrl+Enter', '⌘Enter');
      this.#text.title = this.#text.title.replace('Ctrl+Enter', '⌘Enter');
    }
  }
}
