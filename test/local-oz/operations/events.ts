import type { RunState } from '../state';
import { ok, type Handlers } from './operation';
import { runOf } from './runs';

const STATE_OF: Record<string, RunState> = {
  run_in_progress: 'INPROGRESS',
  run_succeeded: 'SUCCEEDED',
  run_failed: 'FAILED',
  run_errored: 'ERROR',
  run_blocked: 'BLOCKED',
  run_cancelled: 'CANCELLED',
};

export const eventOperations = {
  'GET /agent/events': ({ state }, { query }) => {
    const { since = 0, limit = 100 } = query;
    const runs = new Set(query.run_ids);
    return ok(state.events.filter(({ run_id, sequence }) => runs.has(run_id) && sequence > since).slice(0, limit));
  },
  'POST /agent/events/{runId}': ({ state, lifecycle }, { path, body }) => {
    const run = runOf(state, path.runId);
    const next = STATE_OF[body.event_type];
    if (next === undefined || next === run.item.state) {
      return ok({ sequence: state.record(path.runId, body.event_type, body.ref_id, body.execution_id) });
    }
    lifecycle.setState(run, next);
    return ok({ sequence: state.events.length });
  },
} satisfies Partial<Handlers>;
