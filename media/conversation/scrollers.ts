/** What is wider than its place: the Tab key comes to it, and the arrow keys move it. */
const observer = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) {
      target.setAttribute('tabindex', '0');
    } else {
      target.removeAttribute('tabindex');
    }
  }
});

/** Sees to all code and all tables in a place, from now on. */
export function letScroll(place: HTMLElement): void {
  for (const element of place.querySelectorAll('.code > pre, pre.diff, .scroll')) {
    observer.observe(element);
  }
}
