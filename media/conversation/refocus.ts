/** Gives the focus to what stands for an element that was made anew, or else to what is nearest to it: it is never lost. */
export function refocus(place: HTMLElement, gone: HTMLElement): void {
  const { does, of, name, item } = gone.dataset;
  const tests: ((element: HTMLElement) => boolean)[] = [
    ({ dataset, role }) =>
      dataset.does === does &&
      dataset.of === of &&
      dataset.name === name &&
      dataset.item === item &&
      role === gone.role,
    // What switches between two ways goes by the name of the other one.
    ({ dataset }) => dataset.does === does && dataset.of === of && dataset.name !== undefined,
    ({ dataset, role }) => dataset.does !== undefined && role !== 'menuitem',
  ];
  const inside = [...place.querySelectorAll<HTMLElement>('[data-does]')];
  const next =
    tests.map((test) => inside.find(test)).find((element) => element !== undefined) ??
    place.closest('#head, main, #foot')?.querySelector<HTMLElement>('button, textarea');
  next?.focus({ preventScroll: true });
}
