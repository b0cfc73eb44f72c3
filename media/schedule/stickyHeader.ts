import { make } from '../elements/elements';

/** What stays in sight above a page. Its height is known to the style: nothing that has the focus is left behind it. */
export function stickyHeader(...parts: HTMLElement[]): HTMLElement {
  const header = make('header', '', ...parts);
  new ResizeObserver(() => {
    document.documentElement.style.setProperty('--head', `${header.offsetHeight}px`);
  }).observe(header);
  return header;
}
