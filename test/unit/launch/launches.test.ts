import assert from 'node:assert/strict';
import { Launcher } from '../../../src/model/launcher';
import { Launches, type LaunchHow } from '../../../src/model/launches';
import { hasPendingLaunches } from '../../../src/model/launchJournal';
import { launchRequest } from '../../../src/model/launchRequest';
import type { Settled } from '../../../src/model/launchSearch';
import { ApiProblem } from '../../../src/oz/problems';
import type { LaunchRequest, Run } from '../../../src/oz/types';
import { FakeClock, settle } from '../fakeClock';
import { FakeMemento } from '../model/fakeMemento';
import { failed, FakeLaunchService, good, lost } from './fakeLaunchService';

const request = (prompt = 'Fix the tests'): LaunchRequest => launchRequest({ prompt, title: '' });

function setUp() {
  const clock = new FakeClock();
  const memento = new FakeMemento();
  const service = new FakeLaunchService(clock);
  const claims = new Set<string>();
  const claim = (name: string): Promise<boolean> => {
    const isFirst = !claims.has(name);
    claims.add(name);
    return Promise.resolve(isFirst);
  };
  const open = () => {
    const shown: Run[] = [];
    const settled: Settled[] = [];
    const launcher = new Launcher({
      clock,
      claim,
      client: service,
      serverNow: () => service.serverNow(),
      runs: { put: (run) => shown.push(run) },
    });
    const launches = new Launches({ memento, clock, launcher, claim });
    launches.onDidSettle((one) => settled.push(one));
    launches.recheck();
    const launch = (one: LaunchRequest, signal?: AbortSignal, how?: LaunchHow) =>
      outcomeOf(launches.launch(one, signal, how));
    const states = (): string[] => launches.all().map(({ state }) => state);
    return { launches, shown, settled, launch, states };
  };
  return { clock, memento, service, open, ...open() };
}

async function outcomeOf(launched: Promise<{ run: Run }>): Promise<string> {
  return launched.then(
    ({ run }) => run.run_id,
    (error: unknown) => (ApiProblem.is(error) ? [error.kind, error.facts.code].filter(Boolean).join(' ') : 'bug'),
  );
}

describe('the journal of launches', () => {
  it('has a launch before a byte is sent, until the run takes its place', async () => {
    const { clock, memento, service, launches, shown, launch, states } = setUp();
    service.fates = [{ ...good, waits: 50, takes: 300 }];
    const stored: unknown[] = [];
    service.onSend = () => stored.push(hasPendingLaunches(memento));
    const seen: string[] = [];
    launches.onDidChange(() => seen.push(`${states().join()}, ${shown.length} shown`));
    const launching = launch(request());
    assert.deepEqual(states(), ['sending'], 'at once');
    assert.equal(await clock.until(launching), 'run 0');
    assert.deepEqual(stored, [true]);
    assert.equal(seen.at(-1), ', 0 shown', 'it goes before the run comes');
    assert.deepEqual([shown.length, launches.all().length, hasPendingLaunches(memento)], [1, 0, false]);
  });

  it('sends nothing that it could not store', async () => {
    const { memento, service, launch, states } = setUp();
    memento.update = () => Promise.reject(new Error('full'));
    assert.equal(await launch(request()), 'aborted not_stored');
    assert.deepEqual([service.sent, states()], [0, []]);
  });

  it('sends a request once, however often it is asked to, and other requests always', async () => {
    const { clock, service, launches } = setUp();
    const once = request();
    const all = [launches.launch(once), launches.launch(once), launches.launch(request())];
    const runs = await clock.until(Promise.all(all.map(outcomeOf)));
    assert.deepEqual([new Set(runs).size, service.sent], [2, 2]);
    assert.equal(await outcomeOf(launches.launch(once)), runs[0]);
    assert.equal(service.sent, 2);
  });

  it('keeps what failed with its reason, and sends it again where it stands', async () => {
    const { clock, service, launches, launch, states } = setUp();
    service.fates = [failed('forbidden', { status: 403 }), failed('invalid')];
    const first = request();
    assert.equal(await clock.until(launch(first)), 'forbidden');
    const [entry] = launches.all();
    assert.deepEqual([entry?.state, entry?.problem?.kind, entry?.problem?.status], ['failed', 'forbidden', 403]);
    assert.equal(launches.requestOf(entry?.id ?? '')?.request, first, 'the very same');
    assert.equal(await clock.until(launch(request('Changed'), undefined, { replaces: entry?.id })), 'invalid');
    const [again, ...others] = launches.all();
    assert.deepEqual([again?.id, again?.request.prompt, others], [entry?.id, 'Changed', []]);
    assert.equal(await clock.until(launch(first, undefined, { replaces: entry?.id })), 'run 0');
    assert.deepEqual(states(), []);
  });

  it('says that a run is launched once, whenever it is known to be', async () => {
    const { clock, service, launches, launch } = setUp();
    service.fates = [failed('invalid'), { ...lost, shownAfter: 60_000 }];
    const told: string[] = [];
    const tell = (name: string): LaunchHow => ({ onLaunched: () => told.push(name) });
    await clock.until(launch(request(), undefined, tell('first')));
    const [entry] = launches.all();
    await clock.until(launch(request(), undefined, { ...tell('second'), replaces: entry?.id }));
    assert.deepEqual(told, []);
    await clock.advance(60_000);
    await launches.seen(service.made.map(({ run }) => run));
    assert.deepEqual(told, ['first', 'second'], 'what was typed for either is done');
  });

  it('keeps neither bytes nor secrets, and says what is missing after a reload', async () => {
    const { clock, memento, service, open, launches, launch } = setUp();
    service.fates = [failed('invalid')];
    const secretive: LaunchRequest = {
      ...request(),
      attachments: [{ file_name: 'a.png', mime_type: 'image/png', data: 'Ynl0ZXM=' }],
      config: {
        name: 'nightly',
        mcp_servers: {
          shared: { warp_id: 'w' },
          own: { command: 'npx', args: ['--key=hunter2'], env: { K: 'hunter2' } },
        },
      },
    };
    await clock.until(launch(secretive));
    assert.doesNotMatch(JSON.stringify([...memento.values]), /hunter2|Ynl0ZXM/);
    const [entry] = launches.all();
    assert.deepEqual(launches.requestOf(entry?.id ?? ''), { request: secretive, leftOut: undefined });
    const { request: kept, leftOut } = open().launches.requestOf(entry?.id ?? '') ?? {};
    assert.deepEqual(kept, {
      prompt: 'Fix the tests',
      config: { name: 'nightly', mcp_servers: { shared: { warp_id: 'w' } } },
    });
    assert.deepEqual(leftOut, { attachments: ['a.png'], mcpServers: ['own'], prompt: false });
  });

  it('finds the run of a prompt of which it keeps only the beginning', async () => {
    const { clock, memento, service, open, launches } = setUp();
    service.fates = [{ ...good, takes: 20_000 }];
    const long = 'Fix the tests. '.repeat(30_000);
    void launches.launch(request(long));
    await clock.advance(100);
    launches.dispose();
    assert.ok(JSON.stringify([...memento.values]).length < 10_000);
    const { settled } = open();
    await clock.advance(20_000);
    assert.deepEqual(
      settled.map(({ run }) => run?.run_id),
      ['run 0'],
    );
  });

  describe('after its window went', () => {
    it('finds the run and says so once, in one window', async () => {
      for (const takes of [1000, 0]) {
        const { clock, memento, service, open, launches } = setUp();
        service.fates = [{ ...good, takes, waits: takes === 0 ? 1000 : 0 }, good];
        void outcomeOf(launches.launch(request()));
        await clock.advance(takes === 0 ? 0 : 500);
        launches.dispose();
        const windows = [open(), open()];
        await clock.advance(30_000);
        assert.deepEqual(
          windows.flatMap(({ settled }) => settled).map(({ run, why }) => [run?.run_id, why]),
          [['run 0', 'closed']],
        );
        assert.equal(windows.flatMap(({ shown }) => shown).length, 1);
        assert.deepEqual([service.sent, hasPendingLaunches(memento)], [1, false]);
      }
    });

    it('says that it does not know when there is none, and sends nothing', async () => {
      const { clock, service, open, launches } = setUp();
      service.fates = [{ makes: false, takes: 60_000 }];
      void outcomeOf(launches.launch(request()));
      await clock.advance(500);
      launches.dispose();
      const { settled, states } = open();
      assert.deepEqual(states(), ['sending']);
      await clock.advance(40_000);
      assert.deepEqual(
        settled.map(({ run, why }) => [run, why]),
        [[undefined, 'closed']],
      );
      assert.deepEqual([states(), service.sent], [['unsure'], 1]);
    });

    it('knows the run that the service had named already', async () => {
      const { clock, service, open, launches } = setUp();
      service.fates = [{ ...good, shownAfter: 600_000 }];
      service.getRun = () => new Promise(() => undefined);
      void outcomeOf(launches.launch(request()));
      await settle();
      launches.dispose();
      service.getRun = () => Promise.reject(new ApiProblem({ kind: 'unreachable', message: '' }));
      const { settled } = open();
      await clock.advance(30_000);
      assert.deepEqual(
        settled.map(({ run }) => run?.run_id),
        ['run 0'],
      );
    });

    it('leaves what another window is at, however long that takes', async () => {
      const { clock, service, open, launches, launch, settled } = setUp();
      service.fates = [{ ...good, takes: 25_000 }];
      const launching = launch(request());
      await clock.advance(100);
      const other = open();
      for (let second = 0; second < 20; second++) {
        await clock.advance(1000);
        other.launches.recheck();
      }
      assert.deepEqual(other.states(), ['sending']);
      assert.equal(await clock.until(launching), 'run 0');
      assert.deepEqual([other.settled, settled, launches.all()], [[], [], []]);
    });
  });

  describe('when a person cancels', () => {
    it('is as before while nothing was sent', async () => {
      const { clock, service, launches, launch, states } = setUp();
      service.fates = [{ ...good, waits: 5000 }, failed('invalid'), { ...good, waits: 5000 }];
      const stop = new AbortController();
      const launching = launch(request(), stop.signal);
      await clock.advance(100);
      stop.abort();
      assert.equal(await launching, 'aborted aborted');
      assert.deepEqual([states(), service.sent], [[], 0]);

      await clock.until(launch(request()));
      const [entry] = launches.all();
      const stopAgain = new AbortController();
      const again = launch(request(), stopAgain.signal, { replaces: entry?.id });
      await clock.advance(100);
      assert.deepEqual(states(), ['sending']);
      stopAgain.abort();
      assert.equal(await again, 'aborted aborted');
      assert.deepEqual(states(), ['failed']);
      assert.equal(await clock.until(launch(request(), undefined, { replaces: entry?.id })), 'run 0', 'at once');
    });

    it('answers at once after it was sent, and says later what came of it', async () => {
      for (const makes of [true, false]) {
        const { clock, service, launch, states, settled } = setUp();
        service.fates = [{ makes, takes: 20_000 }];
        const stop = new AbortController();
        const told: string[] = [];
        const launching = launch(request(), stop.signal, { onLaunched: () => told.push('launched') });
        await clock.advance(100);
        const before = clock.now();
        stop.abort();
        assert.equal(await launching, 'outcomeUnknown aborted');
        assert.deepEqual([clock.now() - before, states()], [0, ['looking']]);
        await clock.advance(20_000);
        assert.deepEqual(
          settled.map(({ run, why, launch: { isCancelled } }) => [run?.run_id, why, isCancelled]),
          [[makes ? 'run 0' : undefined, 'cancelled', true]],
        );
        assert.deepEqual([states(), told, service.sent], [makes ? [] : ['unsure'], [], 1]);
      }
    });

    it('answers at once while it is looked for', async () => {
      const { clock, service, launch, states, settled } = setUp();
      service.fates = [{ ...lost, shownAfter: 4000 }];
      const stop = new AbortController();
      const launching = launch(request(), stop.signal);
      await clock.advance(700);
      assert.deepEqual(states(), ['looking']);
      stop.abort();
      assert.equal(await launching, 'outcomeUnknown aborted');
      await clock.advance(20_000);
      assert.equal(settled[0]?.run?.run_id, 'run 0');
    });
  });

  describe('that were not found', () => {
    it('are found by a later look, and by whatever else reads the list', async () => {
      for (const looksAgain of [true, false]) {
        const { clock, service, launches, launch, states, settled } = setUp();
        service.fates = [{ ...lost, shownAfter: 30_000 }];
        assert.equal(await clock.until(launch(request())), 'outcomeUnknown');
        const [entry] = launches.all();
        assert.equal(await clock.until(launches.lookFor(entry?.id ?? '')), undefined);
        assert.deepEqual(states(), ['unsure']);
        await clock.advance(30_000);
        if (looksAgain) {
          assert.equal((await clock.until(launches.lookFor(entry?.id ?? '')))?.run_id, 'run 0');
        } else {
          await launches.seen(service.made.map(({ run }) => run));
          assert.deepEqual(
            settled.map(({ why }) => why),
            ['late'],
          );
        }
        assert.deepEqual(states(), []);
      }
    });

    it('are not sent again by who has not heard yet that they are there', async () => {
      const { clock, service, launches, launch } = setUp();
      service.fates = [{ ...lost, shownAfter: 30_000 }];
      const once = request();
      assert.equal(await clock.until(launch(once)), 'outcomeUnknown');
      await clock.advance(30_000);
      await launches.seen(service.made.map(({ run }) => run));
      assert.equal(await clock.until(launch(once)), 'run 0');
      assert.equal(service.sent, 1);
    });

    it('are never taken for what was launched otherwise', async () => {
      const { clock, service, launches, launch, states } = setUp();
      service.fates = [failed('outcomeUnknown')];
      await clock.until(launch(request()));
      await clock.until(launch(request()));
      const theirs = service.make(request(), 'them');
      await clock.advance(600_000);
      const late = service.make(request());
      await launches.seen([...service.made.map(({ run }) => run), theirs, late]);
      assert.deepEqual(states(), ['unsure']);
    });

    it('are sent again by one of two windows, and stay discarded', async () => {
      const { clock, service, open, launches, launch } = setUp();
      service.fates = [failed('outcomeUnknown')];
      await clock.until(launch(request()));
      const [entry] = launches.all();
      const how = { replaces: entry?.id };
      const other = open();
      const both = await clock.until(
        Promise.all([launch(request(), undefined, how), other.launch(request(), undefined, how)]),
      );
      assert.deepEqual(both.sort(), ['aborted elsewhere', 'run 0']);
      assert.equal(service.sent, 2);

      service.fates = [failed('invalid'), { ...good, takes: 1000 }];
      await clock.until(launch(request()));
      void launch(request('Other'));
      await clock.advance(1);
      launches.discard(launches.all().map(({ id }) => id));
      assert.deepEqual(
        launches.all().map(({ state }) => state),
        ['sending'],
        'what is on its way stays',
      );
      await clock.advance(1000);
    });
  });

  it('takes a double click for one, and a moment later for another', async () => {
    const { clock, service, launches } = setUp();
    service.fates = [{ ...good, takes: 500 }];
    const click = () => {
      const { isFirst, outcome } = launches.once('again r1', () => launches.launch(request()));
      return { isFirst, outcome: outcomeOf(outcome) };
    };
    const first = click();
    const second = click();
    assert.deepEqual([first.isFirst, second.isFirst], [true, false]);
    assert.equal(await clock.until(first.outcome), await second.outcome);
    await clock.advance(900);
    assert.equal(click().isFirst, false);
    await clock.advance(100);
    assert.equal(click().isFirst, true);
    await settle();
    assert.equal(service.sent, 2);
  });

  it('reads what another version stored, and nothing else', () => {
    const { memento, launches } = setUp();
    void memento.update('agentRuns.launches', [
      null,
      7,
      { id: 'x' },
      { id: 'a', at: 1, request: { prompt: 'p' }, state: 'paused', problem: 'x', leftOut: { attachments: [1, 'a'] } },
    ]);
    const [only, ...others] = launches.all();
    assert.deepEqual(
      [only?.id, only?.state, only?.problem, only?.leftOut.attachments, others],
      ['a', 'unsure', undefined, ['a'], []],
    );
    const other = setUp();
    void other.memento.update('agentRuns.launches', 'x');
    assert.deepEqual(other.launches.all(), []);
  });
});
