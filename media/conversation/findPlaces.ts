/** Characters of a selection that is taken over. */
const mostSelected = 200;
/** Pixels between a hit and the edge of what is seen. */
export const edge = 32;

/** Where a text is looked for first. */
export interface FindStart {
  /** An entry. */
  id: string;
  /** Pixels from its top. */
  below: number;
}

/** What is selected, else the top of what is in sight, or of the entry when that is below it. */
export function startOf(
  selection: Selection | null | undefined,
  current: HTMLElement | undefined,
  head: HTMLElement,
): FindStart | undefined {
  const range = selection?.rangeCount ? selection.getRangeAt(0) : undefined;
  const selected = range?.startContainer.parentElement?.closest<HTMLElement>('.entry');
  const entry = selected ?? current;
  const { id } = entry?.dataset ?? {};
  if (!entry || id === undefined) {
    return undefined;
  }
  const { top } = entry.getBoundingClientRect();
  const start = (selected && range?.getBoundingClientRect().top) ?? head.getBoundingClientRect().bottom;
  return { id, below: Math.max(0, start - top) };
}

export function rectOf(range: StaticRange): DOMRect {
  const live = new Range();
  live.setStart(range.startContainer, range.startOffset);
  live.setEnd(range.endContainer, range.endOffset);
  return live.getBoundingClientRect();
}

/** A line that is too long for the page hides its end. */
export function isCutOff(range: StaticRange): boolean {
  const line = range.startContainer.parentElement?.closest('.sentence');
  return line ? rectOf(range).right > line.getBoundingClientRect().right + 1 : false;
}

export function scrollSideways(range: StaticRange): void {
  const wide = range.startContainer.parentElement?.closest('.scroll');
  if (wide) {
    const { left, right } = rectOf(range);
    const seen = wide.getBoundingClientRect();
    wide.scrollLeft += left < seen.left ? left - seen.left - edge : Math.max(0, right - seen.right + edge);
  }
}

/** What is selected in the page, when it is of one line. */
export function selectedLine(within: HTMLElement): string {
  const selection = document.getSelection();
  const text = selection && within.contains(selection.anchorNode) ? selection.toString().trim() : '';
  return text.length <= mostSelected && !text.includes('\n') ? text : '';
}
