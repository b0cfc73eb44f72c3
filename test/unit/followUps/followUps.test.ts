import assert from 'node:assert/strict';
import { hasUnsent } from '../../../src/model/followUpList';
import { FollowUps, type FollowUpsOptions } from '../../../src/model/followUps';
import { FakeClock, settle } from '../fakeClock';
import { FakeMemento } from '../model/fakeMemento';
import { delivered, failed, FakeService, lost, offline } from './fakeService';

const minute = 60_000;

function setUp(change: Partial<FollowUpsOptions> = {}) {
  const clock = new FakeClock();
  const memento = new FakeMemento();
  const service = new FakeService(clock);
  const claims = new Set<string>();
  const claim = (name: string): Promise<boolean> => {
    const isFirst = !claims.has(name);
    claims.add(name);
    return Promise.resolve(isFirst);
  };
  const sent: string[] = [];
  const onSent = (runId: string): void => {
    sent.push(runId);
  };
  const open = (): FollowUps =>
    new FollowUps({ memento, client: service, clock, random: () => 0, claim, onSent, ...change });
  const followUps = open();
  const states = (of = followUps, runId = 'r') => of.of(runId).map(({ text, state }) => [text, state]);
  const idOf = (text: string, of = followUps) => of.of('r').find((one) => one.text === text)?.id ?? -1;
  return { clock, memento, service, claims, sent, open, followUps, states, idOf };
}

describe('follow-ups', () => {
  it('go out at once, and are there until the conversation shows them', async () => {
    const { followUps, service, states, sent, clock, memento } = setUp();
    followUps.add('r', 'Go on');
    assert.deepEqual(states(), [['Go on', 'waiting']]);
    await settle();
    assert.deepEqual([service.asked, states(), sent], [['Go on'], [['Go on', 'sent']], ['r']]);
    assert.equal(followUps.of('r')[0]?.outcome, 'live_session');
    assert.equal(hasUnsent(memento), false);
    followUps.seen('r', [{ id: 'm', text: ' Go  on\n', time: service.serverNow() }]);
    assert.deepEqual(states(), []);
    await clock.advance(minute);
    assert.equal(service.asked.length, 1);
  });

  it('are noted as going out before they do', async () => {
    const { followUps, service, memento, open } = setUp();
    let noted: unknown;
    service.onRequest = () => {
      noted = structuredClone(memento.values);
    };
    followUps.add('r', 'Go on');
    await settle();
    const [list] = [...(noted as Map<string, { state: string }[]>).values()];
    assert.equal(list?.[0]?.state, 'sending');
    open().dispose();
  });

  it('go out in their order, one at a time for each run', async () => {
    const { followUps, service, clock } = setUp();
    service.fates = [
      { ...delivered, takes: 1000 },
      { ...delivered, takes: 1000 },
    ];
    followUps.add('r', 'one');
    followUps.add('r', 'two');
    followUps.add('other', 'three');
    await settle();
    assert.deepEqual(service.asked, ['one', 'three']);
    await clock.advance(1000);
    assert.deepEqual(service.asked, ['one', 'three', 'two']);
  });

  it('wait and are tried again where the service has certainly not got them', async () => {
    const later = [
      offline,
      failed('timeout'),
      failed('notOz'),
      failed('conflict'),
      failed('rateLimited'),
      failed('server', { status: 503, code: 'resource_unavailable' }),
      failed('server', { status: 502 }),
      failed('noKey', { code: 'key_unreadable' }),
    ];
    for (const fate of later) {
      const { followUps, service, states, clock, memento } = setUp();
      service.fates = [fate, fate];
      followUps.add('r', 'one');
      followUps.add('r', 'two');
      await settle();
      assert.deepEqual(states(), [
        ['one', 'waiting'],
        ['two', 'waiting'],
      ]);
      assert.equal(followUps.of('r')[0]?.problem?.kind, fate.problem?.kind);
      assert.ok(hasUnsent(memento));
      await clock.advance(4999);
      assert.equal(service.asked.length, 1);
      await clock.advance(1);
      assert.equal(service.asked.length, 2);
      await clock.advance(9999);
      assert.equal(service.asked.length, 2, 'each pause is longer');
      await clock.advance(1);
      assert.deepEqual(
        service.told.map(({ text }) => text),
        ['one', 'two'],
      );
    }
  });

  it('wait as long as the service asks, though it answers others, or until a person says so', async () => {
    const { followUps, service, clock, idOf } = setUp();
    service.fates = [failed('rateLimited', { retryAfter: 60 * minute }), failed('rateLimited', { retryAfter: minute })];
    followUps.add('r', 'one');
    await clock.advance(30 * minute);
    followUps.resume();
    await clock.advance(0);
    assert.equal(service.asked.length, 1);
    followUps.send(idOf('one'));
    await settle();
    assert.equal(service.asked.length, 2);
    await clock.advance(minute);
    assert.equal(service.told.length, 1);
  });

  it('go out as soon as the service answers again', async () => {
    const { followUps, service, clock } = setUp();
    service.fates = Array.from({ length: 8 }, () => offline);
    followUps.add('r', 'one');
    await clock.advance(8 * minute);
    const tried = service.asked.length;
    service.fates = [];
    followUps.resume();
    await settle();
    assert.deepEqual([service.asked.length, service.told.length], [tried + 1, 1]);
  });

  it('wait for another key, and not for time', async () => {
    for (const kind of ['noKey', 'keyRefused'] as const) {
      const { followUps, service, clock, open } = setUp();
      service.fates = [failed(kind), failed(kind)];
      followUps.add('r', 'one');
      await clock.advance(24 * 60 * minute);
      followUps.resume();
      await settle();
      assert.equal(service.asked.length, 1);
      followUps.keyChanged();
      await settle();
      assert.equal(service.asked.length, 2);
      followUps.dispose();
      open();
      await settle();
      assert.equal(service.told.length, 1, 'a new window tries its key');
    }
  });

  it('are refused by what trying again does not change, and wait for a person', async () => {
    const refusals = [
      failed('notFound'),
      failed('unsupported'),
      failed('invalid'),
      failed('forbidden'),
      failed('externalAuth'),
      failed('rateLimited', { code: 'out_of_credits' }),
    ];
    for (const fate of refusals) {
      const { followUps, service, states, clock, idOf } = setUp();
      service.fates = [fate];
      followUps.add('r', 'one');
      followUps.add('r', 'two');
      await clock.advance(24 * 60 * minute);
      followUps.resume();
      followUps.keyChanged();
      await settle();
      assert.deepEqual(states(), [
        ['one', 'refused'],
        ['two', 'waiting'],
      ]);
      assert.equal(service.asked.length, 1);
      followUps.send(idOf('one'));
      await settle();
      assert.deepEqual(
        service.told.map(({ text }) => text),
        ['one', 'two'],
      );
    }
  });

  describe('whose answer was lost', () => {
    it('are found in the conversation', async () => {
      for (const fate of [lost, failed('server', { code: 'internal_error', status: 500 })]) {
        const { followUps, service, states, clock } = setUp();
        service.fates = [{ ...fate, delivers: true, shownAfter: 8000 }];
        followUps.add('r', 'one');
        followUps.add('r', 'two');
        await settle();
        assert.deepEqual(states()[0], ['one', 'unsure']);
        assert.ok(followUps.isLooking('r'));
        await clock.advance(20_000);
        assert.deepEqual(states(), [['two', 'sent']]);
        assert.deepEqual(service.asked, ['one', 'two']);
      }
    });

    it('are never sent again by themselves, and those behind them wait', async () => {
      const { followUps, service, states, clock, open, idOf } = setUp();
      service.fates = [{ ...lost, delivers: false }];
      followUps.add('r', 'one');
      followUps.add('r', 'two');
      await clock.advance(24 * 60 * minute);
      followUps.resume();
      followUps.keyChanged();
      await clock.advance(minute);
      assert.equal(followUps.isLooking('r'), false);
      followUps.dispose();
      const next = open();
      await clock.advance(minute);
      assert.deepEqual(states(next), [
        ['one', 'unsure'],
        ['two', 'waiting'],
      ]);
      assert.equal(service.asked.length, 1);
      next.send(idOf('one', next));
      await settle();
      assert.deepEqual(
        service.told.map(({ text }) => text),
        ['one', 'two'],
      );
    });

    it('are given to a person when nobody could look', async () => {
      const { followUps, service, clock, states } = setUp();
      service.fates = [{ ...lost, delivers: false }];
      service.readProblem = 'unreachable';
      followUps.add('r', 'one');
      await clock.advance(30_000);
      assert.ok(followUps.isLooking('r'));
      await clock.advance(minute);
      assert.deepEqual([states(), followUps.isLooking('r')], [[['one', 'unsure']], false]);
    });

    it('are not taken for a message that was there, or for another one with the same text', async () => {
      const { followUps, service, states, clock } = setUp();
      service.say('r', 'Go on');
      await clock.advance(1000);
      service.fates = [{ ...lost, delivers: false }];
      followUps.add('r', 'Go on', [{ id: 'other', text: 'Go on' }]);
      await settle();
      const there = [{ id: 'other', text: 'Go on', time: service.serverNow() }];
      followUps.seen('r', there);
      assert.deepEqual(states(), [['Go on', 'unsure']]);

      const second = setUp();
      second.service.fates = [
        { ...delivered, shownAfter: 5000 },
        { ...lost, delivers: false },
      ];
      second.followUps.add('r', 'Go on', []);
      second.followUps.add('r', 'Go on', []);
      await second.clock.advance(2 * minute);
      assert.deepEqual(second.states(), [['Go on', 'unsure']], 'the message is the first one');
      assert.ok(second.service.reads > 2);
    });

    it('are looked for when the window closed on the way', async () => {
      const { followUps, service, states, clock, open } = setUp();
      service.fates = [
        { ...delivered, takes: minute },
        { ...delivered, takes: minute, delivers: false },
      ];
      followUps.add('r', 'one');
      await settle();
      followUps.dispose();
      const next = open();
      assert.deepEqual(states(next), [['one', 'unsure']]);
      await clock.advance(2 * minute);
      assert.deepEqual([states(next), service.asked.length], [[], 1]);
      next.add('r', 'two');
      await settle();
      next.dispose();
      const last = open();
      await clock.advance(2 * minute);
      assert.deepEqual([states(last), service.asked.length], [[['two', 'unsure']], 2]);
    });
  });

  it('can be changed and removed until they are on their way', async () => {
    const { followUps, service, states, idOf } = setUp();
    service.fates = [offline, { ...delivered, takes: 1000 }];
    followUps.add('r', 'one');
    followUps.add('r', 'two');
    followUps.add('r', 'three');
    await settle();
    assert.equal(followUps.takeOut(idOf('two')), 'two');
    assert.equal(followUps.takeOut(idOf('two')), undefined);
    assert.ok(followUps.remove(idOf('three')));
    followUps.send(idOf('one'));
    await settle();
    assert.deepEqual(states(), [['one', 'sending']]);
    assert.equal(followUps.takeOut(idOf('one')), undefined);
    assert.equal(followUps.remove(idOf('one')), false);
    followUps.send(idOf('one'));
    await settle();
    assert.deepEqual(service.asked, ['one', 'one']);
  });

  it('are sent by one of two windows', async () => {
    const { followUps, service, clock, open, states } = setUp();
    service.fates = [offline, { ...delivered, takes: 1000 }];
    followUps.add('r', 'one');
    await settle();
    followUps.dispose();
    const both = [open(), open()];
    await clock.advance(10 * minute);
    assert.equal(service.told.length, 1);
    both.forEach((one) => {
      one.resume();
    });
    await clock.advance(minute);
    assert.deepEqual([service.asked.length, states(both[0])], [2, []]);
  });

  it('are not sent by a window that knows less than another', async () => {
    const { followUps, memento, service, clock, claims } = setUp();
    service.fates = [offline];
    followUps.add('r', 'one');
    await settle();
    followUps.dispose();
    // Two browser tabs with the same folder keep a copy each.
    const copies = [memento, new FakeMemento()];
    memento.values.forEach((value, key) => copies[1]?.values.set(key, value));
    const claim = (name: string): Promise<boolean> => {
      const isFirst = !claims.has(name);
      claims.add(name);
      return Promise.resolve(isFirst);
    };
    const windows = copies.map((copy) => new FollowUps({ memento: copy, client: service, clock, claim }));
    await clock.advance(10 * minute);
    assert.deepEqual(
      [service.told.length, windows.map((one) => one.of('r').map(({ state }) => state))],
      [1, [['sent'], []]],
    );
  });

  it('say when those of a run change, and are forgotten as sent after a while', async () => {
    const { followUps, service, clock, states } = setUp();
    service.fates = [{ ...delivered, shownAfter: 60 * minute }];
    const heard: string[] = [];
    followUps.onDidChange((runId) => heard.push(runId));
    followUps.add('r', 'one');
    await settle();
    assert.ok(heard.length >= 3 && heard.every((runId) => runId === 'r'));
    await clock.advance(9 * minute);
    assert.equal(states().length, 1);
    heard.length = 0;
    await clock.advance(minute);
    assert.deepEqual([states(), heard], [[], ['r']]);
  });

  it('are read from whatever is stored', () => {
    const { memento, clock, service } = setUp();
    memento.values.set('agentRuns.followUps', [
      null,
      7,
      { id: 1 },
      { id: 1.5, runId: 'r', text: 'x' },
      { id: 2, runId: 'r', text: 'kept', state: 'newer', problem: { kind: 3 }, before: [1, 'a'] },
    ]);
    const followUps = new FollowUps({ memento, client: service, clock, claim: () => Promise.resolve(true) });
    const [only, ...others] = followUps.of('r');
    assert.deepEqual(
      [only?.text, only?.state, only?.problem, only?.before, others],
      ['kept', 'unsure', undefined, ['a'], []],
    );
    followUps.dispose();
  });

  it('stay when their state cannot be stored', async () => {
    class FullMemento extends FakeMemento {
      isFull = true;
      override update(key: string, value: unknown): Promise<void> {
        return this.isFull ? Promise.reject(new Error('full')) : super.update(key, value);
      }
    }
    const memento = new FullMemento();
    const { followUps, service, clock, states } = setUp({ memento });
    followUps.add('r', 'one', []);
    await settle();
    assert.deepEqual([service.asked, states()], [[], [['one', 'waiting']]]);
    memento.isFull = false;
    await clock.advance(minute);
    assert.deepEqual(service.asked, ['one']);
  });
});
