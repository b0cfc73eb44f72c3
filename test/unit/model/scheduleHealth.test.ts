import assert from 'node:assert/strict';
import fc from 'fast-check';
import { failureOf } from '../../../src/model/scheduleFailure';
import { healthOf, runsCounted } from '../../../src/model/scheduleHealth';
import type { Run } from '../../../src/oz/types';
import { noon } from '../fakeClock';
import { schedule, spawned } from './fakeSchedules';

const minute = 60_000;

/** Runs of a schedule in these states, the newest first. */
function runsIn(...states: string[]): Run[] {
  return spawned('a', states.length).map((run, index) => ({ ...run, state: states[index] ?? '' }));
}

describe('the health of a schedule', () => {
  it('shows the newest five runs, the newest last', () => {
    const runs = runsIn('FAILED', 'INPROGRESS', 'SUCCEEDED', 'CANCELLED', 'ERROR', 'SUCCEEDED', 'SUCCEEDED');
    const { last } = healthOf(schedule('a'), runs, noon);
    assert.deepEqual(
      last.map(({ state }) => state),
      ['ERROR', 'CANCELLED', 'SUCCEEDED', 'INPROGRESS', 'FAILED'],
    );
  });

  it('counts how many of the newest twenty came out well', () => {
    const states = ['INPROGRESS', 'CANCELLED', 'BLOCKED', 'NEW_STATE', 'FAILED', 'ERROR'];
    const runs = runsIn(...states, ...Array<string>(14).fill('SUCCEEDED'), ...Array<string>(9).fill('FAILED'));
    const { decided, good, runs: counted } = healthOf(schedule('a'), runs, noon);
    assert.deepEqual([decided, good, counted], [16, 14, runsCounted]);
    const none = healthOf(schedule('a'), [], noon);
    assert.deepEqual([none.decided, none.good, none.runs, none.isFailing], [0, 0, 0, false]);
  });

  it('adds up what the runs cost, where that is told', () => {
    const [one, two, three] = runsIn('SUCCEEDED', 'FAILED', 'SUCCEEDED');
    assert.ok(one && two && three);
    const usage = (members: object): Run => ({ ...one, request_usage: members });
    const health = healthOf(
      schedule('a'),
      [usage({ inference_cost: 2, compute_cost: 1, inference_cost_usd: 0.2 }), usage({ inference_cost: 4 }), three],
      noon,
    );
    assert.deepEqual([health.credits, health.dollars], [7, 0.2]);
    assert.deepEqual('credits' in healthOf(schedule('a'), [two], noon), false);
  });

  it('is failing by the last run that came out, or when none can be started', () => {
    const isFailing = (...states: string[]): boolean => healthOf(schedule('a'), runsIn(...states), noon).isFailing;
    assert.equal(isFailing('FAILED', 'SUCCEEDED'), true);
    assert.equal(isFailing('INPROGRESS', 'CANCELLED', 'ERROR', 'SUCCEEDED'), true);
    assert.equal(isFailing('SUCCEEDED', 'FAILED'), false);
    assert.equal(isFailing('INPROGRESS'), false);
    assert.equal(healthOf(schedule('a', { last_spawn_error: 'no' }), runsIn('SUCCEEDED'), noon).isFailing, true);
  });

  it('is overdue when the service says so well after the time', () => {
    const due = schedule('a', { history: { next_run: new Date(noon).toISOString() } });
    const overdue = (item = due, readAt = noon): number | undefined => healthOf(item, [], readAt).overdue;
    assert.equal(overdue(due, noon + 4 * minute), undefined);
    assert.equal(overdue(due, noon + 5 * minute), noon);
    assert.equal(overdue(due, -Infinity), undefined, 'not read yet');
    assert.equal(overdue({ ...due, enabled: false }, noon + 60 * minute), undefined);
    for (const odd of [undefined, null, 'string']) {
      assert.equal(overdue(schedule('a', { history: { next_run: odd } }), noon), undefined);
    }
  });
});

describe('a failed run of a schedule', () => {
  /** What the runs are in turn, the oldest first, each told of as soon as it fails. */
  function teller(known: Iterable<Run>, asked?: Iterable<Run>) {
    const claims = new Set<string>();
    const isFirstTo = (claim: string): Promise<boolean> => {
      const isFirst = !claims.has(claim);
      claims.add(claim);
      return Promise.resolve(isFirst);
    };
    return (run: Run | undefined): ReturnType<typeof failureOf> => {
      assert.ok(run);
      return failureOf(run, known, () => Promise.resolve(asked), isFirstTo);
    };
  }
  const of = (states: string[], asked?: Run[]): ReturnType<typeof failureOf> => {
    const runs = runsIn(...states);
    const foreign = spawned('b', 4).map((run) => ({ ...run, state: 'SUCCEEDED' }));
    return teller([...foreign, ...runs.toReversed()], asked)(runs[0]);
  };

  it('is the first after one that came out well, whatever lies between', async () => {
    assert.equal(await of(['FAILED', 'SUCCEEDED', 'FAILED']), 'first');
    assert.equal(await of(['ERROR', 'CANCELLED', 'INPROGRESS', 'SUCCEEDED']), 'first');
    assert.equal(await of(['FAILED', 'CANCELLED', 'ERROR', 'SUCCEEDED']), 'again');
  });

  it('is judged by the runs of the schedule where none before it is at hand, and by nothing where these cannot be read', async () => {
    const [run, ...before] = runsIn('FAILED', 'CANCELLED', 'ERROR', 'SUCCEEDED');
    assert.ok(run);
    assert.equal(await teller([run], [run, ...before])(run), 'again');
    assert.equal(await teller([run], [run, ...before.slice(2)])(run), 'first');
    assert.equal(await teller([run], [run])(run), 'first', 'it never ran well');
    assert.equal(await teller([run])(run), undefined);
    assert.equal(await teller(before)({ ...run, schedule: undefined }), undefined);
  });

  it('is the first exactly once in a row of failures, also of runs that go on side by side', async () => {
    const state = fc.constantFrom('SUCCEEDED', 'FAILED', 'ERROR', 'CANCELLED');
    await fc.assert(
      fc.asyncProperty(fc.array(state, { minLength: 1, maxLength: 12 }), async (states) => {
        const runs = runsIn(...states);
        const failures: (string | undefined)[] = [];
        const tell = teller(runs);
        for (const run of runs.toReversed().filter(({ state: one }) => one === 'FAILED' || one === 'ERROR')) {
          failures.push(await tell(run));
        }
        const decided = states.filter((one) => one !== 'CANCELLED').reverse();
        const rows = decided.filter(
          (one, at) => one !== 'SUCCEEDED' && (decided[at - 1] ?? 'SUCCEEDED') === 'SUCCEEDED',
        );
        // Without one before the first run nothing is known of it.
        const isUnknown = decided[0] !== undefined && decided[0] !== 'SUCCEEDED';
        assert.equal(failures.filter((one) => one === 'first').length, rows.length - (isUnknown ? 1 : 0));
      }),
    );
    const [b, a, good] = runsIn('FAILED', 'INPROGRESS', 'SUCCEEDED');
    assert.ok(a && b && good);
    const known = [b, a, good];
    const tell = teller(known);
    assert.equal(await tell(b), 'first');
    known[1] = { ...a, state: 'FAILED' };
    assert.equal(await tell(known[1]), 'again');
  });
});
