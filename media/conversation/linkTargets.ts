/** Shows where a link leads while it is pointed at or has the focus, as browsers do. */
export function showTargets(place: HTMLElement): void {
  const show = (event: Event): void => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-target]') : null;
    place.textContent = target?.dataset.target ?? '';
    place.hidden = !target;
  };
  document.addEventListener('mouseover', show);
  document.addEventListener('focusin', show);
  document.addEventListener('focusout', () => {
    place.hidden = true;
  });
}
