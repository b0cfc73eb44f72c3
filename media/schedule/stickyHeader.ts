import { make } from '../elements/elements';

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
    const height = getComputedStyle(header).position === 'sticky' ? header.offsetHeight : 0;
    document.documentElement.style.setProperty('--head', `${height}px`);
  };
  new ResizeObserver(measure).observe(header);
  addEventListener('resize', measure);
  return header;
}
