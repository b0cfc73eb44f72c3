import type { Catalog } from '../model/catalog';
import { disposeAll, type Event } from '../model/emitter';
import type { PinnedRuns } from '../model/pinnedRuns';
import type { RunGroups } from '../model/runGroups';
import type { RunStore } from '../model/runStore';
import { repositoryName } from '../model/skillSpec';
import type { Run } from '../oz/types';

/** What a page tells about a run that the run itself does not say. */
export interface Surroundings {
  run(runId: string): Run | undefined;
  /** The runs that this one launched, as far as they are known, in no order. */
  subRuns(runId: string): readonly Run[];
  /** Reads the runs below this one that are not known yet, once. */
  readFamily(runId: string): void;
  isPinned(runId: string): boolean;
  /** The repositories of an environment, written `owner/repo`, as far as they are known. */
  repositories(environmentId: string): readonly string[];
  /** Any of it may be different now. */
  onDidChange: Event<unknown>;
}

export interface SurroundingsDeps {
  runs: Pick<RunStore, 'get' | 'onDidChange'>;
  groups: Pick<RunGroups, 'subRuns'>;
  pinned: Pick<PinnedRuns, 'has' | 'onDidChange'>;
  catalog: Pick<Catalog, 'environment' | 'onDidChange'>;
  readFamily: (runId: string) => void;
}

/** Brought together from the stores. */
export function surroundingsOf({ runs, groups, pinned, catalog, readFamily }: SurroundingsDeps): Surroundings {
  return {
    run: (runId) => runs.get(runId),
    subRuns: (runId) => groups.subRuns(runId).flatMap((id) => runs.get(id) ?? []),
    readFamily,
    isPinned: (runId) => pinned.has(runId),
    repositories: (id) => catalog.environment(id)?.config.github_repos?.map(repositoryName) ?? [],
    onDidChange: (listener) => {
      const subscriptions = [runs.onDidChange(listener), pinned.onDidChange(listener), catalog.onDidChange(listener)];
      return {
        dispose: () => {
          disposeAll(subscriptions);
        },
      };
    },
  };
}
