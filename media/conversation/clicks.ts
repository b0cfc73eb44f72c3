import {
  artifactActs,
  commandNames,
  pendingActs,
  textParts,
  type ArtifactAct,
  type CommandName,
  type PendingAct,
  type TextPart,
} from '../../src/conversation/protocol';
import type { PageWords } from '../../src/conversation/pageHtml';
import { send, type PageState } from './pageState';
import type { Reading } from './reading';
import type { Verb } from '../../src/conversation/viewNodes';

export interface ClickOptions {
  state: PageState;
  reading: Reading;
  words: PageWords;
  /** Says to assistive technology what happened. */
  said: HTMLElement;
}

/** How long a copy button shows that it was done (ms). */
const shownCopied = 1500;

/** Turns what a person does into messages. Elements say what they stand for; this says what is done about it. */
export function handleClicks(options: ClickOptions): void {
  document.addEventListener('click', (event) => {
    const element = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-does]') : null;
    if (element) {
      act(element, options);
    }
  });
  document.addEventListener('keydown', (event) => {
    const { target, key, altKey, ctrlKey, metaKey, shiftKey } = event;
    if (!(target instanceof HTMLElement) || ctrlKey || metaKey || shiftKey || target.matches('input, textarea')) {
      return;
    }
    if (key === 'Enter' && target.matches('a[data-does]')) {
      act(target, options);
    } else if ((key === 'j' && !altKey) || (key === 'ArrowDown' && altKey)) {
      send({ type: 'jump', from: options.reading.current(), back: false, to: 'landmark' });
    } else if ((key === 'k' && !altKey) || (key === 'ArrowUp' && altKey)) {
      send({ type: 'jump', from: options.reading.current(), back: true, to: 'landmark' });
    } else {
      return;
    }
    event.preventDefault();
  });
}

function act(element: HTMLElement, options: ClickOptions): void {
  const { does, of: id = '', name = '', item: number = '0' } = element.dataset;
  const item = Number(number);
  switch (does as Verb) {
    case 'artifact':
      send({ type: 'artifact', item, act: isOneOf<ArtifactAct>(artifactActs, name) ? name : 'open' });
      return;
    case 'body':
      if (name === '') {
        unfold(element, id, options);
      } else {
        send({ type: 'body', id, raw: name === 'raw' });
      }
      return;
    case 'command':
      if (isOneOf<CommandName>(commandNames, name)) {
        send({ type: 'command', name });
        if (name === 'copyMarkdown' || name === 'copyLink') {
          showCopied(element, options);
        }
      }
      return;
    case 'copy':
    case 'open':
      if (isOneOf<TextPart>(textParts, name)) {
        send({ type: does as 'copy' | 'open', id, part: name, item });
        if (does === 'copy') {
          showCopied(element, options);
        }
      }
      return;
    case 'diff':
      send({ type: 'diff', id, item });
      return;
    case 'fold':
      toggle(options.state.folded, id);
      options.reading.stay();
      send({ type: 'fold', folded: [...options.state.folded] });
      return;
    case 'link':
    case 'run':
      send({ type: does as 'link' | 'run', item });
      return;
    case 'pending':
      if (isOneOf<PendingAct>(pendingActs, name)) {
        send({ type: 'pending', item, act: name });
      }
      return;
    case 'large':
      return;
  }
}

function unfold(line: HTMLElement, id: string, { state, reading }: ClickOptions): void {
  const isOpen = toggle(state.unfolded, id);
  reading.stay();
  line.setAttribute('aria-expanded', String(isOpen));
  if (isOpen) {
    send({ type: 'body', id, raw: false });
  } else {
    line.parentElement?.querySelector(':scope > .body')?.remove();
  }
}

/** Whether the id is in the set afterwards. */
function toggle(set: Set<string>, id: string): boolean {
  if (!set.delete(id)) {
    set.add(id);
  }
  return set.has(id);
}

function showCopied(element: HTMLElement, { words, said }: ClickOptions): void {
  element.classList.add('copied');
  said.textContent = words.copied;
  setTimeout(() => {
    element.classList.remove('copied');
    said.textContent = '';
  }, shownCopied);
}

function isOneOf<T extends string>(list: readonly T[], value: string): value is T {
  return list.some((one) => one === value);
}
