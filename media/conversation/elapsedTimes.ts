import { elapsedText } from '../../src/conversation/elapsed';

/** Keeps the times passed since a moment going, once a second while the page is shown. */
export function showElapsed(): void {
  setInterval(() => {
    for (const element of document.querySelectorAll<HTMLElement>('[data-since]')) {
      element.textContent = elapsedText(Date.now() - Number(element.dataset.since));
    }
  }, 1000);
}
