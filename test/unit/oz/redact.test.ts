import assert from 'node:assert/strict';
import fc from 'fast-check';
import { redacted } from '../../../src/oz/redact';

const nobody = { keys: [], home: '', user: '' };

describe('a text that is given away', () => {
  it('has no key, no password, no query, no home and no name in it', () => {
    const word = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{7,20}$/);
    const password = fc.tuple(word, fc.constantFrom(...Array.from('@:/?#!$&()*+,;=~%\\')), word);
    const query = fc.stringMatching(/^[a-zA-Z0-9!'()*~.%_-]{8,20}$/);
    const key = fc.oneof(
      word.map((text) => `wk-${text}`),
      fc.stringMatching(/^[!-~]{8,30}$/),
    );
    const separator = fc.constantFrom(' ', '\n', ', ', ' (', '"', ') – ', ': ');
    const place = fc.nat(9);
    fc.assert(
      fc.property(
        key,
        password,
        query,
        word,
        fc.constantFrom('/home/', '/data/people/', 'C:\\Users\\', 'd:/users/'),
        fc.array(fc.tuple(place, separator), { minLength: 1, maxLength: 12 }),
        (aKey, twoWords, aQuery, user, homes, places) => {
          const aPassword = twoWords.join('');
          // Otherwise the one would take away of the other what belongs to it alone.
          const all = [aKey, twoWords[0], twoWords[2], aQuery, user].map((text) => text.toLowerCase());
          fc.pre(new Set(all).size === all.length);
          const home = `${homes}${user}`;
          const parts = [
            aKey,
            `Authorization: Bearer ${aKey}`,
            `https://${encodeURIComponent(aKey)}.example/${aKey.toUpperCase()}`,
            `https://user:${aPassword}@proxy.example:8080`,
            `SOCKS5://${aPassword}@proxy.example`,
            `https://app.example/api/v1?token=${aQuery}`,
            `https://app.example/api/v1#${aQuery}`,
            `${home}/project/x ${home.replaceAll('\\', '/')}/y`,
            `mail ${user.toUpperCase()}@example.com`,
            `Basic ${Buffer.from(`user:${aPassword}`).toString('base64')}`,
          ];
          const text = places.map(([index, after]) => `${parts[index] ?? ''}${after}`).join('');
          const given = redacted(text, { keys: [aKey], home, user }).toLowerCase();
          const secrets = [aKey, encodeURIComponent(aKey), twoWords[0], twoWords[2], aQuery, user];
          const base64 = Buffer.from(`user:${aPassword}`).toString('base64');
          assert.ok(!given.includes('people'), given);
          for (const secret of [...secrets, base64]) {
            assert.ok(!given.includes(secret.toLowerCase()), `${secret} is in ${given}`);
          }
        },
      ),
      { numRuns: 1000 },
    );
  }).timeout(20_000);

  it('keeps the rest', () => {
    const text = [
      'https://app.warp.dev/api/v1, found in 12 ms: 10.0.0.1',
      'http://proxy.example:8080, from http.proxy',
      'Acme Root CA, issued by Acme (TLSv1.3)',
      'System: linux 6.1.0 x64',
    ].join('\n');
    assert.equal(redacted(text, { keys: ['wk-0123456789'], home: '/home/ada', user: 'ada' }), text);
    assert.equal(redacted(text, { keys: ['', 'Ac'], home: '/', user: 'me' }), text);
  });

  it('has no key that nobody told of, and no other home', () => {
    assert.doesNotMatch(redacted('the key wk-1.abcdef0123456789 and', nobody), /abcdef/);
    assert.doesNotMatch(redacted('/home/grace/x "C:\\Users\\Grace Hopper\\x" file:///Users/grace/y', nobody), /grace/i);
    assert.match(redacted('/var/home page at https://app.example/home/runs', nobody), /runs/);
  });
});
