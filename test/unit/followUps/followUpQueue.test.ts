import assert from 'node:assert/strict';
import { FollowUpQueue } from '../../../src/conversation/followUpQueue';
import { Emitter } from '../../../src/model/emitter';
import type { LoadStatus } from '../../../src/model/loadStatus';
import { ApiProblem } from '../../../src/oz/problems';
import type { Run } from '../../../src/oz/types';
import { makeRun } from '../conversation/samples';
import { FakeClock, noon, settle } from '../fakeClock';
import { FakeMemento } from '../model/fakeMemento';
import { failed, FakeService, offline } from './fakeService';

const minute = 60_000;
const down: LoadStatus = { kind: 'failed', problem: new ApiProblem({ kind: 'unreachable', message: '' }) };

function setUp() {
  const clock = new FakeClock();
  const client = new FakeService(clock);
  const statusChanged = new Emitter<undefined>();
  const account = new Emitter<unknown>();
  const read: number[] = [];
  const store = {
    run: makeRun() as Run | undefined,
    status: { kind: 'ready' } as LoadStatus,
    get: () => store.run,
    readRun: () => {
      read.push(clock.now());
      return Promise.reject(new Error('it is not there yet'));
    },
    onDidChangeStatus: statusChanged.event,
  };
  const turn = (status: LoadStatus): void => {
    store.status = status;
    statusChanged.fire(undefined);
  };
  const both = new FollowUpQueue({
    ...{ clock, client, runs: store, memento: new FakeMemento() },
    claim: () => Promise.resolve(true),
    onDidChangeAccount: account.event,
  });
  return { clock, client, store, turn, account, read, both, queue: both.queue };
}

describe("this window's follow-ups", () => {
  it('go out when the list can be read again, and not each time it is', async () => {
    const { clock, client, queue, turn } = setUp();
    client.fates = Array.from({ length: 20 }, () => offline);
    queue.add('r', 'one');
    await clock.advance(10 * minute);
    const tries = client.asked.length;
    turn({ kind: 'ready' });
    turn(down);
    await settle();
    assert.equal(client.asked.length, tries);
    turn({ kind: 'ready' });
    await settle();
    assert.equal(client.asked.length, tries + 1);
  });

  it('go out with another key', async () => {
    const { client, queue, account } = setUp();
    client.fates = [failed('keyRefused')];
    queue.add('r', 'one');
    await settle();
    account.fire(undefined);
    await settle();
    assert.equal(client.told.length, 1);
  });

  it('have their run read until it is at work again, a few times at most', async () => {
    const first = setUp();
    first.queue.add('r', 'one');
    await first.clock.advance(5 * minute);
    assert.ok(first.read.length > 2 && first.read.length < 6);

    // The old state stands for a moment still: not longer than it must.
    assert.equal(first.read.filter((at) => at <= noon + 3000).length, 3);

    const second = setUp();
    second.queue.add('r', 'one');
    await second.clock.advance(1000);
    second.store.run = makeRun({ state: 'INPROGRESS' });
    await second.clock.advance(5 * minute);
    assert.ok(second.read.length < first.read.length);

    const gone = setUp();
    gone.queue.add('r', 'one');
    await settle();
    gone.both.dispose();
    await gone.clock.advance(5 * minute);
    assert.equal(gone.read.length, 0);
  });
});
