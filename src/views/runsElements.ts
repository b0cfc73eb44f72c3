import type { RunGroups } from '../model/runGroups';
import type { GroupPlace, Place } from '../model/runLists';

/** Plain data, so that a menu can pass an element to a command as it is. */
export type RunsElement = GroupElement | LaunchElement | RunElement | ArtifactElement | LoadMoreElement;

export interface GroupElement {
  kind: 'group';
  id: string;
  place: GroupPlace;
}

/** A launch whose run is not known: it stands among the active runs, or among those that need a person. */
export interface LaunchElement {
  kind: 'launch';
  id: string;
  parentId: string;
  launchId: string;
}

export interface RunElement {
  kind: 'run';
  id: string;
  parentId: string;
  runId: string;
}

export interface ArtifactElement {
  kind: 'artifact';
  id: string;
  parentId: string;
  runId: string;
  artifact: number;
}

export interface LoadMoreElement {
  kind: 'loadMore';
  id: string;
}

/**
 * The objects that stand for the rows, the same one for the same row each time. A run that moves to another place is another
 * row there (its id is its path): VS Code cannot follow one row from place to place.
 */
export class RunsElements {
  readonly #groups: Pick<RunGroups, 'placeOf'>;
  readonly #elements = new Map<string, RunsElement>();
  readonly loadMore: LoadMoreElement = { kind: 'loadMore', id: 'loadMore' };

  constructor(groups: Pick<RunGroups, 'placeOf'>) {
    this.#groups = groups;
  }

  group(place: GroupPlace): RunsElement {
    return this.#element({ kind: 'group', id: place, place });
  }

  launch(launchId: string, place: GroupPlace): RunsElement {
    const { id: parentId } = this.group(place);
    return this.#element({ kind: 'launch', id: `${parentId}/launch/${launchId}`, parentId, launchId });
  }

  run(runId: string, parentId: string): RunsElement {
    return this.#element({ kind: 'run', id: `${parentId}/${runId}`, parentId, runId });
  }

  artifact({ id, runId }: RunElement, artifact: number): RunsElement {
    return this.#element({ kind: 'artifact', id: `${id}/artifact/${artifact}`, parentId: id, runId, artifact });
  }

  parentOf(element: RunsElement): RunsElement | undefined {
    return 'parentId' in element ? this.#elements.get(element.parentId) : undefined;
  }

  /** The row of a run where it is listed now; undefined when it is not. */
  rowOf(runId: string): RunsElement | undefined {
    const [place, ...runIds] = this.#pathOf(runId) ?? [];
    return place && runIds.reduce<RunsElement>((parent, id) => this.run(id, parent.id), this.group(place));
  }

  /** The row of a run where it is listed now, if VS Code asked for it. */
  knownRowOf(runId: string): RunsElement | undefined {
    const path = this.#pathOf(runId);
    return path && this.#elements.get(path.join('/'));
  }

  /** The row that has the list of this place below it, if VS Code asked for it. */
  knownRowAt(place: Place): RunsElement | undefined {
    return isGroup(place) ? this.#elements.get(place) : this.knownRowOf(parentIn(place));
  }

  clear(): void {
    this.#elements.clear();
  }

  #element(element: RunsElement): RunsElement {
    const known = this.#elements.get(element.id);
    if (!known) {
      this.#elements.set(element.id, element);
    }
    return known ?? element;
  }

  /** From the group down to the run. */
  #pathOf(runId: string): [GroupPlace, ...string[]] | undefined {
    const path = [runId];
    let place = this.#groups.placeOf(runId);
    while (place && !isGroup(place)) {
      const parentId = parentIn(place);
      path.unshift(parentId);
      place = this.#groups.placeOf(parentId);
    }
    return place && [place, ...path];
  }
}

function isGroup(place: Place): place is GroupPlace {
  return !place.startsWith('run/');
}

function parentIn(place: Place): string {
  return place.slice('run/'.length);
}
