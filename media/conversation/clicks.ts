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
import type { Menu } from './menu';
import { notice } from './notice';
import type { Reading } from './reading';
import { say } from '../elements/say';
import type { Verb } from '../../src/conversation/viewNodes';

export interface ClickOptions {
  state: PageState;
  reading: Reading;
  menu: Menu;
  words: PageWords;
}

const copies: ReadonlySet<CommandName> = new Set<CommandName>([
  'copyBranch',
  'copyLink',
  'copyMarkdown',
  'copyPrompt',
  'copyRunId',
]);

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
        if (copies.has(name)) {
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
    case 'file':
      send({ type: does as 'diff' | 'file', id, item });
      return;
    case 'diffs':
      send({ type: 'diffs', id });
      return;
    case 'fold':
      toggle(options.state.folded, id);
      options.reading.stay();
      send({ type: 'fold', folded: [...options.state.folded] });
      return;
    case 'answer':
    case 'link':
    case 'run':
      send({ type: does as 'answer' | 'link' | 'run', item });
      return;
    case 'menu':
      options.menu.toggle();
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
  const isHead = line.closest('.title-line') !== null;
  if (isOpen) {
    send({ type: 'body', id, raw: false });
    if (isHead) {
      reading.goToHead();
    }
  } else {
    line.closest('.foldable')?.querySelector(':scope > .body')?.remove();
    if (isHead) {
      reading.comeBack();
    }
  }
}

/** Whether the id is in the set afterwards. */
function toggle(set: Set<string>, id: string): boolean {
  if (!set.delete(id)) {
    set.add(id);
  }
  return set.has(id);
}

function showCopied(element: HTMLElement, { words }: ClickOptions): void {
  if (element.role === 'menuitem') {
    // The menu is gone before it could show anything.
    notice(words.copied);
    return;
  }
  element.classList.add('copied');
  say(words.copied);
  setTimeout(() => {
    element.classList.remove('copied');
  }, shownCopied);
}

function isOneOf<T extends string>(list: readonly T[], value: string): value is T {
  return list.some((one) => one === value);
}
