import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { artifactFile, artifactUrl } from '../../../src/model/artifactFile';
import type { Artifact } from '../../../src/oz/types';

const of = (artifact_type: unknown, data: unknown): Artifact => ({ artifact_type, data }) as unknown as Artifact;
const file = (filename: string, mime_type = '', more: object = {}) =>
  artifactFile(of('FILE', { artifact_uid: 'u', filename, filepath: `/x/${filename}`, mime_type, ...more }));

describe('the file behind an artifact', () => {
  it('of a plan is Markdown called like it, of a picture one of its kind', () => {
    const plan = artifactFile(of('PLAN', { artifact_uid: 'u', title: 'Retries v1.2 / part "two"' }));
    assert.deepEqual(plan, {
      uid: 'u',
      name: 'Retries v1.2 _ part _two_.md',
      kind: 'markdown',
      mimeType: 'text/markdown',
    });
    const shot = (mime_type: string, description?: string) =>
      artifactFile(of('SCREENSHOT', { artifact_uid: 'u', mime_type, description }))?.name;
    assert.equal(shot('image/png', '../../cart: total / sum'), 'cart_ total _ sum.png');
    assert.equal(shot('image/jpeg'), 'screenshot.jpg');
    assert.equal(shot('image/x-unheard-of'), 'screenshot.unheard');
    assert.equal(shot(''), 'screenshot.png');
  });

  it('is what the service says, or what its name says where the service says nothing', () => {
    const kinds: [string, string, string][] = [
      ['a.bin', 'image/png', 'picture'],
      ['a.png', 'application/octet-stream', 'picture'],
      ['a.svg', 'image/svg+xml', 'code'],
      ['a.mp4', 'video/mp4', 'film'],
      ['a', 'audio/mpeg', 'sound'],
      ['a.md', 'text/plain', 'markdown'],
      ['a.csv', 'text/csv; charset=utf-8', 'table'],
      ['a.ts', '', 'code'],
      ['a.ts', 'TEXT/X-TypeScript', 'code'],
      ['a', 'application/ld+json', 'code'],
      ['a.log', 'text/plain', 'text'],
      ['a.pdf', 'application/pdf', 'pdf'],
      ['a.tgz', 'application/gzip', 'archive'],
      ['a.zip', '', 'archive'],
      ['a.wat', 'application/vnd.acme', 'other'],
      ['a.png', 'application/vnd.acme', 'other'],
    ];
    for (const [name, mime, kind] of kinds) {
      assert.equal(file(name, mime)?.kind, kind, `${name} ${mime}`);
    }
  });

  it('gets an ending that VS Code knows it by where it has none', () => {
    assert.equal(file('report', 'text/csv')?.name, 'report.csv');
    assert.equal(file('walkthrough', 'video/mp4')?.name, 'walkthrough.mp4');
    assert.equal(file('Makefile', 'text/plain')?.name, 'Makefile');
    assert.equal(file('empty', 'application/octet-stream')?.name, 'empty');
    assert.equal(file('notes.txt', 'text/markdown')?.name, 'notes.txt');
  });

  it('has a size where the service gives one that makes sense', () => {
    assert.equal(file('a', '', { size_bytes: 12 })?.size, 12);
    for (const size_bytes of [-1, NaN, '12', null]) {
      assert.equal(file('a', '', { size_bytes })?.size, undefined);
    }
  });

  it('is none where there is only an address', () => {
    assert.equal(artifactFile(of('PULL_REQUEST', { artifact_uid: 'u', url: 'https://x.example' })), undefined);
    assert.equal(artifactFile(of('PLAN', { url: 'https://x.example' })), undefined);
    assert.equal(artifactFile(of('HOLOGRAM', { artifact_uid: 'u' })), undefined);
  });

  it('is found, or not, whatever the service sends, and its name stays in its folder', () => {
    const type = fc.oneof(fc.constantFrom('PLAN', 'SCREENSHOT', 'FILE', 'file'), fc.anything());
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('..', '/', 'CON', '\\\\a\\b'));
    const data = fc.oneof(
      fc.anything(),
      fc.record({
        artifact_uid: text,
        filename: text,
        filepath: text,
        title: text,
        description: text,
        mime_type: text,
      }),
    );
    fc.assert(
      fc.property(type, data, (artifact_type, members) => {
        const name = artifactFile(of(artifact_type, members))?.name ?? 'none';
        assert.doesNotMatch(name, /^[. ]|[. ]$|[<>:"/\\|?*\p{Cc}\p{Cf}]|^$/u);
        assert.ok(Buffer.byteLength(name) <= 255);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the address of an artifact', () => {
  it('is one of the web, or none', () => {
    assert.equal(artifactUrl(of('X', { url: 'https://x.example/a' })), 'https://x.example/a');
    for (const url of [
      'command:x',
      'mailto:a@b.example',
      'file:///etc/passwd',
      'javascript:1',
      'https://bank.example@x.example',
      '/a',
      '',
      7,
    ]) {
      assert.equal(artifactUrl(of('X', { url })), undefined);
    }
    assert.equal(artifactUrl(undefined), undefined);
  });
});
