import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readLink, runIdIn } from '../../../src/model/conversationLink';

const id = '0192f3a4-5b6c-7d8e-9f01-23456789abcd';
const own = ['https://oz.warp.dev', 'https://app.warp.dev/api/v1', 'http://127.0.0.1:4700/api/v1'];

/** `run ID`, or why it is nothing. */
function told(text: string): string {
  const link = readLink(text, own);
  return link.kind === 'none' ? [link.why, link.host].filter(Boolean).join(' ') : `${link.kind} ${link.id}`;
}

describe('readLink', () => {
  it('recognises ids, pages and addresses of the API', () => {
    for (const [text, expected] of [
      [id, `any ${id}`],
      [id.toUpperCase(), `any ${id.toUpperCase()}`],
      [`https://oz.warp.dev/runs/${id}`, `run ${id}`],
      [`https://oz.warp.dev/runs/${id}/`, `run ${id}`],
      [`https://oz.warp.dev/runs/${id}?tab=artifacts#top`, `run ${id}`],
      [`https://app.warp.dev/conversation/${id}`, `conversation ${id}`],
      [`https://app.warp.dev/session/${id}?pwd=s3cret`, `session ${id}`],
      [`https://app.warp.dev/api/v1/agent/runs/${id}`, `run ${id}`],
      [`https://app.warp.dev/api/v1/agent/runs/${id}/conversation`, `run ${id}`],
      [`https://app.warp.dev/api/v1/agent/conversations/${id}`, `conversation ${id}`],
      [`https://app.warp.dev/api/v1/agent/sessions/${id}/redirect`, `session ${id}`],
      [`http://127.0.0.1:4700/session/${id}`, `session ${id}`],
      ['https://oz.warp.dev/runs/run-7', 'run run-7'],
    ] as const) {
      assert.equal(told(text), expected, text);
    }
  });

  it('takes what people paste around a link', () => {
    for (const text of [
      `  https://oz.warp.dev/runs/${id}\n`,
      `<https://oz.warp.dev/runs/${id}>`,
      `"https://oz.warp.dev/runs/${id}"`,
      `(https://oz.warp.dev/runs/${id}).`,
      `[the run](https://oz.warp.dev/runs/${id})`,
      `oz.warp.dev/runs/${id}`,
      `HTTPS://OZ.WARP.DEV/runs/${id}`,
      `https://oz.warp.dev:443/runs/${id}`,
      `http://oz.warp.dev:443/../runs/${id}`.replace('http:', 'https:'),
    ]) {
      assert.equal(told(text), `run ${id}`, text);
    }
    assert.equal(told(`\`${id}\``), `any ${id}`);
    assert.equal(told(`${id},`), `any ${id}`);
  });

  it('takes no link of another host, however much it looks like one', () => {
    for (const [text, host] of [
      [`https://evil.example/runs/${id}`, 'evil.example'],
      [`https://oz.warp.dev.evil.example/runs/${id}`, 'oz.warp.dev.evil.example'],
      [`https://evil.example/https://oz.warp.dev/runs/${id}`, 'evil.example'],
      [`https://oz.warp.dev@evil.example/runs/${id}`, 'evil.example'],
      [`https://evil.example\\@oz.warp.dev/runs/${id}`, 'evil.example'],
      [`https://oz.warp.dev:8443/runs/${id}`, 'oz.warp.dev:8443'],
      [`http://127.0.0.1/runs/${id}`, '127.0.0.1'],
      [`https://οz.warp.dev/runs/${id}`, 'xn--z-rmb.warp.dev'],
      [`https://me:secret@oz.warp.dev/runs/${id}`, 'oz.warp.dev'],
    ] as const) {
      assert.equal(told(text), `host ${host}`, text);
    }
  });

  it('says why other texts are nothing', () => {
    for (const [text, expected] of [
      ['', 'empty'],
      [' \n ', 'empty'],
      ['"" ', 'text'],
      ['fix the cart', 'text'],
      [id.slice(1), 'text'],
      [`${id} please`, 'text'],
      [id.replaceAll('-', ''), 'text'],
      [`command:x/runs/${id}`, 'text'],
      [`javascript:alert('${id}')`, 'text'],
      [`file:///runs/${id}`, 'text'],
      [`evil.example/runs/${id}`, 'text'],
      ['https://', 'text'],
      ['https://oz.warp.dev', 'page'],
      ['https://oz.warp.dev/runs', 'page'],
      ['https://oz.warp.dev/runs/', 'page'],
      ['https://oz.warp.dev/schedules/1', 'page'],
      ['https://oz.warp.dev/runs/a/b', 'page'],
      ['https://oz.warp.dev/runs/%E0%A4%A', 'page'],
      ['https://oz.warp.dev/runs/%20', 'page'],
      ['https://oz.warp.dev/runs/a%00b', 'page'],
      ['https://oz.warp.dev/runs/a%E2%80%AEb', 'page'],
      [`https://oz.warp.dev/runs/${'a'.repeat(201)}`, 'page'],
      [`https://oz.warp.dev/?next=/runs/${id}`, 'page'],
      [`https://oz.warp.dev/#/runs/${id}`, 'page'],
      [`https://oz.warp.dev/runs/${'a'.repeat(5000)}`, 'text'],
    ] as const) {
      assert.equal(told(text), expected, text);
    }
  });

  it('knows nobody while the addresses in the settings are no addresses', () => {
    assert.deepEqual(readLink(`https://oz.warp.dev/runs/${id}`, ['', 'nonsense', 'javascript:1']), {
      kind: 'none',
      why: 'host',
      host: 'oz.warp.dev',
    });
  });

  it('gives an id that a path can hold for whatever is typed, and at once', () => {
    const piece = fc.constantFrom(
      'https://',
      'oz.warp.dev',
      '/',
      'runs/',
      'session/',
      '..',
      '%2e',
      '%2F',
      '@',
      '(',
      '"',
      id,
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(fc.oneof(piece, fc.string({ maxLength: 4 }))).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const link = readLink(typed, own);
        if (link.kind !== 'none') {
          assert.match(link.id, /^[^\s\p{C}]{1,200}$/u);
          assert.ok(link.id !== '.' && link.id !== '..');
        }
      }),
    );
    assert.equal(told(`${'('.repeat(100_000)}x`), 'text');
  });
});

describe('runIdIn', () => {
  it('finds no id in other texts', () => {
    for (const text of [
      '',
      'fix the cart',
      id.slice(1),
      `${id} please`,
      'https://oz.warp.dev/schedules/1',
      `https://oz.warp.dev/session/${id}`,
      'https://oz.warp.dev/runs/',
      'https://oz.warp.dev/runs/a/b',
      'https://oz.warp.dev/runs/%E0%A4%A',
      `command:x/runs/${id}`,
      'https://',
    ]) {
      assert.equal(runIdIn(text), undefined, text);
    }
  });

  it('reads an id out of an address as it was before', () => {
    assert.equal(runIdIn('http://127.0.0.1:4700/runs/a%2Fb'), 'a/b');
    assert.equal(runIdIn(id.toUpperCase()), id.toUpperCase());
  });
});
