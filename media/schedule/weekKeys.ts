/**
 * The arrow keys go from run to run: up and down through a day, above which stands what runs often, and to the sides to the
 * nearest one of the next day that has any.
 */
export function handleWeekKeys(calendar: HTMLElement): void {
  calendar.addEventListener('keydown', (event) => {
    const { target, key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (!(target instanceof HTMLElement) || !target.matches('.run') || ctrlKey || metaKey || altKey || shiftKey) {
      return;
    }
    const next = nextOf(runsIn(calendar), target, key);
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });
  calendar.addEventListener('focusin', ({ target }) => {
    for (const run of calendar.querySelectorAll<HTMLElement>('.run[tabindex="0"]')) {
      run.tabIndex = -1;
    }
    if (target instanceof HTMLElement && target.matches('.run')) {
      target.tabIndex = 0;
    }
  });
}

function nextOf(runs: readonly HTMLElement[], from: HTMLElement, key: string): HTMLElement | undefined {
  const often = runs.filter(({ dataset }) => dataset.day === undefined);
  const days = [...new Set(runs.flatMap(({ dataset }) => dataset.day ?? []))].sort((one, other) => +one - +other);
  const inDay = (day: string | undefined): HTMLElement[] =>
    day === undefined ? [] : runs.filter(({ dataset }) => dataset.day === day);
  const { day } = from.dataset;
  const column = day === undefined ? often : inDay(day);
  const [place, dayPlace] = [column.indexOf(from), days.indexOf(day ?? '')];
  switch (key) {
    case 'ArrowDown':
      return column[place + 1] ?? (day === undefined ? inDay(days[0])[0] : undefined);
    case 'ArrowUp':
      return column[place - 1] ?? (day === undefined ? undefined : often.at(-1));
    case 'ArrowRight':
      return day === undefined ? undefined : nearest(inDay(days[dayPlace + 1]), from);
    case 'ArrowLeft':
      return day === undefined ? undefined : nearest(inDay(days[dayPlace - 1]), from);
    case 'Home':
      return runs[0];
    case 'End':
      return runs.at(-1);
    default:
      return undefined;
  }
}

function runsIn(calendar: HTMLElement): HTMLElement[] {
  return [...calendar.querySelectorAll<HTMLElement>('.run')];
}

/** At about the same height. */
function nearest(runs: readonly HTMLElement[], from: HTMLElement): HTMLElement | undefined {
  const { top } = from.getBoundingClientRect();
  const distance = (run: HTMLElement): number => Math.abs(run.getBoundingClientRect().top - top);
  return runs.toSorted((a, b) => distance(a) - distance(b))[0];
}
