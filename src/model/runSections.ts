import type { Run } from '../oz/types';
import { resembling, searchedText } from './runFilter';
import { isActive } from './runTime';
import { timeOf } from './serviceTime';

export interface Sections {
  pinned: Run[];
  needsYou: Run[];
  active: Run[];
  recent: Run[];
}

/** A run, and what of it is searched, once it was. */
interface Entry {
  run: Run;
  searched?: string;
}

/** A longer list is searched, not read through. */
const most = 100;

/**
 * The known runs for a list that is searched by typing: the pinned, those that need a person, the active, then the others by
 * last change. They are sorted once, as they are when this is made, so that a letter costs a look at the texts only.
 */
export class RunSections {
  readonly #get: (runId: string) => Run | undefined;
  readonly #pinned: Entry[];
  readonly #needsYou: Entry[];
  readonly #active: Entry[];
  readonly #recent: Entry[];

  constructor(
    runs: { get(runId: string): Run | undefined; all(): Iterable<Run> },
    pinned: Iterable<string>,
    needing: Iterable<string>,
  ) {
    const known = (ids: Iterable<string>): Entry[] => [...ids].flatMap((id) => runs.get(id) ?? []).map(entry);
    const all = [...runs.all()];
    this.#get = (runId) => runs.get(runId);
    this.#pinned = known(pinned);
    this.#needsYou = known(needing);
    this.#active = newestFirst(
      all.filter(({ state }) => isActive(state)),
      'created_at',
    );
    this.#recent = newestFirst(
      all.filter(({ state }) => !isActive(state)),
      'updated_at',
    );
  }

  /** The runs that a text may mean, all of them for none. Each is listed once, and at most 100 in each section. */
  of(text: string): Sections {
    const isMeant = resembling(text);
    const listed = new Set<string>();
    const take = (entries: readonly Entry[]): Run[] => {
      const taken: Run[] = [];
      for (const one of entries) {
        if (taken.length === most) {
          break;
        }
        const { run } = one;
        if (!listed.has(run.run_id) && (text === '' || isMeant(run, (one.searched ??= searchedText(run))))) {
          taken.push(this.#get(run.run_id) ?? run);
        }
      }
      for (const run of taken) {
        listed.add(run.run_id);
      }
      return taken;
    };
    return {
      pinned: take(this.#pinned),
      needsYou: take(this.#needsYou),
      active: take(this.#active),
      recent: take(this.#recent),
    };
  }
}

function entry(run: Run): Entry {
  return { run };
}

/** Reading a time takes longer than comparing two: each is read once. */
function newestFirst(runs: readonly Run[], member: 'created_at' | 'updated_at'): Entry[] {
  return runs
    .map((run) => ({ run, at: timeOf(run[member]) }))
    .sort((a, b) => b.at - a.at)
    .map(({ run }) => entry(run));
}
