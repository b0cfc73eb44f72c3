import type { FollowUpBox } from './followUpBox';
import type { Reading } from './reading';

export interface FeedKeysOptions {
  reading: Reading;
  box: FollowUpBox;
  feed: HTMLElement;
  /** Leads past the conversation; stands before it. */
  skip: HTMLElement;
}

/** The conversation as a feed: nobody has to go through all of it to come to what stands behind. */
export class FeedKeys {
  constructor(private readonly options: FeedKeysOptions) {
    options.skip.addEventListener('click', () => {
      this.pass();
    });
  }

  /** To what stands behind the conversation: the box, or else what is said in its place, or else the end itself. */
  pass(): void {
    const { box, feed } = this.options;
    if (!box.open()) {
      const behind = document.querySelector<HTMLElement>('#part-tail button, #foot button:not(#box *)');
      const last = [...feed.querySelectorAll<HTMLElement>('.entry')].at(-1);
      (behind ?? last)?.focus();
    }
  }

  /** Acts on a key that was pressed in the conversation; false when it is none of a feed. */
  press({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
    const { feed, skip } = this.options;
    if (metaKey || altKey || shiftKey || !feed.contains(document.activeElement)) {
      return false;
    }
    if (ctrlKey) {
      const act: Partial<Record<string, () => void>> = {
        End: () => {
          this.pass();
        },
        Home: () => {
          skip.focus({ preventScroll: true });
        },
      };
      act[key]?.();
      return key in act;
    }
    // Whoever sees the page scrolls with them: entries are longer or shorter than the window.
    const isRead = document.body.classList.contains('vscode-using-screen-reader');
    const by: Partial<Record<string, 1 | -1>> = isRead ? { PageDown: 1, PageUp: -1 } : {};
    const step = by[key];
    return step !== undefined && this.#go(step);
  }

  /** To the next entry or the one before. */
  #go(step: 1 | -1): boolean {
    const { reading, feed } = this.options;
    const entries = [...feed.querySelectorAll<HTMLElement>('.entry')];
    const next = entries[entries.findIndex((entry) => entry.contains(document.activeElement)) + step];
    const { id } = next?.dataset ?? {};
    const { chunk } = next?.parentElement?.dataset ?? {};
    if (id !== undefined && chunk !== undefined) {
      reading.reveal({ type: 'reveal', chunk: Number(chunk), id, offset: null });
    }
    return true;
  }
}
