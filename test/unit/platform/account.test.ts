import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { accountOf } from '../../../src/platform/account';

const key = 'wk-canary-40be9a51';
const account = accountOf('https://oz.test/api/v1', key);
const others = [accountOf('https://oz.test/api/v1', `${key}0`), accountOf('https://oz.test/api/v2', key)];

describe('accountOf', () => {
  it('opens what the same key and base URL sealed, and nothing else', () => {
    for (const text of ['', 'a title', '日本 🎏'.repeat(1000)]) {
      const sealed = account.seal(text);
      assert.equal(accountOf('https://oz.test/api/v1', key).open(sealed), text);
      for (const other of others) {
        assert.equal(other.open(sealed), undefined);
      }
    }
  });

  it('opens nothing that was changed, cut or never sealed', () => {
    const sealed = account.seal('a title');
    for (let place = 0; place < sealed.length; place += 1) {
      const changed = Uint8Array.from(sealed, (byte, index) => (index === place ? byte ^ 1 : byte));
      assert.equal(account.open(changed), undefined);
      assert.equal(account.open(sealed.subarray(0, place)), undefined);
    }
    assert.equal(account.open(new Uint8Array(1000)), undefined);
  });

  it('seals the same text differently each time', () => {
    assert.notDeepEqual(account.seal('a title'), account.seal('a title'));
  });

  it('has names that are the same everywhere, and another for each key and base URL', () => {
    const again = accountOf('https://oz.test/api/v1', key);
    assert.deepEqual([again.id, again.digest('x')], [account.id, account.digest('x')]);
    assert.equal(new Set([account, ...others].map(({ id }) => id)).size, 3);
    assert.equal(new Set([account, ...others].map((one) => one.digest('x'))).size, 3);
    assert.notEqual(account.digest('x'), account.digest('y'));
    assert.match(account.id, /^[0-9a-f]{32}$/);
    assert.match(account.digest('../x'), /^[0-9a-f]{32}$/);
  });

  it('shows neither the key nor a plain hash of it', () => {
    const told = [
      inspect(account, { showHidden: true, depth: null }),
      account.id,
      account.digest(''),
      account.digest(key),
      Buffer.from(account.seal('')).toString('latin1'),
    ].join('\n');
    const hashes = ['md5', 'sha1', 'sha256', 'sha512'].map((name) => createHash(name).update(key).digest('hex'));
    for (const secret of [key, ...hashes.map((hash) => hash.slice(0, 16))]) {
      assert.ok(!told.includes(secret));
    }
  });
});
