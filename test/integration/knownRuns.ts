import type { KnownRuns } from '../../src/commands/pickRun';
import { ApiProblem, type ProblemKind } from '../../src/oz/problems';
import type { Run } from '../../src/oz/types';

export const at = '2026-03-18T14:30:00Z';

export function aRun(id: string, members: Partial<Run> = {}): Run {
  const ids = { run_id: id, task_id: id };
  return { ...ids, title: `Run ${id}`, prompt: '', state: 'INPROGRESS', created_at: at, updated_at: at, ...members };
}

export function known(...list: Run[]): KnownRuns {
  return {
    get: (runId) => list.find(({ run_id }) => run_id === runId),
    all: () => list,
    status: { kind: 'ready' },
    refresh: () => Promise.resolve(),
  };
}

export const problem = (kind: ProblemKind): ApiProblem => new ApiProblem({ kind, message: kind });
