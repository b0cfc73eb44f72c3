/** The arrow keys go from run to run: up and down through a day, to the sides to the nearest one of the next day that has any. */
export function handleWeekKeys(calendar: HTMLElement): void {
  calendar.addEventListener('keydown', (event) => {
    const { target, key, ctrlKey, metaKey, altKey, shiftKey } = event;
    if (!(target instanceof HTMLElement) || !target.matches('.run') || ctrlKey || metaKey || altKey || shiftKey) {
      return;
    }
    const next = nextOf(calendar, target, key);
    if (next) {
      event.preventDefault();
      next.focus();
    }
  });
  calendar.addEventListener('focusin', ({ target }) => {
    for (const run of runsIn(calendar)) {
      run.tabIndex = run === target ? 0 : -1;
    }
  });
}

function nextOf(calendar: HTMLElement, from: HTMLElement, key: string): HTMLElement | undefined {
  const runs = runsIn(calendar);
  const days = [...new Set(runs.map(({ dataset }) => dataset.day))].sort();
  const day = days.indexOf(from.dataset.day);
  const inDay = (place: number): HTMLElement[] => runs.filter(({ dataset }) => dataset.day === days[place]);
  switch (key) {
    case 'ArrowDown':
      return inDay(day)[inDay(day).indexOf(from) + 1];
    case 'ArrowUp':
      return inDay(day)[inDay(day).indexOf(from) - 1];
    case 'ArrowRight':
      return nearest(inDay(day + 1), from);
    case 'ArrowLeft':
      return nearest(inDay(day - 1), from);
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
  return [...runs].sort((a, b) => distance(a) - distance(b))[0];
}
