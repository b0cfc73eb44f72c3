import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import { Emitter } from '../../../src/model/emitter';
import { ApiKey } from '../../../src/platform/apiKey';

/** A secret storage whose reading can be made to fail. */
class FakeSecrets {
  readonly values = new Map<string, string>();
  readonly #changed = new Emitter<vscode.SecretStorageChangeEvent>();
  readonly onDidChange = this.#changed.event as vscode.SecretStorage['onDidChange'];
  isLocked = false;
  reads = 0;

  get(name: string): Promise<string | undefined> {
    this.reads += 1;
    return this.isLocked ? Promise.reject(new Error('locked')) : Promise.resolve(this.values.get(name));
  }

  store(name: string, value: string): Promise<void> {
    this.values.set(name, value);
    this.#changed.fire({ key: name });
    return Promise.resolve();
  }

  delete(name: string): Promise<void> {
    this.values.delete(name);
    this.#changed.fire({ key: name });
    return Promise.resolve();
  }

  keys(): Promise<string[]> {
    return Promise.resolve([...this.values.keys()]);
  }
}

function setUp(environment: NodeJS.ProcessEnv = {}) {
  const secrets = new FakeSecrets();
  const place = { baseUrl: 'https://oz.example/api/v1' };
  return { secrets, place, apiKey: new ApiKey(secrets, environment, () => place.baseUrl) };
}

describe('ApiKey', () => {
  it('gives the stored key out for the origin that it was entered for, and for no other', async () => {
    const { place, apiKey } = setUp();
    await apiKey.store('wk-mine');
    place.baseUrl = 'https://oz.example/api/v2';
    assert.deepEqual(await apiKey.inUse(), { value: 'wk-mine', from: 'stored' });
    for (const other of ['https://evil.example/api/v1', 'https://oz.example:444/', 'http://oz.example', 'oz.example']) {
      place.baseUrl = other;
      assert.equal(await apiKey.inUse(), undefined, other);
    }
  });

  it('takes the one of the environment while none is stored', async () => {
    const { apiKey } = setUp({ WARP_API_KEY: ' wk-environment ' });
    assert.deepEqual(await apiKey.inUse(), { value: 'wk-environment', from: 'environment' });
    await apiKey.store('wk-mine');
    assert.equal((await apiKey.inUse())?.value, 'wk-mine');
    await apiKey.signOut();
    assert.equal((await apiKey.inUse())?.value, 'wk-environment');
  });

  it('reads the secret storage once, and again after a change in any window', async () => {
    const { secrets, apiKey } = setUp();
    let changes = 0;
    apiKey.onDidChange(() => (changes += 1));
    await Promise.all([apiKey.inUse(), apiKey.inUse()]);
    assert.equal(secrets.reads, 1);
    await apiKey.store('wk-mine');
    await secrets.store('another extension', 'x');
    assert.deepEqual([(await apiKey.inUse())?.value, secrets.reads, changes], ['wk-mine', 2, 1]);
  });

  it('reads again after a reading that failed', async () => {
    const { secrets, apiKey } = setUp();
    await apiKey.store('wk-mine');
    secrets.isLocked = true;
    await assert.rejects(apiKey.inUse());
    secrets.isLocked = false;
    assert.equal((await apiKey.inUse())?.value, 'wk-mine');
  });

  it('survives whatever is stored', async () => {
    for (const text of ['', 'null', '[]', '"wk"', '{', '{"origin":1,"key":2}', '{"origin":"https://oz.example"}']) {
      const { secrets, apiKey } = setUp();
      await apiKey.store('wk-mine');
      const [name] = await secrets.keys();
      await secrets.store(name ?? '', text);
      assert.equal(await apiKey.inUse(), undefined, text);
    }
  });
});
