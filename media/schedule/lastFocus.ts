/**
 * Gives what had the focus the focus again once the page has it again: a frame forgets that when VS Code opens a list or a
 * dialog above it.
 */
export function keepLastFocus(): void {
  let last: HTMLElement | undefined;
  addEventListener('focusout', ({ target }) => {
    last = target instanceof HTMLElement ? target : undefined;
  });
  addEventListener('focus', () => {
    if (document.activeElement === document.body) {
      standIn(last)?.focus({ preventScroll: true });
    }
  });
}

/** A part may have been made anew meanwhile. */
function standIn(last: HTMLElement | undefined): HTMLElement | null | undefined {
  const act = last?.dataset.act;
  return last?.isConnected || act === undefined
    ? last
    : document.querySelector<HTMLElement>(`[data-act="${CSS.escape(act)}"]`);
}
