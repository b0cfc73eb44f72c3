import assert from 'node:assert/strict';
import fc from 'fast-check';
import { launchPreview } from '../../../src/model/launchPreview';
import { launchBody } from '../../../src/oz/launchBody';
import type { LaunchRequest } from '../../../src/oz/types';

const words = { secret: 'hidden', data: (bytes: number) => `${bytes} bytes` };
const values = fc.dictionary(fc.string(), fc.string());
const server = fc.record({ command: fc.string(), env: values, headers: values }, { requiredKeys: ['command'] });
const data = fc.uint8Array().map((bytes) => Buffer.from(bytes).toString('base64'));
const requests = fc.record(
  {
    prompt: fc.string({ unit: 'binary' }),
    title: fc.string(),
    team: fc.boolean(),
    config: fc.record(
      { name: fc.string(), mcp_servers: fc.dictionary(fc.string(), server), idle_timeout_minutes: fc.integer() },
      { requiredKeys: [] },
    ),
    attachments: fc.array(fc.record({ file_name: fc.string(), mime_type: fc.string(), data })),
  },
  { requiredKeys: ['prompt'] },
) as fc.Arbitrary<LaunchRequest>;

function putBack(json: string, hidden: ReturnType<typeof launchPreview>['hidden']): string {
  const whole = JSON.parse(json) as object;
  for (const { path, value } of hidden) {
    const [last = '', ...above] = path.toReversed();
    const holder = above
      .toReversed()
      .reduce((at, name) => Object.getOwnPropertyDescriptor(at, name)?.value as object, whole);
    Object.defineProperty(holder, last, { value });
  }
  return launchBody(whole);
}

describe('launchPreview', () => {
  it('is the body that is sent, byte for byte, once what it hides is put back', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const { json, hidden } = launchPreview(request, words);
        assert.equal(putBack(json, hidden), launchBody(request));
        assert.deepEqual(JSON.parse(launchBody(request)), JSON.parse(JSON.stringify(request)));
      }),
    );
  });

  it('hides the values that may be secret, and the bytes of files, saying how many', () => {
    const env = { TOKEN: 'canary' };
    const request: LaunchRequest = {
      prompt: 'Go',
      config: { mcp_servers: { a: { command: 'c', env }, b: { url: 'https://x.test', headers: env } } },
      attachments: ['', 'QQ==', 'QUI=', 'QUJD'].map((bytes) => ({ file_name: 'f', mime_type: 'm', data: bytes })),
    };
    const { json } = launchPreview(request, words);
    assert.ok(!json.includes('canary'));
    const shown = JSON.parse(json) as LaunchRequest;
    assert.deepEqual(
      shown.attachments?.map((one) => one.data),
      ['0 bytes', '1 bytes', '2 bytes', '3 bytes'],
    );
    assert.deepEqual(shown.config?.mcp_servers?.b?.headers, { TOKEN: 'hidden' });
  });
});
