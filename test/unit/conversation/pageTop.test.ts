import assert from 'node:assert/strict';
import { PageTop } from '../../../src/conversation/pageTop';
import { surroundingsOf } from '../../../src/conversation/surroundings';
import { Emitter } from '../../../src/model/emitter';
import { ApiProblem } from '../../../src/oz/problems';
import type { Environment, Run } from '../../../src/oz/types';
import { FakeClock } from '../fakeClock';
import { makeRun, runId } from './samples';

function setUp() {
  const clock = new FakeClock();
  const changed = new Emitter<unknown>();
  const did: unknown[][] = [];
  const family: Run[] = [];
  const read: string[] = [];
  const running: (() => void)[] = [];
  const pins = new Set<string>();
  const live: { run: Run | undefined; runId: string; problem: ApiProblem | undefined } = {
    run: makeRun({ agent_config: { environment_id: 'env-1' } }),
    runId,
    problem: undefined,
  };
  let changes = 0;
  const top = new PageTop({
    live,
    clock,
    host: {
      execute: (...given: unknown[]) => {
        did.push(given);
        return new Promise<void>((resolve) => running.push(resolve));
      },
    },
    around: {
      run: (id) => family.find((run) => run.run_id === id),
      subRuns: (id) => family.filter((run) => run.parent_run_id === id),
      readFamily: (id) => read.push(id),
      isPinned: (id) => pins.has(id),
      repositories: () => ['acme/shop'],
      onDidChange: changed.event,
    },
    environmentName: (id) => `name of ${id}`,
    changed: () => {
      changes++;
    },
  });
  top.known();
  const child = (id: string, state = 'INPROGRESS'): Run =>
    makeRun({ run_id: id, parent_run_id: runId, state, title: id });
  return { top, clock, changed, did, family, read, running, pins, live, child, changes: () => changes };
}

/** Lets what waits for a promise go on. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('what a page knows around its run', () => {
  it('is the environment, the other runs and the pin', () => {
    const { top, family, pins, live, child } = setUp();
    family.push(child('a'));
    pins.add(runId);
    const { environment, repositories, subRuns, isPinned } = top.known();
    assert.deepEqual(
      [environment, repositories, subRuns.map((run) => run.run_id), isPinned],
      ['name of env-1', ['acme/shop'], ['a'], true],
    );
    live.run = undefined;
    assert.deepEqual(top.known().subRuns, []);
  });

  it('is told once for many changes, and not at all for those of other runs', async () => {
    const { clock, changed, family, child, changes } = setUp();
    for (const id of ['a', 'b', 'c']) {
      family.push(child(id));
      changed.fire(undefined);
    }
    assert.equal(changes(), 0);
    await clock.advance(1000);
    assert.equal(changes(), 1);
    changed.fire(undefined);
    await clock.advance(1000);
    assert.equal(changes(), 1);
    family[0] = child('a', 'SUCCEEDED');
    changed.fire(undefined);
    await clock.advance(1000);
    assert.equal(changes(), 2);
  });

  it('is told no more once the page is gone', async () => {
    const { top, clock, changed, family, child, changes } = setUp();
    family.push(child('a'));
    changed.fire(undefined);
    top.dispose();
    changed.fire(undefined);
    await clock.advance(1000);
    assert.equal(changes(), 0);
  });

  it('has the whole family read where there is one', () => {
    const { top, family, read, child } = setUp();
    top.ready();
    assert.deepEqual(read, []);
    family.push(child('a'));
    top.ready();
    assert.deepEqual(read, [runId]);
  });

  it('opens the runs that the page names, whatever became of their places', () => {
    const { top, did } = setUp();
    const [first, second] = ['a', 'b'].map(top.numberOf);
    assert.equal(top.numberOf('a'), first);
    top.openRun(second ?? -1);
    top.openRun(7);
    assert.deepEqual(did, [['agentRuns.openConversation', { runId: 'b' }]]);
  });

  it('gives trace ids and long texts to copy', () => {
    const { top, live } = setUp();
    assert.equal(top.text('readtrace'), undefined);
    live.problem = new ApiProblem({ kind: 'server', message: '', traceId: 't-1' });
    assert.equal(top.text('readtrace')?.text, 't-1');
    assert.equal(top.text('runprompt')?.text, 'Fix the cart');
    assert.equal(top.text('toString'), undefined);
  });
});

describe('what the stores know around a run', () => {
  it('is brought together, and all of their changes are heard until nobody listens', () => {
    const events = [new Emitter<never>(), new Emitter<never>(), new Emitter<never>()] as const;
    const runs = new Map([makeRun({ run_id: 'a' }), makeRun({ run_id: 'b' })].map((run) => [run.run_id, run]));
    const environment = { config: { github_repos: [{ owner: 'acme', repo: 'shop' }] } } as Environment;
    const around = surroundingsOf({
      runs: { get: (id) => runs.get(id), onDidChange: events[0].event },
      groups: { subRuns: () => ['b', 'unknown'] },
      pinned: { has: (id) => id === 'a', onDidChange: events[1].event },
      catalog: { environment: (id) => (id === 'env-1' ? environment : undefined), onDidChange: events[2].event },
      readFamily: () => undefined,
    });
    assert.deepEqual(
      around.subRuns('a').map((run) => run.run_id),
      ['b'],
    );
    assert.deepEqual([around.repositories('env-1'), around.repositories('x')], [['acme/shop'], []]);
    assert.deepEqual([around.isPinned('a'), around.isPinned('b')], [true, false]);
    let heard = 0;
    const listening = around.onDidChange(() => heard++);
    for (const event of events) {
      event.fire(undefined as never);
    }
    assert.equal(heard, 3);
    listening.dispose();
    for (const event of events) {
      event.fire(undefined as never);
    }
    assert.equal(heard, 3);
  });
});

describe('a command of a page', () => {
  it('is not begun twice, and can be again when it has ended', async () => {
    const { top, did, running, changes } = setUp();
    const cancel = (): void => {
      top.execute('cancelRun', 'agentRuns.cancelRun', { runId });
    };
    cancel();
    cancel();
    assert.equal(did.length, 1);
    assert.deepEqual([...top.known().underWay], ['cancelRun']);
    top.execute('openBrowser', 'agentRuns.openInBrowser', { runId });
    assert.equal(did.length, 2);
    running[0]?.();
    await settled();
    assert.deepEqual([...top.known().underWay], ['openBrowser']);
    assert.equal(changes(), 3);
    cancel();
    assert.equal(did.length, 3);
  });

  it('that never ends can be asked for again after a while; its late end says nothing about the next', async () => {
    const { top, clock, did, running } = setUp();
    const cancel = (): void => {
      top.execute('cancelRun', 'agentRuns.cancelRun', { runId });
    };
    cancel();
    await clock.advance(60_000);
    assert.equal(top.known().underWay.size, 0);
    cancel();
    assert.equal(did.length, 2);
    running[0]?.();
    await settled();
    assert.deepEqual([...top.known().underWay], ['cancelRun']);
  });
});
