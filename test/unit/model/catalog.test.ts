import assert from 'node:assert/strict';
import { Catalog } from '../../../src/model/catalog';
import type { Environment, Identity, Models } from '../../../src/oz/types';
import { FakeClock, settle } from '../fakeClock';
import { problem } from './fakeOz';

function environment(uid: string, name?: string): Environment {
  return { uid, config: name === undefined ? {} : { name }, last_updated: '', setup_failed: false };
}

class FakeCatalog {
  calls = 0;
  answer: Environment[] = [environment('e1', 'backend'), environment('e2')];
  identities: Identity[] = [];
  failing = false;
  gate: Promise<void> = Promise.resolve();

  async listEnvironments(): Promise<Environment[]> {
    this.calls += 1;
    await this.gate;
    if (this.failing) {
      throw problem('server');
    }
    return this.answer;
  }

  listModels(): Promise<Models> {
    this.calls += 1;
    return Promise.resolve({ default_model_id: 'auto', models: [] });
  }

  listIdentities(): Promise<Identity[]> {
    this.calls += 1;
    return Promise.resolve([...this.identities]);
  }
}

function setUp(): { oz: FakeCatalog; catalog: Catalog; clock: FakeClock } {
  const oz = new FakeCatalog();
  const clock = new FakeClock();
  return { oz, catalog: new Catalog(oz, clock), clock };
}

describe('Catalog', () => {
  it('reads when first asked, once for all who ask, and again after minutes', async () => {
    const { oz, catalog, clock } = setUp();
    assert.equal(oz.calls, 0);
    await Promise.all([catalog.environments(), catalog.environments()]);
    await clock.advance(299_000);
    await catalog.environments();
    assert.equal(oz.calls, 1);
    await clock.advance(1000);
    await catalog.environments();
    assert.equal(oz.calls, 2);
    assert.equal((await catalog.models()).default_model_id, 'auto');
  });

  it('tells the name of an identity, as far as they were read', async () => {
    const { oz, catalog } = setUp();
    oz.identities = [{ uid: 'i1', name: 'Release manager', available: true, created_at: '' }];
    assert.equal(catalog.identityName('i1'), undefined);
    await catalog.identities();
    assert.deepEqual([catalog.identityName('i1'), catalog.identityName('i2')], ['Release manager', undefined]);
    catalog.identitiesChanged();
    assert.equal(catalog.identityName('i1'), undefined);
  });

  it('reads again at once after a refresh, and knows what it knew meanwhile', async () => {
    const { oz, catalog } = setUp();
    await Promise.all([catalog.environments(), catalog.models()]);
    catalog.refresh();
    assert.deepEqual([oz.calls, catalog.environmentName('e1')], [2, 'backend']);
    oz.answer = [environment('e1', 'front end')];
    await Promise.all([catalog.environments(), catalog.models()]);
    assert.deepEqual([oz.calls, catalog.environmentName('e1')], [4, 'front end']);
  });

  it('reads the identities again once they were changed', async () => {
    const { oz, catalog } = setUp();
    assert.deepEqual(await catalog.identities(), []);
    oz.identities = [{ uid: 'a', name: 'Tester', available: true, created_at: '' }];
    assert.deepEqual([await catalog.identities(), oz.calls], [[], 1]);
    catalog.identitiesChanged();
    assert.deepEqual([await catalog.identities(), oz.calls], [oz.identities, 2]);
    catalog.refresh();
    await catalog.identities();
    assert.equal(oz.calls, 3);
  });

  it('knows names as soon as the environments were read, and tells it', async () => {
    const { catalog } = setUp();
    let told = 0;
    catalog.onDidChange(() => (told += 1));
    assert.equal(catalog.environmentName('e1'), undefined);
    await catalog.environments();
    assert.equal(catalog.environmentName('e1'), 'backend');
    assert.equal(catalog.environmentName('e2'), undefined);
    assert.equal(told, 1);
  });

  it('looks up one that is not known only once', async () => {
    const { oz, catalog, clock } = setUp();
    catalog.lookUp('gone');
    catalog.lookUp('e1');
    await settle();
    assert.equal(catalog.environmentName('e1'), 'backend');
    await clock.advance(10 * 60_000);
    catalog.lookUp('gone');
    catalog.lookUp('e1');
    await settle();
    assert.equal(oz.calls, 1);
  });

  it('rejects when reading fails, keeps the names it has, and asks again next time', async () => {
    const { oz, catalog, clock } = setUp();
    await catalog.environments();
    await clock.advance(300_000);
    oz.failing = true;
    await assert.rejects(catalog.environments(), { name: 'ApiProblem' });
    assert.equal(catalog.environmentName('e1'), 'backend');
    oz.failing = false;
    assert.equal((await catalog.environments()).length, 2);
  });

  it('forgets everything on reset and ignores answers under way', async () => {
    const { oz, catalog } = setUp();
    let open = (): void => undefined;
    oz.gate = new Promise((resolve) => (open = resolve));
    const late = catalog.environments();
    catalog.reset();
    open();
    await assert.rejects(late);
    assert.equal(catalog.environmentName('e1'), undefined);
  });
});
