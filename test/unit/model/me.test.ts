import assert from 'node:assert/strict';
import { Me } from '../../../src/model/me';
import type { Run } from '../../../src/oz/types';
import { noon } from '../fakeClock';
import { FakeMemento } from './fakeMemento';
import { run } from './fakeOz';

function launchedBy(creator: Run['creator']): Run {
  return run('a', noon, { creator });
}

function setUp(memento = new FakeMemento()): { me: Me; memento: FakeMemento; changes: (string | undefined)[] } {
  const me = new Me(memento);
  const changes: (string | undefined)[] = [];
  me.onDidChange(() => changes.push(me.uid));
  return { me, memento, changes };
}

describe('Me', () => {
  it('is learned from a run that was launched here, and remembered', () => {
    const { me, memento, changes } = setUp();
    assert.equal(me.uid, undefined);
    me.learn(launchedBy({ uid: 'u1', display_name: 'Ada' }));
    assert.deepEqual([me.uid, me.name, changes], ['u1', 'Ada', ['u1']]);
    assert.deepEqual([setUp(memento).me.uid, setUp(memento).me.name], ['u1', 'Ada']);
  });

  it('is called by what the service tells', () => {
    const { me } = setUp();
    me.learn(launchedBy({ uid: 'u1' }));
    assert.equal(me.name, 'u1');
    me.learn(launchedBy({ uid: 'u1', email: 'ada@example.com' }));
    assert.equal(me.name, 'ada@example.com');
  });

  it('learns nothing from a run that does not say who launched it', () => {
    const { me, changes, memento } = setUp();
    me.learn(launchedBy(undefined));
    me.learn(launchedBy({ display_name: 'Ada' }));
    assert.deepEqual([me.uid, changes, memento.writes], [undefined, [], 0]);
  });

  it('is silent when it learns what it knows', () => {
    const { me, changes, memento } = setUp();
    me.learn(launchedBy({ uid: 'u1' }));
    me.learn(launchedBy({ uid: 'u1' }));
    assert.deepEqual([changes, memento.writes], [['u1'], 1]);
  });

  it('is who a person says, whoever launches then', () => {
    const { me } = setUp();
    me.learn(launchedBy({ uid: 'bot' }));
    me.set({ id: 'u1', name: 'Ada' });
    me.learn(launchedBy({ uid: 'bot' }));
    assert.deepEqual([me.uid, me.name], ['u1', 'Ada']);
    me.set({ id: 'u2', name: 'Grace' });
    assert.equal(me.uid, 'u2');
  });

  it('is forgotten with the key, even when a person said it', () => {
    const { me, memento, changes } = setUp();
    me.set({ id: 'u1', name: 'Ada' });
    me.reset();
    me.reset();
    assert.deepEqual([me.uid, changes, setUp(memento).me.uid], [undefined, ['u1', undefined], undefined]);
    me.learn(launchedBy({ uid: 'u2' }));
    assert.equal(me.uid, 'u2');
  });

  it('hears what another window learned', () => {
    const { me, memento } = setUp();
    setUp(memento).me.learn(launchedBy({ uid: 'u1' }));
    assert.equal(me.uid, 'u1');
  });

  it('takes nonsense in the memory for nothing', () => {
    for (const stored of ['u1', 3, null, [], { id: 7, name: 'x' }, { id: 'u1' }]) {
      const memento = new FakeMemento();
      memento.values.set('agentRuns.me', stored);
      assert.equal(setUp(memento).me.uid, undefined);
    }
  });
});
