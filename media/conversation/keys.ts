import type { JumpTarget } from '../../src/conversation/protocol';
import type { FeedKeys } from './feedKeys';
import type { Find } from './find';
import { send } from './pageState';
import type { Reading } from './reading';

export interface KeysOptions {
  reading: Reading;
  find: Find;
  feedKeys: FeedKeys;
}

/** Letters that jump; with Shift, backwards. */
const jumps: Partial<Record<string, JumpTarget>> = { u: 'user', e: 'error', s: 'step', a: 'action' };

/** What the keys do anywhere on the page. */
export function handleKeys({ reading, find, feedKeys }: KeysOptions): void {
  const jump = (to: JumpTarget, back: boolean): void => {
    send({ type: 'jump', from: reading.current(), back, to });
  };

  /** Those of every editor's find. They do not reach the editor: it would give them back as the command to find. */
  const actOnFinding = ({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean => {
    const hasMeta = (ctrlKey || metaKey) && !altKey;
    if (hasMeta && !shiftKey && key.toLowerCase() === 'f') {
      find.open();
    } else if ((key === 'F3' && !ctrlKey && !metaKey && !altKey) || (metaKey && !altKey && key.toLowerCase() === 'g')) {
      find.go(shiftKey ? -1 : 1);
    } else if (key === 'Escape' && find.isOpen) {
      find.close();
    } else {
      return false;
    }
    return true;
  };

  const act = (target: HTMLElement, { key, altKey, shiftKey }: KeyboardEvent): boolean => {
    const letter = key.toLowerCase();
    const to = altKey ? undefined : jumps[letter];
    const landmark = altKey ? { arrowdown: 1, arrowup: -1 }[letter] : shiftKey ? undefined : { j: 1, k: -1 }[letter];
    const line = target.matches('.entry') ? target.querySelector<HTMLElement>('button.line') : null;
    if (to) {
      jump(to, shiftKey);
    } else if (landmark !== undefined) {
      jump('landmark', landmark < 0);
    } else if (altKey) {
      return false;
    } else if (letter === 'f') {
      send({ type: 'foldAll', folded: !shiftKey });
    } else if (key === '/') {
      find.open();
    } else if (letter === 'c' && !shiftKey) {
      feedKeys.pass();
    } else if (key === '?') {
      send({ type: 'command', name: 'showKeys' });
    } else if (key === 'Enter' && target.matches('a[data-does]')) {
      target.click();
    } else if ((key === 'Enter' || key === ' ') && line) {
      line.click();
    } else {
      return false;
    }
    return true;
  };

  document.addEventListener('keydown', (event) => {
    const { target, ctrlKey, metaKey, isComposing, defaultPrevented } = event;
    if (isComposing || defaultPrevented || document.querySelector('dialog[open]')) {
      return;
    }
    if (actOnFinding(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    if (feedKeys.press(event)) {
      event.preventDefault();
      return;
    }
    const isTyping = target instanceof HTMLElement && target.matches('input, textarea, [contenteditable]');
    if (!isTyping && !ctrlKey && !metaKey && act(target instanceof HTMLElement ? target : document.body, event)) {
      event.preventDefault();
    }
  });
}
