import assert from 'node:assert/strict';
import type { Run } from '../../../src/oz/types';
import { noon } from '../fakeClock';
import { problem, run } from './fakeOz';
import { contentOf, Machine, type Window } from './machine';
import { MemoryFiles } from './memoryFiles';

const second = 1000;
const minute = 60 * second;

const active = run('active', noon, { state: 'INPROGRESS' });
const idle = run('idle', noon - minute);

function copy(of: Run, at: number, members: Partial<Run> = {}): Run {
  return { ...of, updated_at: new Date(at).toISOString(), ...members };
}

/** How many requests one window makes in that time. */
async function requestsOfOne(ms: number, ...runs: Run[]): Promise<number> {
  const machine = new Machine(...runs);
  machine.openSeen(1);
  await machine.clock.advance(ms);
  return machine.sent.length;
}

function assertEqualStores(windows: readonly Window[], machine: Machine): void {
  const all = [...machine.oz.runs.values()].map((one) => JSON.stringify(one)).sort();
  for (const { store } of windows) {
    assert.deepEqual(contentOf(store), all);
    assert.equal(store.status.kind, 'ready');
  }
}

describe('SharedRounds', function () {
  this.timeout(20_000);

  it('lets six windows ask as often as one, and know the same', async () => {
    const machine = new Machine(active, idle);
    const windows = machine.openSeen(6);
    for (let round = 1; round <= 60; round += 1) {
      await machine.clock.advance(10 * second);
      machine.oz.set(copy(active, noon + round * 10 * second, { title: `round ${round}` }));
    }
    machine.oz.set(run('new', machine.clock.now()));
    await machine.clock.advance(20 * second);
    assertEqualStores(windows, machine);
    const one = await requestsOfOne(10 * minute + 20 * second, active, idle);
    assert.ok(Math.abs(machine.sent.length - one) <= 2, `${machine.sent.length} for six, ${one} for one`);
    assert.equal(machine.mostUnderWay, 1);
  });

  it('lets six windows at the same pace ask as often as one', async () => {
    for (const known of [active, idle]) {
      const machine = new Machine(known);
      const windows = machine.openSeen(6);
      windows.forEach((window) => {
        window.poller.setFocused(true);
      });
      await machine.clock.advance(10 * minute);
      const one = await requestsOfOne(10 * minute, known);
      assert.ok(machine.sent.length <= one && machine.sent.length >= one - 2, `${machine.sent.length}, ${one} for one`);
      assertEqualStores(windows, machine);
    }
  });

  it('lets a window on the screen ask no more because five are hidden', async () => {
    const machine = new Machine(active);
    const [seen] = machine.openSeen(1);
    const hidden = Array.from({ length: 5 }, () => machine.open());
    await machine.clock.advance(10 * minute);
    assert.equal(machine.sent.length, await requestsOfOne(10 * minute, active));
    assert.deepEqual(
      hidden.map(({ requests, store }) => [requests, store.size]),
      hidden.map(() => [0, 0]),
    );
    // The one that comes on the screen finds what the other has read.
    const before = machine.sent.length;
    seen?.poller.setVisible(false);
    hidden[0]?.poller.setVisible(true);
    await machine.clock.advance(2 * second);
    assert.equal(machine.sent.length, before);
    assert.equal(hidden[0]?.store.get('active')?.state, 'INPROGRESS');
    assert.equal(hidden[0].store.status.kind, 'ready');
  });

  it('lets a new window begin without a request, and read on into the past', async () => {
    const runs = Array.from({ length: 250 }, (_, index) => run(`r${index}`, noon - index * second));
    const machine = new Machine(...runs);
    machine.openSeen(1);
    await machine.clock.advance(5 * second);
    const [late] = machine.openSeen(1);
    await machine.clock.advance(second);
    assert.ok(late);
    assert.equal(late.requests, 0);
    assert.ok(late.store.size >= 99);
    assert.equal(late.store.status.kind, 'ready');
    for (let clicks = 0; late.store.hasMore; clicks += 1) {
      assert.ok(clicks < 5);
      const before = late.store.size;
      await machine.clock.until(late.store.loadMore());
      assert.ok(late.store.size > before, 'each click brings something');
    }
    assert.equal(late.store.size, 250);
  });

  it('begins with what was known yesterday, before the service has answered, and then brings it up to date', async () => {
    const machine = new Machine(active, idle);
    machine.openSeen(1);
    await machine.clock.advance(second);
    const [last] = machine.windows;
    last?.close();
    const lastGood = last?.store.lastGood;
    machine.oz.set(copy(active, noon + minute, { state: 'SUCCEEDED' }));
    await machine.clock.advance(24 * 60 * minute);
    machine.latency = () => 10 * second;
    const sent = machine.sent.length;
    const [next] = machine.openSeen(1);
    await machine.clock.advance(second);
    assert.equal(next?.store.get('active')?.state, 'INPROGRESS');
    assert.equal(next.store.size, 2);
    assert.equal(next.store.status.kind, 'loading');
    assert.equal(next.store.lastGood, lastGood);
    assert.equal(machine.sent.length - sent, 1);
    await machine.clock.advance(20 * second);
    assertEqualStores([next], machine);
  });

  it('forgets within days what it began with', async () => {
    const machine = new Machine(active, idle);
    const [last] = machine.openSeen(1);
    await machine.clock.advance(second);
    assert.equal(last?.store.size, 2);
    last.close();
    await machine.clock.advance(4 * 24 * 60 * minute);
    machine.latency = () => 10 * second;
    const [next] = machine.openSeen(1);
    await machine.clock.advance(second);
    assert.equal(next?.store.size, 0);
  });

  it('has no more to offer when the feed has everything', async () => {
    const machine = new Machine(active, idle);
    machine.openSeen(1);
    await machine.clock.advance(5 * second);
    const [late] = machine.openSeen(1);
    await machine.clock.advance(second);
    assert.equal(late?.store.size, 2);
    assert.equal(late.store.hasMore, false);
  });

  it('takes over within 30 s from a window that died in mid-round, and not while its turn lasts', async () => {
    const machine = new Machine(active);
    const [owner, ...others] = machine.openSeen(6);
    assert.ok(owner);
    others.forEach(({ poller }) => {
      poller.setFocused(true);
    });
    await machine.clock.advance(minute);
    machine.latency = () => 7 * second;
    while (machine.underWay === 0) {
      await machine.clock.advance(100);
    }
    // Long enough to have said once that it goes on.
    await machine.clock.advance(6 * second);
    assert.equal(machine.underWay, 1);
    const died = machine.clock.now();
    machine.windows.filter(({ requests }) => requests > 0).forEach((window) => { window.crash(); }); // prettier-ignore
    machine.latency = () => 200;
    const before = machine.sent.length;
    await machine.clock.advance(18 * second);
    assert.equal(machine.sent.length, before, 'nobody asks while the turn lasts');
    await machine.clock.advance(12 * second);
    assert.ok(machine.sent.length > before, 'another one has taken over');
    const [first = 0] = machine.sent.slice(before);
    assert.ok(first - died <= 30 * second);
    machine.oz.set(copy(active, machine.clock.now(), { title: 'later' }));
    await machine.clock.advance(minute);
    assert.ok(others.some(({ requests }) => requests > 0));
    for (const window of others.filter(({ requests }) => requests === 0)) {
      assert.equal(window.store.get('active')?.title, 'later');
    }
  });

  it('goes on at its pace when the window that asked is closed between two rounds', async () => {
    const machine = new Machine(active);
    const [owner] = machine.openSeen(6);
    await machine.clock.advance(minute);
    owner?.close();
    const before = machine.sent.length;
    await machine.clock.advance(5 * minute);
    const asked = machine.sent.length - before;
    assert.ok(asked >= 19 && asked <= 21, `${asked} at the pace of windows without the focus`);
  });

  it('keeps to one round at a time when answers are slow', async () => {
    const machine = new Machine(active);
    machine.latency = () => 40 * second;
    const windows = machine.openSeen(6);
    windows.forEach(({ poller }) => {
      poller.setFocused(true);
    });
    await machine.clock.advance(10 * minute);
    assert.equal(machine.mostUnderWay, 1);
    assert.ok(machine.sent.length >= 12, String(machine.sent.length));
    assertEqualStores(windows, machine);
  });

  describe('when the service fails', () => {
    it('asks at most 20 times in ten minutes for six windows, shows it in each, and is back soon', async () => {
      const machine = new Machine(active);
      const windows = machine.openSeen(6);
      await machine.clock.advance(minute);
      machine.oz.failures = Array.from({ length: 1000 }, () => problem('server'));
      const before = machine.sent.length;
      await machine.clock.advance(10 * minute);
      const asked = machine.sent.length - before;
      assert.ok(asked >= 5 && asked <= 20, String(asked));
      for (const { store } of windows) {
        assert.equal(store.status.kind, 'failed');
        assert.equal(store.size, 1, 'what is known stays');
      }
      machine.oz.failures = [];
      await machine.clock.advance(2 * minute + 20 * second);
      assertEqualStores(windows, machine);
    });

    it('asks nobody before the service wants to be asked again, however long that is', async () => {
      const machine = new Machine(active);
      const wait = 60 * 24 * 60 * minute;
      machine.oz.failures = [problem('rateLimited', { retryAfter: wait })];
      const windows = machine.openSeen(6);
      await machine.clock.advance(minute);
      const late = machine.open();
      late.poller.setVisible(true);
      await machine.clock.advance(minute);
      assert.ok(late.store.status.kind === 'failed');
      assert.equal(late.store.status.problem.kind, 'rateLimited');
      const left = late.store.status.problem.facts.retryAfter ?? 0;
      assert.ok(left < wait && left > wait - 2 * minute, String(left));
      await machine.clock.advance(wait - 3 * minute);
      assert.deepEqual(machine.sent, [noon]);
      await machine.clock.advance(2 * minute);
      assert.ok(machine.sent.length > 1);
      assertEqualStores([...windows, late], machine);
    });

    it('shows a new window what was read before the failure', async () => {
      const machine = new Machine(active);
      machine.openSeen(1);
      await machine.clock.advance(minute);
      machine.oz.failures = Array.from({ length: 100 }, () => problem('unreachable'));
      await machine.clock.advance(minute);
      const [late] = machine.openSeen(1);
      await machine.clock.advance(second);
      assert.deepEqual([late?.requests, late?.store.size, late?.store.status.kind], [0, 1, 'failed']);
    });

    it('keeps a link that connects an account to itself', async () => {
      const machine = new Machine(active);
      const asked = problem('externalAuth');
      asked.facts.authUrl = 'https://connect.example/secret';
      machine.oz.failures = Array.from({ length: 100 }, () => asked);
      const [first, second_] = machine.openSeen(2);
      await machine.clock.advance(20 * second);
      assert.ok(first?.store.status.kind === 'failed' && second_?.store.status.kind === 'failed');
      assert.equal(first.store.status.problem.facts.authUrl, 'https://connect.example/secret');
      assert.equal(second_.store.status.problem.facts.authUrl, undefined);
    });

    it('stops all windows for one refused key, until each has another', async () => {
      const machine = new Machine(active);
      machine.oz.failures = [problem('keyRefused')];
      const windows = machine.openSeen(6);
      await machine.clock.advance(10 * minute);
      assert.equal(machine.sent.length, 1);
      for (const window of windows) {
        assert.ok(window.store.status.kind === 'failed');
        assert.equal(window.store.status.problem.kind, 'keyRefused');
        window.key = 'wk-another';
        window.store.reset();
        window.poller.restart();
      }
      await machine.clock.advance(10 * second);
      assertEqualStores(windows, machine);
    });
  });

  it('shares what a person refreshed', async () => {
    const machine = new Machine(idle);
    const [first, other] = machine.openSeen(2);
    assert.ok(first && other);
    machine.oz.failures = [problem('rateLimited', { retryAfter: 60 * minute })];
    await machine.clock.advance(minute);
    assert.equal(other.store.status.kind, 'failed');
    await machine.clock.until(first.store.refresh());
    first.poller.resume();
    await machine.clock.advance(second);
    const before = machine.sent.length;
    const late = machine.open();
    late.poller.setVisible(true);
    await machine.clock.advance(second);
    assert.equal(machine.sent.length, before);
    assertEqualStores([first, late], machine);
  });

  it('loses nothing when more changed than a feed holds', async () => {
    const machine = new Machine(idle);
    const [seen] = machine.openSeen(1);
    const other = machine.open();
    other.poller.setVisible(true);
    await machine.clock.advance(minute);
    other.poller.setVisible(false);
    assert.equal(other.store.size, 1);
    for (let index = 0; index < 450; index += 1) {
      machine.oz.set(run(`n${index}`, machine.clock.now()));
      await machine.clock.advance(second);
    }
    await machine.clock.advance(minute);
    assert.equal(seen?.store.size, 451);
    other.poller.setVisible(true);
    await machine.clock.advance(minute);
    assertEqualStores(machine.windows, machine);
  });

  it('does not bring back an old copy of the same time', async () => {
    const machine = new Machine(active, idle);
    const [, other] = machine.openSeen(2);
    await machine.clock.advance(30 * second);
    assert.ok(other);
    other.store.put({ ...idle, title: 'read by itself' });
    machine.oz.set(copy(active, machine.clock.now(), { title: 'news' }));
    await machine.clock.advance(30 * second);
    assert.equal(other.store.get('active')?.title, 'news');
    assert.equal(other.store.get('idle')?.title, 'read by itself');
  });

  it('hands on what a full reading found, though no time moved', async () => {
    const machine = new Machine(active, idle);
    const windows = machine.openSeen(3);
    await machine.clock.advance(30 * second);
    machine.oz.set({ ...idle, title: 'other' });
    await machine.clock.advance(6 * minute);
    assertEqualStores(windows, machine);
  });

  it('keeps accounts and services apart', async () => {
    const machine = new Machine(active);
    const elsewhere = new Machine(run('theirs', noon));
    const client = elsewhere.client;
    const [mine] = machine.openSeen(1);
    const [theirs] = machine.openSeen(1, { key: 'wk-theirs', client });
    const [otherUrl] = machine.openSeen(1, { baseUrl: 'https://oz.test/api/v2', client });
    await machine.clock.advance(second);
    await elsewhere.clock.advance(second);
    await machine.clock.advance(minute);
    assert.deepEqual([...(mine?.store.all() ?? [])].map(({ run_id: id }) => id), ['active']); // prettier-ignore
    for (const window of [theirs, otherUrl]) {
      assert.deepEqual([...(window?.store.all() ?? [])].map(({ run_id: id }) => id), ['theirs']); // prettier-ignore
      assert.ok((window?.requests ?? 0) > 0);
    }
  });

  it('neither writes what was read with another key, nor takes it', async () => {
    const machine = new Machine(active);
    const [window] = machine.openSeen(1);
    assert.ok(window);
    await machine.clock.advance(second);
    machine.latency = () => 3 * second;
    await machine.clock.advance(5 * second);
    assert.equal(machine.underWay, 1);
    const before = machine.memory.written.length;
    window.key = 'wk-another';
    window.store.reset();
    window.poller.setVisible(false);
    window.poller.restart();
    await machine.clock.advance(minute);
    assert.equal(machine.memory.written.length, before);
    assert.equal(window.store.size, 0);
  });

  it('asks for itself without a key to share by', async () => {
    const machine = new Machine(active);
    const [window] = machine.openSeen(1, { key: '' });
    await machine.clock.advance(minute);
    assert.ok((window?.requests ?? 0) > 10);
    assert.equal(machine.memory.files.size, 0);
  });

  for (const broken of ['fails', 'hangs'] as const) {
    it(`lets each window ask for itself when the disk ${broken}`, async () => {
      const machine = new Machine(active);
      machine.memory.broken = broken;
      const windows = machine.openSeen(3);
      await machine.clock.advance(2 * minute);
      assertEqualStores(windows, machine);
      assert.ok(windows.every(({ requests }) => requests >= 6));
      machine.memory.broken = undefined;
      await machine.clock.advance(minute);
      const before = machine.sent.length;
      await machine.clock.advance(5 * minute);
      assert.ok(machine.sent.length - before <= 61, 'they share again');
    });
  }

  it('is not misled by files that are no beat, no feed and no turn', async () => {
    const machine = new Machine(active);
    const windows = machine.openSeen(3);
    await machine.clock.advance(20 * second);
    const garbage = { content: new Uint8Array(100), changed: noon };
    for (const spoil of [
      () => true,
      (name: string) => name.endsWith('.feed'),
      (name: string) => name.endsWith('.beat'),
    ]) {
      for (const name of machine.memory.files.keys()) {
        if (spoil(name)) {
          machine.memory.files.set(name, garbage);
        }
      }
      machine.oz.set(copy(active, machine.clock.now()));
      await machine.clock.advance(minute);
      const [late] = machine.openSeen(1);
      await machine.clock.advance(minute);
      assertEqualStores([...windows, ...(late ? [late] : [])], machine);
    }
    const before = machine.sent.length;
    await machine.clock.advance(5 * minute);
    assert.ok(machine.sent.length - before <= 61, 'they share again');
  });

  it('waits for a turn that was never written as for any other', async () => {
    const machine = new Machine(active);
    machine.openSeen(2);
    await machine.clock.advance(20 * second);
    const [beat = ''] = [...machine.memory.files.keys()].filter((name) => name.endsWith('.beat'));
    const before = machine.sent.length;
    for (let turn = 0; turn < 100; turn += 1) {
      machine.memory.files.set(beat.replace('beat', `turn.${turn}`), { content: new Uint8Array(), changed: noon });
    }
    // One after the other would take for ever; the first is enough to show it.
    for (const name of machine.memory.files.keys()) {
      if (name.includes('.turn.') && Number(name.split('.').at(-1)) > before + 1) {
        machine.memory.files.delete(name);
      }
    }
    await machine.clock.advance(20 * second);
    assert.equal(machine.sent.length, before);
    await machine.clock.advance(10 * second);
    assert.ok(machine.sent.length > before);
  });

  it('ignores what was shared before the clock was set back', async () => {
    const machine = new Machine(active);
    machine.openSeen(1);
    await machine.clock.advance(60 * minute);
    const later = new Machine(active, idle);
    for (const [name, file] of machine.memory.files) {
      later.memory.files.set(name, file);
    }
    const windows = later.openSeen(2);
    await later.clock.advance(minute);
    assertEqualStores(windows, later);
    assert.ok(later.sent.length >= 10);
  });

  describe('a round', () => {
    const never = (): boolean => false;
    const note = { at: noon, failures: 0, notBefore: 0 };
    const beats = ({ memory }: Machine): string[] => memory.written.filter((name) => name.endsWith('.beat'));

    it('never fails by itself', async () => {
      const machine = new Machine(active);
      machine.memory.broken = 'fails';
      const { shared } = machine.open();
      assert.deepEqual(await shared.round(never, () => Promise.resolve(note)), { kind: 'own', note });
      await shared.publish(note);
      await shared.forget();
    });

    it('is not shared when everything was forgotten meanwhile', async () => {
      const machine = new Machine(active);
      const window = machine.open();
      const round = window.shared.round(never, () => {
        window.store.reset();
        return Promise.resolve(note);
      });
      assert.deepEqual(await round, { kind: 'own', note });
      assert.deepEqual(beats(machine), []);
      assert.equal(machine.memory.files.size, 0);
    });

    it('brings nothing of an account that was left while its feed was read', async () => {
      const machine = new Machine(active);
      machine.openSeen(1);
      await machine.clock.advance(second);
      const window = machine.open();
      machine.memory.onRead = (name) => {
        if (name.endsWith('.feed')) {
          window.store.reset();
        }
      };
      const poll = () => assert.fail('not in this round');
      assert.deepEqual(await window.shared.round(() => true, poll), { kind: 'busy' });
      assert.equal(window.store.size, 0);
      assert.equal(window.store.status.kind, 'starting');
    });

    it('is not shared when it found no key: that is about this window', async () => {
      const machine = new Machine(active);
      const problemFacts = problem('noKey').facts;
      await machine.open().shared.round(never, () => Promise.resolve({ ...note, problem: problemFacts }));
      assert.deepEqual(beats(machine), []);
    });

    it('is not shared when its turn was over', async () => {
      const machine = new Machine(active);
      const { memory, clock } = machine;
      const [slow, quick] = [machine.open(), machine.open()];
      let end = (): void => undefined;
      const poll = () => new Promise<typeof note>((resolve) => (end = () => { resolve(note); })); // prettier-ignore
      const round = slow.shared.round(never, poll);
      await clock.advance(second);
      memory.broken = 'fails';
      await clock.advance(25 * second);
      memory.broken = undefined;
      await quick.shared.round(never, () => Promise.resolve({ ...note, at: clock.now() }));
      assert.equal(beats(machine).length, 1);
      end();
      await round;
      assert.equal(beats(machine).length, 1);
    });

    it('asks nobody when another window was quicker, however long it took to see that', async () => {
      for (const isFresh of [() => true, never]) {
        const machine = new Machine(active);
        const [slow, quick] = [machine.open(), machine.open()];
        let go = (): void => undefined;
        machine.memory.beforeCreate = new Promise((resolve) => (go = resolve));
        const round = slow.shared.round(isFresh, () => assert.fail('it was not its turn any more'));
        await machine.clock.advance(0);
        machine.memory.beforeCreate = Promise.resolve();
        quick.poller.setVisible(true);
        await machine.clock.advance(second);
        assert.equal(beats(machine).length, 1);
        go();
        assert.equal((await round).kind, isFresh() ? 'shared' : 'busy');
        assert.equal(machine.sent.length, 1);
        assert.equal(machine.memory.files.size, 2);
      }
    });

    it('writes the feed only when it changed', async () => {
      const machine = new Machine(active, idle);
      machine.openSeen(2);
      await machine.clock.advance(4 * minute);
      const feeds = (): number => machine.memory.written.filter((name) => name.endsWith('.feed')).length;
      assert.equal(feeds(), 1);
      assert.ok(beats(machine).length > 40);
      machine.oz.set(copy(idle, machine.clock.now()));
      await machine.clock.advance(10 * second);
      assert.equal(feeds(), 2);
    });

    it('goes on from where another window was, without reading all again', async () => {
      const machine = new Machine(active);
      const [owner, other] = machine.openSeen(2);
      await machine.clock.advance(minute);
      owner?.close();
      machine.oz.calls.length = 0;
      await machine.clock.advance(minute);
      assert.ok((other?.requests ?? 0) > 2);
      assert.ok(machine.oz.calls.every((query) => query.updated_after !== undefined));
    });
  });

  describe('claim', () => {
    it('is true for one window of those with the account', async () => {
      const machine = new Machine(active);
      const windows = machine.openSeen(6);
      const stranger = machine.open({ key: 'wk-theirs' });
      const claims = (name: string): Promise<boolean[]> =>
        Promise.all([...windows, stranger].map(({ shared }) => shared.claim(name)));
      const mine = (won: boolean[]): number => won.slice(0, 6).filter(Boolean).length;
      const won = await claims('run r1 failed');
      assert.deepEqual([mine(won), won[6]], [1, true]);
      assert.deepEqual((await claims('run r1 failed')).filter(Boolean), []);
      assert.equal(mine(await claims('run r2 failed')), 1);
      assert.ok([...machine.memory.files.keys()].every((name) => !name.includes('r1')));
    });

    it('is true for everybody where files cannot be shared, and without a key', async () => {
      const machine = new Machine(active);
      machine.memory.broken = 'fails';
      assert.equal(await machine.open().shared.claim('x'), true);
      assert.equal(await machine.open().shared.claim('x'), true);
      assert.equal(await machine.open({ key: '' }).shared.claim('x'), true);
    });

    it('is over after a day or two', async () => {
      const machine = new Machine(idle);
      const [window] = machine.openSeen(1);
      assert.equal(await window?.shared.claim('x'), true);
      await machine.clock.advance(minute);
      window?.poller.setVisible(false);
      await machine.clock.advance(25 * 60 * minute);
      window?.poller.setVisible(true);
      await machine.clock.advance(minute);
      assert.deepEqual([...machine.memory.files.keys()].map((name) => name.split('.')[1]).sort(), ['beat', 'feed']);
    });
  });

  it('goes on when tidying up never ends', async () => {
    const machine = new Machine(active);
    const files = new MemoryFiles(machine.clock);
    files.list = () => new Promise(() => undefined);
    const window = machine.open({ files });
    let isOver = false;
    const note = { at: noon, failures: 0, notBefore: 0 };
    const round = window.shared.round(
      () => false,
      () => Promise.resolve(note),
    );
    void round.then(() => (isOver = true));
    await machine.clock.advance(second);
    assert.deepEqual([isOver, files.files.size], [true, 1]);
    let isForgotten = false;
    void window.shared.forget().then(() => (isForgotten = true));
    await machine.clock.advance(6 * second);
    assert.equal(isForgotten, true);
  });

  it('reads by itself what no other window can read for it, unless the service asks for a pause', async () => {
    const machine = new Machine(active);
    machine.latency = () => 0;
    const { oz } = machine;
    let isBroken = true;
    const getRun = (runId: string): Promise<Run> =>
      isBroken ? Promise.reject(problem('server')) : machine.client.getRun(runId);
    const behind = machine.open({ client: { listRuns: machine.client.listRuns, getRun } });
    await machine.clock.until(behind.store.refresh());
    oz.set(...Array.from({ length: 600 }, (_, index) => run(`n${index}`, noon + minute + index)));
    await machine.clock.until(behind.store.refresh());
    assert.equal(behind.store.isBehind, true);
    const [other] = machine.openSeen(1) as [Window];
    await machine.clock.advance(second);
    const note = { at: machine.clock.now(), failures: 0, notBefore: 0 };
    const round = () =>
      machine.clock.until(
        behind.shared.round(
          () => true,
          async () => {
            await behind.store.poll();
            return note;
          },
        ),
      );
    assert.equal((await round()).kind, 'own');
    await machine.clock.until(other.shared.publish({ ...note, problem: problem('rateLimited').facts }));
    assert.equal((await round()).kind, 'shared');
    await machine.clock.until(other.shared.publish(note));
    isBroken = false;
    assert.equal((await round()).kind, 'own');
    assert.equal(behind.store.isBehind, false);
    assert.equal((await round()).kind, 'shared');
  });

  describe('recall', () => {
    /** A window that was closed, a while ago. */
    async function closedFor(ms: number): Promise<Machine> {
      const machine = new Machine(active, idle);
      const [last] = machine.openSeen(1);
      await machine.clock.advance(second);
      last?.close();
      await machine.clock.advance(ms);
      return machine;
    }

    it('shows what was known last, without a request, so that it is watched again', async () => {
      const machine = await closedFor(24 * 60 * minute);
      const sent = machine.sent.length;
      const next = machine.open({ isWatched: () => true });
      await next.shared.recall();
      assert.equal(next.store.get('active')?.state, 'INPROGRESS');
      assert.equal(machine.sent.length, sent);
      machine.oz.set(copy(active, noon + minute, { state: 'SUCCEEDED' }));
      await machine.clock.advance(10 * second);
      assertEqualStores([next], machine);
    });

    it('brings nothing after 3 days, nothing to a window that knows more, and never fails', async () => {
      const late = (await closedFor(73 * 60 * minute)).open();
      await late.shared.recall();
      assert.equal(late.store.size, 0);
      const machine = await closedFor(minute);
      const reader = machine.open();
      machine.oz.set(copy(active, noon + minute, { state: 'SUCCEEDED' }));
      await machine.clock.until(reader.store.refresh());
      machine.memory.onRead = (name) => {
        assert.ok(!name.endsWith('.feed'));
      };
      await reader.shared.recall();
      assert.equal(reader.store.get('active')?.state, 'SUCCEEDED');
      machine.memory.broken = 'fails';
      await machine.open().shared.recall();
      machine.memory.broken = 'hangs';
      await machine.clock.until(machine.open().shared.recall());
      await machine.open({ key: '' }).shared.recall();
    });
  });

  describe('forget', () => {
    it('removes what this account shared, and nothing else', async () => {
      const machine = new Machine(active);
      const [mine] = machine.openSeen(1);
      const [theirs] = machine.openSeen(1, { key: 'wk-theirs' });
      await machine.clock.advance(20 * second);
      await mine?.shared.claim('x');
      mine?.poller.dispose();
      theirs?.poller.dispose();
      await machine.clock.advance(second);
      assert.ok(mine);
      const before = machine.memory.files.size;
      mine.key = '';
      await mine.shared.forget();
      assert.equal(machine.memory.files.size, before - 3);
      await theirs?.shared.forget();
      assert.equal(machine.memory.files.size, 0);
      await mine.shared.forget();
    });

    it('takes nothing from the account that comes next', async () => {
      const machine = new Machine(active);
      machine.openSeen(1);
      await machine.clock.advance(20 * second);
      const before = machine.memory.files.size;
      await machine.open().shared.forget();
      assert.equal(machine.memory.files.size, before);
    });

    it('leaves nothing of a round that was being written', async () => {
      const machine = new Machine(active);
      const memory = new MemoryFiles(machine.clock, () => 40);
      for (let ms = 0; ms < 800; ms += 10) {
        const window = machine.open({ files: memory });
        window.poller.setVisible(true);
        await machine.clock.advance(ms);
        window.store.reset();
        window.close();
        await machine.clock.until(window.shared.forget());
        await machine.clock.advance(second);
        assert.deepEqual([...memory.files.keys()], [], `after ${ms} ms`);
      }
    });
  });
});
