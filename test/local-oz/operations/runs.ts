import { notFound } from '../problems';
import { listRuns } from '../runQuery';
import type { OzState, StoredRun } from '../state';
import { launch } from './launch';
import { ok, type Handlers } from './operation';

export function runOf(state: OzState, id: string): StoredRun {
  const run = state.runs.get(id);
  if (!run) throw notFound('Run');
  return run;
}

export const runOperations = {
  'GET /agent/runs': ({ state }, { query }) => ok(listRuns(state, query)),
  'GET /agent/runs/{runId}': ({ state }, { path }) => ok(runOf(state, path.runId).item),
  'POST /agent/runs': (oz, { body }) => ok(launch(oz, body)),
  'POST /agent/run': (oz, { body }) => ok(launch(oz, body)),
  'POST /agent/runs/{runId}/cancel': ({ state, lifecycle }, { path }) => {
    lifecycle.cancel(runOf(state, path.runId));
    return ok(path.runId);
  },
  'POST /agent/runs/{runId}/followups': ({ state, lifecycle }, { path, body }) =>
    ok(lifecycle.followUp(runOf(state, path.runId), body.message)),
} satisfies Partial<Handlers>;
