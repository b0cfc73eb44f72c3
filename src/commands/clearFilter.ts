import type { FilteredRuns } from '../model/filteredRuns';

/** Shows all runs again. */
export function clearFilter({ filtered }: { filtered: Pick<FilteredRuns, 'setFilter'> }): void {
  filtered.setFilter({});
}
