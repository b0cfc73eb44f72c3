import { make } from '../elements/elements';

/** Pixels of room around what is brought into sight. */
const around = 24;

/**
 * What stays in sight above a page. Its height is known to the style: nothing that has the focus is left behind it. The page's
 * name takes the focus where what had it is gone.
 */
export function stickyHeader(...parts: HTMLElement[]): HTMLElement {
  const header = make('header', '', ...parts);
  for (const name of header.querySelectorAll('h1')) {
    name.tabIndex = -1;
  }
  const measure = (): void => {
    document.documentElement.style.setProperty('--head', `${heightOf(header)}px`);
  };
  new ResizeObserver(measure).observe(header);
  addEventListener('resize', measure);
  return header;
}

/**
 * Scrolls as little as it takes to have all of a part of the page in sight below its header, of a higher one the top. Not
 * `scrollIntoView`: it would move the editor's frames around this one, too.
 */
export function bringIntoSight(part: Element | null | undefined): void {
  if (part) {
    const header = document.querySelector('header');
    const { top, bottom } = part.getBoundingClientRect();
    const above = top - (header ? heightOf(header) : 0) - around;
    const below = bottom + around - innerHeight;
    scrollBy(0, Math.min(above, Math.max(below, 0)));
  }
}

/** Pixels at the top of the page that stay behind it. */
function heightOf(header: HTMLElement): number {
  return getComputedStyle(header).position === 'sticky' ? header.offsetHeight : 0;
}
