import assert from 'node:assert/strict';
import { type Environment, type Proxies, proxiesFor, type ProxySettings } from '../../../src/oz/proxyRoute';

const settings: ProxySettings = {
  proxy: '',
  proxySupport: 'override',
  noProxy: [],
  fetchAdditionalSupport: true,
  electronFetch: false,
};

function proxies(change: Partial<ProxySettings>, environment: Environment = {}, url = 'https://app.warp.dev'): Proxies {
  return proxiesFor(new URL(url), { ...settings, ...change }, environment);
}

describe('the proxy for an address', () => {
  it('is the one of the setting, then of the environment, then of the system', () => {
    const environment = { HTTPS_PROXY: 'http://env.example:3128' };
    assert.deepEqual(proxies({ proxy: 'http://set.example' }, environment), {
      route: { kind: 'proxy', from: 'http.proxy', server: 'http://set.example' },
      unused: ['HTTPS_PROXY'],
      unreadable: [],
    });
    assert.deepEqual(proxies({}, environment), {
      route: { kind: 'proxy', from: 'HTTPS_PROXY', server: 'http://env.example:3128' },
      unused: [],
      unreadable: [],
    });
    assert.deepEqual(proxies({}), { route: { kind: 'system' }, unused: [], unreadable: [] });
  });

  it('takes the first variable with a value, in the order of VS Code', () => {
    const order = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];
    for (const [index, name] of order.entries()) {
      const environment = Object.fromEntries(
        order.slice(index).map((one) => [one, `http://${one.length}-${index}.example`]),
      );
      const { route } = proxies({}, { ...environment, [name]: 'socks5://mine.example:1080' });
      assert.deepEqual(route, { kind: 'proxy', from: name, server: 'socks5://mine.example:1080' });
    }
  });

  it('knows what is set without effect', () => {
    const { route, unused } = proxies({}, { ALL_PROXY: 'http://all.example', HTTP_PROXY: ' ' });
    assert.deepEqual([route.kind, unused], ['system', ['ALL_PROXY']]);
    const off = proxies({ proxy: 'http://set.example', proxySupport: 'off' }, { http_proxy: 'http://env.example' });
    assert.deepEqual(off.route, { kind: 'direct', because: 'off' });
    assert.deepEqual(off.unused, ['http.proxy', 'http_proxy']);
    assert.equal(proxies({ fetchAdditionalSupport: false }, { http_proxy: 'http://env.example' }).route.kind, 'direct');
    assert.equal(proxies({ proxy: 'http://set.example', electronFetch: true }).route.kind, 'system');
    // On Windows both spellings are there.
    const both = proxies({}, { https_proxy: 'http://one.example', HTTPS_PROXY: 'http://one.example' });
    assert.deepEqual(both.unused, []);
  });

  it('tells no name and no password', () => {
    for (const proxy of [
      'http://ada:s3cret@set.example:8080',
      'socks5h://ada:s3%40cret@set.example:8080/path?x=s3cret',
    ]) {
      const found = proxies({ proxy });
      assert.ok(found.route.kind === 'proxy');
      assert.match(found.route.server, /^\w+:\/\/set\.example:8080$/);
    }
  });

  it('takes nothing for a server that may be a part of a password', () => {
    for (const password of ['2024#secret', '2024/secret', '2024?secret', 'a#secret']) {
      const found = proxies({ proxy: `http://ada:${password}@set.example:8080` });
      assert.doesNotMatch(JSON.stringify(found), /secret|2024/);
      assert.deepEqual(found.unreadable, ['http.proxy']);
    }
  });

  it('says which values are no proxy', () => {
    for (const proxy of ['set.example:8080', 'ftp://set.example', 'http://', 'http://a b', 'ada:s3cret@set.example']) {
      const found = proxies({ proxy }, { HTTPS_PROXY: 'http://env.example' });
      assert.deepEqual(found.unreadable, ['http.proxy']);
      assert.equal(found.route.kind === 'proxy' && found.route.from, 'HTTPS_PROXY');
      assert.doesNotMatch(JSON.stringify(found), /s3cret/);
    }
    assert.deepEqual(proxies({}, { https_proxy: 'env.example:3128' }), {
      route: { kind: 'system' },
      unused: [],
      unreadable: ['https_proxy'],
    });
  });

  it('is none for exceptions and for this machine', () => {
    const environment = { HTTPS_PROXY: 'http://env.example', NO_PROXY: 'localhost, .warp.dev:443' };
    const exception = (from: string): unknown => ({ kind: 'direct', because: 'exception', from });
    assert.deepEqual(proxies({}, environment).route, exception('NO_PROXY'));
    assert.equal(proxies({}, environment, 'https://app.warp.dev:8443').route.kind, 'proxy');
    assert.equal(proxies({}, environment, 'https://notwarp.dev').route.kind, 'proxy');
    // The setting takes the variable's place.
    assert.equal(proxies({ noProxy: ['other.example'] }, environment).route.kind, 'proxy');
    for (const entry of ['*', 'warp.dev', 'APP.warp.dev', ' .dev ', 'app.warp.dev:443']) {
      assert.deepEqual(proxies({ noProxy: ['x', entry] }, environment).route, exception('http.noProxy'), entry);
    }
    for (const url of ['http://localhost:4700', 'http://127.0.0.1', 'http://[::1]:80/api']) {
      const { route, unused } = proxies({}, environment, url);
      assert.deepEqual([route, unused], [{ kind: 'direct', because: 'loopback' }, ['HTTPS_PROXY']]);
    }
  });
});
