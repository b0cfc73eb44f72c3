import { resembles } from '../model/runFilter';
import { isActive } from '../model/runTime';
import { timeOf } from '../model/serviceTime';
import type { Run } from '../oz/types';

export interface RunSections {
  pinned: Run[];
  needsYou: Run[];
  active: Run[];
  recent: Run[];
}

/** A longer list is searched, not read through. */
const most = 100;

/**
 * The known runs that a text may mean, all of them for none: the pinned, those that need a person, the active, then the
 * others by last change. Each is listed once, and at most 100 in each section.
 */
export function runSections(
  runs: { get(runId: string): Run | undefined; all(): Iterable<Run> },
  pinned: Iterable<string>,
  needing: readonly string[],
  text: string,
): RunSections {
  const listed = new Set<string>();
  const take = (candidates: Iterable<Run>): Run[] => {
    const taken: Run[] = [];
    for (const run of candidates) {
      if (taken.length === most) {
        break;
      }
      if (!listed.has(run.run_id) && (text === '' || resembles(run, text))) {
        taken.push(run);
      }
    }
    for (const run of taken) {
      listed.add(run.run_id);
    }
    return taken;
  };
  const known = (ids: Iterable<string>): Run[] => [...ids].flatMap((id) => runs.get(id) ?? []);
  const all = [...runs.all()];
  const active = all.filter(({ state }) => isActive(state));
  const others = all.filter(({ state }) => !isActive(state));
  return {
    pinned: take(known(pinned)),
    needsYou: take(known(needing)),
    active: take(newestFirst(active, 'created_at')),
    recent: take(newestFirst(others, 'updated_at')),
  };
}

function newestFirst(runs: Run[], member: 'created_at' | 'updated_at'): Run[] {
  return runs.sort((a, b) => timeOf(b[member]) - timeOf(a[member]));
}
