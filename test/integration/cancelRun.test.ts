import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { cancelRun, type CancelRunDeps } from '../../src/commands/cancelRun';
import type { ProblemKind } from '../../src/oz/problems';
import type { Run } from '../../src/oz/types';
import { aRun, known, problem } from './knownRuns';
import { QuickInputs } from './quickInput';

describe('cancelRun', () => {
  let inputs: QuickInputs;

  beforeEach(() => {
    inputs = new QuickInputs();
  });

  afterEach(() => inputs.dispose());

  /** `outcomes`: what the cancels meet, in turn. */
  function setUp(
    runs: Run[],
    outcomes: (ProblemKind | undefined)[] = [],
    after: Partial<Run> = { state: 'CANCELLED' },
  ) {
    const cancelled: string[] = [];
    const put: Run[] = [];
    const deps: CancelRunDeps = {
      runs: { ...known(...runs), put: (fresh) => put.push(fresh) },
      client: {
        getRun: (runId) => Promise.resolve(aRun(runId, after)),
        cancelRun: (runId) => {
          cancelled.push(runId);
          const kind = outcomes.shift();
          return kind ? Promise.reject(problem(kind)) : Promise.resolve();
        },
      },
    };
    const rows = runs.map(({ run_id: runId }) => ({ kind: 'run', runId }));
    return { cancelled, put, deps, cancel: () => cancelRun(deps, rows[0], rows) };
  }

  describe('of one run', () => {
    it('asks once, cancels and shows the run as it is then', async () => {
      inputs.answerMessages('Cancel Run');
      const { cancel, cancelled, put } = setUp([aRun('r1')]);
      await cancel();
      assert.deepEqual([cancelled, put.map(({ state }) => state)], [['r1'], ['CANCELLED']]);
      assert.equal(inputs.messages.length, 2);
    });

    it('cancels nothing when the answer is no', async () => {
      for (const button of ['Keep It Running', '']) {
        inputs.answerMessages(button);
        const { cancel, cancelled } = setUp([aRun('r1')]);
        await cancel();
        assert.deepEqual(cancelled, []);
      }
    });

    it('does not even ask for a run that cannot be cancelled', async () => {
      inputs.answerMessages('Cancel Run');
      const refused: Partial<Run>[] = [{ state: 'SUCCEEDED' }, { state: 'BLOCKED' }, { source: 'GITHUB_ACTION' }];
      for (const members of refused) {
        const { cancel, cancelled } = setUp([aRun('r1', members)]);
        await cancel();
        assert.deepEqual(cancelled, []);
      }
      assert.equal(inputs.messages.length, refused.length);
    });

    it('explains a refusal of the service, and tries again on demand only', async () => {
      inputs.answerMessages('Cancel Run');
      for (const kind of ['invalid', 'unsupported', 'conflict'] as const) {
        const { cancel, cancelled, put } = setUp([aRun('r1')], [kind]);
        const before = inputs.messages.length;
        await cancel();
        assert.deepEqual([cancelled.length, put.length, inputs.messages.length - before], [1, 1, 2]);
      }
    });

    it('passes on other problems', async () => {
      inputs.answerMessages('Cancel Run');
      for (const kind of ['forbidden', 'timeout'] as const) {
        const { cancel, put } = setUp([aRun('r1')], [kind]);
        await assert.rejects(cancel(), { kind });
        await delay(0);
        assert.deepEqual(
          put.map(({ state }) => state),
          ['CANCELLED'],
          'the list shows what came of it',
        );
      }
    });

    it('reads a run that is not known here before it asks', async () => {
      inputs.answerMessages('Cancel Run');
      const { deps, cancelled } = setUp([], [], { state: 'SUCCEEDED' });
      await cancelRun(deps, { runId: 'r9' });
      assert.deepEqual([cancelled, inputs.messages.length], [[], 1]);
    });
  });

  describe('of several runs', () => {
    const three = [aRun('r1'), aRun('r2'), aRun('r3')];

    it('asks once, cancels one after another and sums it up', async () => {
      inputs.answerMessages('Cancel Runs');
      const { cancel, cancelled, put } = setUp(three);
      await cancel();
      assert.deepEqual(cancelled, ['r1', 'r2', 'r3']);
      assert.deepEqual([put.length, inputs.messages.length], [3, 2]);
    });

    it('leaves out those that cannot be cancelled, and says so before', async () => {
      inputs.answerMessages('Cancel Run');
      const { cancel, cancelled } = setUp([
        aRun('r1'),
        aRun('r2', { state: 'SUCCEEDED' }),
        aRun('r3', { state: 'BLOCKED' }),
        aRun('r4', { execution_location: 'LOCAL' }),
        aRun('r5'),
      ]);
      await cancel();
      assert.deepEqual(cancelled, ['r1', 'r5']);
      const [detail = ''] = inputs.details;
      assert.equal(detail.split(': 1.').length, 4, 'three reasons, each for one run');
      assert.ok(detail.includes('Run r1') && detail.includes('Run r5') && !detail.includes('Run r2'));
    });

    it('asks nothing when none of them can be cancelled', async () => {
      inputs.answerMessages('Cancel Run');
      const { cancel, cancelled } = setUp([aRun('r1', { state: 'FAILED' }), aRun('r2', { state: 'BLOCKED' })]);
      await cancel();
      assert.deepEqual([cancelled, inputs.messages.length, inputs.details.length], [[], 1, 0]);
    });

    it('goes on after a refusal, and offers those again that may be cancelled later', async () => {
      inputs.answerMessages('Cancel Run', 'Try Again');
      const { cancel, cancelled } = setUp(three, ['conflict', 'unsupported']);
      await cancel();
      assert.deepEqual(cancelled, ['r1', 'r2', 'r3', 'r1']);
      assert.equal(inputs.messages.length, 3, 'a question, a summary, and what came of the second try');
    });

    it('stops when the rest would meet the same', async () => {
      inputs.answerMessages('Cancel Run');
      for (const kind of ['keyRefused', 'unreachable'] as const) {
        const { cancel, cancelled } = setUp(three, [undefined, kind]);
        await cancel();
        assert.deepEqual(cancelled, ['r1', 'r2']);
      }
    });
  });
});
