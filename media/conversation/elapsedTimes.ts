import { countedFrom, elapsedText } from '../../src/conversation/elapsed';

/** Keeps the times passed since a moment going, once a second while the page is shown. */
export function showElapsed(): void {
  const firstSeen = new Map<number, number>();
  setInterval(() => {
    const now = Date.now();
    for (const element of document.querySelectorAll<HTMLElement>('[data-since]')) {
      element.textContent = elapsedText(now - countedFrom(Number(element.dataset.since), now, firstSeen));
    }
  }, 1000);
}
