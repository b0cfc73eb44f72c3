import type { FilteredRuns } from '../model/filteredRuns';
import type { Launches } from '../model/launches';
import { isUnderWay, type PendingLaunch } from '../model/pendingLaunch';
import type { GroupPlace } from '../model/runLists';
import type { RunsElement, RunsElements } from './runsElements';

export interface PendingRowsDeps {
  launches: Pick<Launches, 'all'>;
  filtered: Pick<FilteredRuns, 'filter'>;
  elements: RunsElements;
}

/** The rows of launches whose runs are not known, among those of the runs. */
export class PendingRows {
  readonly #deps: PendingRowsDeps;
  /** What they go by, by their ids. */
  #words: Map<string, string>;

  constructor(deps: PendingRowsDeps) {
    this.#deps = deps;
    this.#words = this.#wordsNow();
  }

  get size(): number {
    return this.#shown().length;
  }

  /** The groups that they are in. */
  places(): GroupPlace[] {
    return this.#shown().map(placeOf);
  }

  at(place: GroupPlace): RunsElement[] {
    return this.#shown().flatMap((launch) => (placeOf(launch) === place ? this.#rowOf(launch) : []));
  }

  /** Undefined when there is none now. */
  find(launchId: string): RunsElement | undefined {
    const launch = this.#shown().find(({ id }) => id === launchId);
    return launch && this.#rowOf(launch);
  }

  /** Those that say something else than when this was last asked; undefined when there are others than then. */
  changed(): RunsElement[] | undefined {
    const before = this.#words;
    const now = this.#wordsNow();
    this.#words = now;
    return [...before.keys()].join() === [...now.keys()].join()
      ? this.#shown()
          .map((launch) => this.#rowOf(launch))
          .filter(({ id }) => before.get(id) !== now.get(id))
      : undefined;
  }

  /** What is launched from here is of no schedule. */
  #shown(): readonly PendingLaunch[] {
    const { filtered, launches } = this.#deps;
    return filtered.filter.schedule ? [] : launches.all();
  }

  #rowOf(launch: PendingLaunch): RunsElement {
    return this.#deps.elements.launch(launch.id, placeOf(launch));
  }

  #wordsNow(): Map<string, string> {
    const words = ({ at, state, isCancelled }: PendingLaunch): string => `${at} ${state} ${isCancelled}`;
    return new Map(this.#shown().map((launch) => [this.#rowOf(launch).id, words(launch)]));
  }
}

/** What only a person can go on with stands where they look first. */
function placeOf(launch: PendingLaunch): GroupPlace {
  return isUnderWay(launch) ? 'active' : 'needsYou';
}
