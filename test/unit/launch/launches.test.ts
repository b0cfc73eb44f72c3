import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Launcher } from '../../../src/model/launcher';
import { Launches, type LaunchHow } from '../../../src/model/launches';
import { launchRequest } from '../../../src/model/launchRequest';
import type { Settled } from '../../../src/model/launchSearch';
import { ApiProblem } from '../../../src/oz/problems';
import type { LaunchRequest, Run } from '../../../src/oz/types';
import { FakeClock, settle } from '../fakeClock';
import { accountOf } from '../../../src/platform/account';
import { MemoryFiles } from '../model/memoryFiles';
import { failed, FakeLaunchService, good, lost } from './fakeLaunchService';

const request = (prompt = 'Fix the tests'): LaunchRequest => launchRequest({ prompt, title: '' });

function setUp() {
  const clock = new FakeClock();
  const files = new MemoryFiles(clock);
  const settings = { baseUrl: 'https://oz.test/api/v1', key: 'wk-1' };
  const account = () => Promise.resolve(settings.key ? accountOf(settings.baseUrl, settings.key) : undefined);
  /** What is stored, as the account in use can read it. */
  const stored = (): string[] =>
    [...files.files.values()].flatMap(({ content }) => accountOf(settings.baseUrl, settings.key).open(content) ?? []);
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
    const launches = new Launches({ files, account, clock, launcher, claim });
    launches.onDidSettle((one) => settled.push(one));
    launches.recheck();
    const launch = (one: LaunchRequest, signal?: AbortSignal, how?: LaunchHow) =>
      outcomeOf(launches.launch(one, signal, how));
    const states = (): string[] => launches.all().map(({ state }) => state);
    return { launches, shown, settled, launch, states };
  };
  return { clock, files, settings, stored, service, open, ...open() };
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
}

async function outcomeOf(launched: Promise<{ run: Run }>): Promise<string> {
  return launched.then(
    ({ run }) => run.run_id,
    (error: unknown) => (ApiProblem.is(error) ? [error.kind, error.facts.code].filter(Boolean).join(' ') : 'bug'),
  );
}

describe('the journal of launches', () => {
  it('has a launch before a byte is sent, until the run takes its place', async () => {
    const { clock, stored, files, service, launches, shown, launch, states } = setUp();
    service.fates = [{ ...good, waits: 50, takes: 300 }];
    const sent: unknown[] = [];
    service.onSend = () => sent.push(stored().map((text) => text.includes('Fix the tests')));
    const seen: string[] = [];
    launches.onDidChange(() => seen.push(`${states().join()}, ${shown.length} shown`));
    const launching = launch(request());
    assert.deepEqual(states(), ['sending'], 'at once');
    assert.equal(await clock.until(launching), 'run 0');
    assert.deepEqual(sent, [[true]]);
    assert.equal(seen.at(-1), ', 0 shown', 'it goes before the run comes');
    await settle();
    assert.deepEqual([shown.length, launches.all().length, files.files.size], [1, 0, 0]);
  });

  it('sends nothing that it could not store', async () => {
    for (const broken of ['fails', 'hangs'] as const) {
      const { clock, files, service, launch, states } = setUp();
      files.broken = broken;
      assert.equal(await clock.until(launch(request())), 'aborted not_stored');
      assert.deepEqual([service.sent, states()], [0, []]);
    }
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
    const { clock, files, stored, service, open, launches, launch } = setUp();
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
    await settle();
    assert.equal(stored().length, 1);
    assert.doesNotMatch(stored().join(), /hunter2|Ynl0ZXM/);
    for (const [name, { content }] of files.files) {
      assert.doesNotMatch(name + Buffer.from(content).toString(), /Fix the tests/, 'nobody else reads it');
    }
    const [entry] = launches.all();
    assert.deepEqual(launches.requestOf(entry?.id ?? ''), { request: secretive, leftOut: undefined });
    const other = open();
    await settle();
    const { request: kept, leftOut } = other.launches.requestOf(entry?.id ?? '') ?? {};
    assert.deepEqual(kept, {
      prompt: 'Fix the tests',
      config: { name: 'nightly', mcp_servers: { shared: { warp_id: 'w' } } },
    });
    assert.deepEqual(leftOut, { attachments: ['a.png'], mcpServers: ['own'], prompt: false });
  });

  it('finds the run of a prompt of which it keeps only the beginning', async () => {
    const { clock, stored, service, open, launches } = setUp();
    service.fates = [{ ...good, takes: 20_000 }];
    const long = 'Fix the tests. '.repeat(30_000);
    void launches.launch(request(long));
    await clock.advance(100);
    launches.dispose();
    assert.ok(stored().join().length < 10_000);
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
        const { clock, files, service, open, launches } = setUp();
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
        const names = [...files.files.keys()].filter((name) => !name.includes('told'));
        assert.deepEqual([service.sent, names], [1, []]);
      }
    });

    it('says that it does not know when there is none, and sends nothing', async () => {
      const { clock, service, open, launches } = setUp();
      service.fates = [{ makes: false, takes: 60_000 }];
      void outcomeOf(launches.launch(request()));
      await clock.advance(500);
      launches.dispose();
      const { settled, states } = open();
      await settle();
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
      await settle();
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

  it('knows of the same that may have been launched, until it is settled', async () => {
    const { clock, launches, launch, service } = setUp();
    service.fates = [{ ...good, takes: 300 }];
    const launching = launch(request());
    assert.equal(launches.twin(request())?.state, 'sending');
    assert.equal(launches.twin(request('Something else')), undefined);
    await clock.until(launching);
    assert.equal(launches.twin(request()), undefined);
    service.fates = [failed('invalid')];
    await clock.until(launch(request()));
    assert.deepEqual([launches.all().length, launches.twin(request())], [1, undefined], 'that one certainly failed');
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

  it('gives up the row of what failed when the same request is sent again', async () => {
    const { clock, service, launches, launch, states } = setUp();
    service.fates = [failed('forbidden', { status: 403 }), failed('server', { status: 500 })];
    const same = request();
    assert.equal(await clock.until(launch(same)), 'forbidden');
    await clock.until(launch(same));
    assert.equal(launches.all().length, 1);
    assert.equal(await clock.until(launch(same)), 'run 0');
    assert.deepEqual(states(), []);
  });

  it('leaves what a person changed and sent in its place where it is', async () => {
    const { clock, service, launches, launch } = setUp();
    service.fates = [failed('forbidden'), failed('forbidden'), failed('forbidden')];
    const first = request();
    await clock.until(launch(first));
    await clock.until(launch(request('Changed'), undefined, { replaces: launches.all()[0]?.id }));
    await clock.until(launch(first));
    assert.deepEqual(
      launches
        .all()
        .map((one) => one.request.prompt)
        .sort(),
      ['Changed', 'Fix the tests'],
    );
  });

  it('takes one run for one launch, in however many windows and however often the list is read', async () => {
    const { clock, service, open, launches, launch, settled } = setUp();
    const unseen = { ...lost, shownAfter: 60_000 };
    service.fates = [unseen, unseen];
    await clock.until(Promise.all([launch(request()), launch(request())]));
    const other = open();
    await clock.advance(60_000);
    const runs = service.made.map(({ run }) => run);
    await clock.until(
      Promise.all([launches.seen(runs), launches.seen(runs), other.launches.seen(runs), other.launches.seen(runs)]),
    );
    await clock.advance(120_000);
    await clock.until(Promise.all([launches.seen(runs), other.launches.seen(runs)]));
    const told = [...settled, ...other.settled];
    assert.deepEqual(told.map(({ run }) => run?.run_id).sort(), ['run 0', 'run 1']);
    assert.equal(new Set(told.map(({ launch: { id } }) => id)).size, 2);
    assert.deepEqual([launches.all(), service.sent], [[], 2]);
  });

  it('is sent again at once, though the disk has not heard yet that it failed', async () => {
    const { clock, files, service, launches, launch } = setUp();
    const write = files.write.bind(files);
    service.fates = [failed('invalid')];
    service.onSend = () => {
      files.write = async (...call) => {
        await new Promise<void>((resolve) => clock.after(1000, resolve));
        return write(...call);
      };
    };
    const same = request();
    await clock.until(launch(same));
    assert.equal(await clock.until(launch(same)), 'run 0');
    assert.deepEqual(launches.all(), []);
  });

  it("leaves a launch alone while another's key is in use", async () => {
    const { clock, settings, service, launches, launch, states, settled } = setUp();
    service.fates = [failed('outcomeUnknown')];
    await clock.until(launch(request()));
    const [entry] = launches.all();
    assert.ok(entry);
    settings.key = 'wk-2';
    await clock.until(launches.accountChanged());
    const theirs = service.make(request(), 'them');
    await clock.until(launches.seen([theirs]));
    assert.equal(await clock.until(launches.lookFor(entry.id)), undefined);
    assert.deepEqual([states(), launches.requestOf(entry.id), settled], [[], undefined, []]);
    settings.key = 'wk-1';
    await clock.until(launches.accountChanged());
    assert.deepEqual(states(), ['unsure']);
  });

  it('is no surprise when the key changes while it is looked for', async () => {
    const { clock, settings, service, launches, launch, states } = setUp();
    service.fates = [{ ...lost, makes: false }];
    const launching = launch(request());
    await clock.advance(600);
    settings.key = 'wk-2';
    await launches.accountChanged();
    service.make(request(), 'them');
    assert.equal(await clock.until(launching), 'outcomeUnknown');
    settings.key = 'wk-1';
    await launches.accountChanged();
    assert.deepEqual(states(), ['unsure']);
  });

  it('leaves a run that another window may be waiting for', async () => {
    const { clock, service, open, launch, states } = setUp();
    service.fates = [failed('outcomeUnknown'), { ...good, takes: 20_000 }];
    await clock.until(launch(request()));
    const other = open();
    const sending = other.launch(request());
    await clock.advance(100);
    await clock.until(open().launches.seen(service.made.map(({ run }) => run)));
    assert.deepEqual(states(), ['unsure']);
    assert.equal(await clock.until(sending), 'run 0');
  });

  it('keeps bytes and secrets no longer than their row', async () => {
    const { clock, service, open, launches, launch } = setUp();
    service.fates = [failed('invalid'), failed('invalid')];
    for (const where of ['here', 'elsewhere']) {
      const heavy = new WeakRef({ file_name: 'a', mime_type: 'b', data: 'Yg==' });
      const send = async (): Promise<void> => {
        const attachment = heavy.deref();
        await clock.until(launch({ ...request(), ...(attachment && { attachments: [attachment] }) }));
      };
      await send();
      await settle();
      collectGarbage();
      assert.ok(heavy.deref(), 'it is there to be sent again');
      await settle();
      const [entry] = launches.all();
      assert.ok(entry);
      if (where === 'here') {
        launches.discard([entry.id]);
      } else {
        const other = open();
        await settle();
        other.launches.discard([entry.id]);
        await settle();
        launches.recheck();
        await settle();
      }
      assert.deepEqual(launches.all(), []);
      collectGarbage();
      assert.equal(heavy.deref(), undefined);
    }
  });

  it('reads what another version stored, and nothing else', async () => {
    const { files, settings, open } = setUp();
    const place = accountOf(settings.baseUrl, settings.key);
    const [id, other] = ['0b0a3a3e-1111-4c5f-9d0e-6a51c7d4e2aa', '0b0a3a3e-2222-4c5f-9d0e-6a51c7d4e2aa'];
    const launch = {
      at: 1,
      request: { prompt: 'p' },
      state: 'paused',
      problem: 'x',
      leftOut: { attachments: [1, 'a'] },
    };
    for (const [name, value] of [
      [id, { ...launch, id }],
      [other, { id: other }],
      ['0b0a3a3e-3333-4c5f-9d0e-6a51c7d4e2aa', 'not JSON'],
      [`${other}.half-written`, { ...launch, id: other }],
      ['told.x', null],
    ] as const) {
      await files.write(`${place.id}.${name}`, place.seal(typeof value === 'string' ? value : JSON.stringify(value)));
    }
    await files.write('readme.txt', Buffer.from('x'));
    const { launches } = open();
    await settle();
    const [only, ...others] = launches.all();
    assert.deepEqual(
      [only?.id, only?.state, only?.problem, only?.leftOut.attachments, others],
      [id, 'unsure', undefined, ['a'], []],
    );
  });
});
