import assert from 'node:assert/strict';
import { RunSearch, typingRest } from '../../../src/model/runSearch';
import type { ListRunsQuery, Run, RunPage } from '../../../src/oz/types';
import { FakeClock, settle } from '../fakeClock';
import { problem, run } from './fakeOz';

const id = '0192f3a4-5b6c-7d8e-9f01-23456789abcd';

interface Call {
  query: ListRunsQuery;
  signal: AbortSignal | undefined;
  answer: (page: RunPage) => void;
  fail: (error: Error) => void;
}

function setUp(known: readonly Run[] = []) {
  const clock = new FakeClock();
  const calls: Call[] = [];
  const reads: string[] = [];
  const search = new RunSearch(
    {
      listRuns: (query, signal) =>
        new Promise((answer, fail) => {
          calls.push({ query, signal, answer, fail });
        }),
      getRun: (runId) => {
        reads.push(runId);
        const found = known.find(({ run_id }) => run_id === runId);
        return found ? Promise.resolve(found) : Promise.reject(problem('notFound'));
      },
    },
    clock,
  );
  let changes = 0;
  search.onDidChange(() => {
    changes += 1;
  });
  const ids = (): string[] => search.found.map(({ run_id }) => run_id);
  const call = (index: number): Call => {
    const one = calls[index];
    assert.ok(one, `${index + 1} requests`);
    return one;
  };
  return { clock, calls, reads, search, ids, call, changes: () => changes };
}

describe('RunSearch', () => {
  it('asks once typing rests, for what stands there then', async () => {
    const { clock, calls, search } = setUp();
    for (const text of ['c', 'ca', 'cart ']) {
      search.search(text);
      await clock.advance(typingRest - 1);
    }
    assert.deepEqual([calls.length, search.isBusy], [0, true]);
    await clock.advance(1);
    assert.deepEqual(
      calls.map(({ query }) => query),
      [{ q: 'cart', limit: 50 }],
    );
  });

  it('asks nothing for no text, and not again for the same', async () => {
    const { clock, calls, search, call } = setUp();
    search.search('  ');
    await clock.advance(1000);
    assert.deepEqual([calls.length, search.isBusy], [0, false]);
    search.search('cart');
    await clock.advance(typingRest);
    search.search(' cart  ');
    await clock.advance(1000);
    assert.deepEqual([calls.length, call(0).signal?.aborted], [1, false]);
  });

  it('gives up the request for an older text, and ignores its answer', async () => {
    const { clock, search, ids, call } = setUp();
    search.search('a');
    await clock.advance(typingRest);
    search.search('ab');
    assert.equal(call(0).signal?.aborted, true);
    await clock.advance(typingRest);
    call(1).answer({ runs: [run('new', 0)] });
    await settle();
    call(0).answer({ runs: [run('old', 0)], nextCursor: 'old' });
    await settle();
    assert.deepEqual([ids(), search.hasMore, search.isBusy], [['new'], false, false]);
  });

  it('ignores the failure of a request that was given up', async () => {
    const { clock, search, call } = setUp();
    search.search('a');
    await clock.advance(typingRest);
    search.search('');
    call(0).fail(problem('aborted'));
    await settle();
    assert.deepEqual([search.problem, search.isBusy], [undefined, false]);
  });

  it('forgets what was found for another text', async () => {
    const { clock, search, ids, call } = setUp();
    search.search('a');
    await clock.advance(typingRest);
    call(0).answer({ runs: [run('r1', 0)], nextCursor: 'c1' });
    await settle();
    search.search('ab');
    assert.deepEqual([ids(), search.hasMore, search.isBusy], [[], false, true]);
  });

  it('reads on page by page, each run once', async () => {
    const { clock, calls, search, ids, call, changes } = setUp();
    search.search('a');
    await clock.advance(typingRest);
    call(0).answer({ runs: [run('r1', 0), run('r2', 0)], nextCursor: 'c1' });
    await settle();
    search.readOn();
    search.readOn();
    await settle();
    const before = changes();
    call(1).answer({ runs: [run('r2', 0), run('r3', 0)] });
    await settle();
    assert.equal(changes(), before + 1);
    assert.deepEqual(
      calls.map(({ query }) => query.cursor),
      [undefined, 'c1'],
    );
    assert.deepEqual([ids(), search.hasMore], [['r1', 'r2', 'r3'], false]);
    search.readOn();
    assert.equal(calls.length, 2);
  });

  it('keeps what was found when a page fails, and tries that again on demand', async () => {
    const { clock, calls, search, ids, call } = setUp();
    search.search('a');
    await clock.advance(typingRest);
    call(0).answer({ runs: [run('r1', 0)], nextCursor: 'c1' });
    await settle();
    search.readOn();
    await settle();
    call(1).fail(problem('server'));
    await settle();
    assert.deepEqual([ids(), search.problem?.kind, search.isBusy], [['r1'], 'server', false]);
    await clock.advance(60_000);
    assert.equal(calls.length, 2);
    search.readOn();
    await settle();
    assert.deepEqual([call(2).query.cursor, search.problem], ['c1', undefined]);
  });

  it('starts anew when the place in the list is not known any more', async () => {
    const { clock, search, call } = setUp();
    search.search('a');
    await clock.advance(typingRest);
    call(0).answer({ runs: [run('r1', 0)], nextCursor: 'c1' });
    await settle();
    search.readOn();
    await settle();
    call(1).fail(problem('invalid'));
    await settle();
    search.readOn();
    await settle();
    assert.deepEqual(call(2).query, { q: 'a', limit: 50 });
  });

  it('reads the run that an id or an address names', async () => {
    for (const text of [id, `https://oz.warp.dev/runs/${id}`, ` https://oz.example/team/runs/${id}/?tab=log#top `]) {
      const { clock, calls, reads, search, ids } = setUp([run(id, 0)]);
      search.search(text);
      await clock.advance(typingRest);
      assert.deepEqual([ids(), reads, calls.length, search.isBusy], [[id], [id], 0, false]);
    }
  });

  it('searches for what looks like an id and is none', async () => {
    const { clock, reads, search, ids, call } = setUp();
    search.search(id);
    await clock.advance(typingRest);
    assert.deepEqual([reads, call(0).query.q], [[id], id]);
    call(0).answer({ runs: [run('r1', 0)], nextCursor: 'c1' });
    await settle();
    search.readOn();
    await settle();
    assert.deepEqual([ids(), reads.length, call(1).query.cursor], [['r1'], 1, 'c1']);
  });

  it('does nothing any more once it is disposed', async () => {
    const { clock, calls, search, call, changes } = setUp();
    search.search('a');
    await clock.advance(typingRest);
    search.dispose();
    const before = changes();
    call(0).answer({ runs: [run('r1', 0)] });
    await clock.advance(1000);
    assert.deepEqual([call(0).signal?.aborted, changes(), calls.length, clock.waiting], [true, before, 1, 0]);
  });
});
