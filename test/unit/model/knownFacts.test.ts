import assert from 'node:assert/strict';
import { Emitter } from '../../../src/model/emitter';
import { KnownFacts } from '../../../src/model/knownFacts';
import type { Environment } from '../../../src/oz/types';

describe('KnownFacts', () => {
  it('are asked for when somebody goes by them, and tell when they change', () => {
    const me = new Emitter<undefined>();
    const git = new Emitter<undefined>();
    const environments = new Emitter<undefined>();
    const looked: string[] = [];
    const github = { owner: 'acme', repo: 'web' };
    const known = { uid: 'env', config: { github_repos: [github] } } as Environment;
    const bare = { uid: 'bare', config: {} } as Environment;
    const facts = new KnownFacts(
      { uid: 'u1', onDidChange: me.event },
      { current: [github], onDidChange: git.event },
      {
        lookUp: (id) => looked.push(id),
        environment: (id) => [known, bare].find(({ uid }) => uid === id),
        onDidChange: environments.event,
      },
    );
    let changes = 0;
    facts.onDidChange(() => (changes += 1));
    assert.deepEqual([facts.uid, facts.repositories, looked], ['u1', [github], []]);
    assert.deepEqual(
      ['env', 'bare', 'gone'].map((id) => facts.environmentRepositories(id)),
      [[github], [], []],
    );
    assert.deepEqual(looked, ['env', 'bare', 'gone']);
    for (const source of [me, git, environments]) {
      source.fire(undefined);
    }
    assert.equal(changes, 3);
    facts.dispose();
    me.fire(undefined);
    assert.equal(changes, 3);
  });
});
