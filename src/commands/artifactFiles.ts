import { type ArtifactFile, artifactFile } from '../model/artifactFile';
import { memberOf } from '../oz/json';
import type { Artifact } from '../oz/types';
import { readRuns, type ReadRunsDeps } from './readRuns';

/** An artifact by its place in its run's list. */
export interface ArtifactPlace {
  runId: string;
  artifact: number;
}

/** The artifact that a command is for, with the other selected ones when it is one of them; `selected` is what VS Code passes second. */
export function artifactPlaces(argument: unknown, selected?: unknown): ArtifactPlace[] {
  const clicked = placeOf(argument);
  if (!clicked) {
    return [];
  }
  const others = Array.isArray(selected) ? selected.map(placeOf).filter((place) => place !== undefined) : [];
  const all = new Map(others.map((place) => [`${place.artifact} ${place.runId}`, place]));
  return all.has(`${clicked.artifact} ${clicked.runId}`) ? [...all.values()] : [clicked];
}

function placeOf(value: unknown): ArtifactPlace | undefined {
  const [runId, artifact] = [memberOf(value, 'runId'), memberOf(value, 'artifact')];
  return typeof runId === 'string' && runId !== '' && typeof artifact === 'number' ? { runId, artifact } : undefined;
}

/** @throws ApiProblem when a run is not known here and cannot be read */
export async function readArtifacts(deps: ReadRunsDeps, places: readonly ArtifactPlace[]): Promise<Artifact[]> {
  const runIds = [...new Set(places.map(({ runId }) => runId))];
  const runs = new Map((await readRuns(deps, runIds)).map((run) => [run.run_id, run]));
  return places
    .map(({ runId, artifact }) => runs.get(runId)?.artifacts?.[artifact])
    .filter((artifact) => artifact !== undefined);
}

/** What of the artifacts can be saved, each once: those that are only an address have no file. */
export function filesOf(artifacts: readonly Artifact[]): ArtifactFile[] {
  const files = artifacts.map(artifactFile).filter((file) => file !== undefined);
  return [...new Map(files.map((file) => [file.uid, file])).values()];
}
