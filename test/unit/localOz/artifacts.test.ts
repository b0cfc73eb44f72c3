import assert from 'node:assert/strict';
import type { components } from '../../../src/oz/openapi';
import { LIFETIME } from '../../local-oz/signedUrls';
import type { Run } from '../../local-oz/state';
import { call, get } from './call';
import { useLocalOz } from './localOz';

type Artifact = components['schemas']['ArtifactResponse'];

describe('local Oz: artifacts and transcripts', () => {
  const local = useLocalOz();

  const uidOf = (kind: string): string => {
    const found = [...local().state.artifacts.values()].find((one) => one.kind === kind);
    return found?.uid ?? '';
  };

  const signed = async (kind: string): Promise<string> => {
    const artifact = await get<Artifact>(local(), `/agent/artifacts/${uidOf(kind)}`);
    return 'download_url' in artifact.data ? artifact.data.download_url : '';
  };

  it('give a plan as it is', async () => {
    const { data } = await get<Artifact>(local(), `/agent/artifacts/${uidOf('PLAN')}`);
    assert.ok('content' in data && data.content.startsWith('#'));
  });

  it('give a signed address in another origin that needs no key', async () => {
    const url = await signed('SCREENSHOT');
    assert.notEqual(new URL(url).origin, new URL(local().baseUrl).origin);
    const response = await fetch(url);
    assert.equal(response.headers.get('content-type'), 'image/png');
    assert.equal(
      Buffer.from(await response.arrayBuffer())
        .subarray(1, 4)
        .toString(),
      'PNG',
    );
  });

  it('tell the true size of a file', async () => {
    for (const { kind, uid } of local().state.artifacts.values()) {
      if (kind !== 'FILE') continue;
      const { data } = await get<Artifact>(local(), `/agent/artifacts/${uid}`);
      assert.ok('size_bytes' in data);
      const bytes = await (await fetch(data.download_url)).arrayBuffer();
      assert.equal(bytes.byteLength, data.size_bytes);
    }
  });

  it('expire by the clock', async () => {
    const url = await signed('FILE');
    local().clock.advance(LIFETIME);
    assert.equal((await fetch(url)).status, 200);
    local().clock.advance(1);
    assert.equal((await fetch(url)).status, 403);
    assert.equal((await fetch(await signed('FILE'))).status, 200);
  });

  it('are not given for an address that was changed', async () => {
    const url = new URL(await signed('FILE'));
    url.searchParams.set('expires', String(local().clock.now() + 10 * LIFETIME));
    assert.equal((await fetch(url)).status, 403);
  });

  it('refuse a request that carries the key, and hold it against the test', async () => {
    const response = await fetch(await signed('FILE'), { headers: { authorization: `Bearer ${local().key}` } });
    assert.equal(response.status, 400);
    assert.deepEqual(
      local()
        .takeViolations()
        .map(({ kind }) => kind),
      ['storage'],
    );
  });

  it('are not found without a uid of theirs', async () => {
    assert.equal((await call(local(), 'GET /agent/artifacts/nobody')).status, 404);
  });

  it('have a transcript behind a redirect to that origin', async () => {
    const run = [...local().state.runs.values()].find(({ item }) => item.agent_config?.harness?.type === 'claude');
    const { status, headers } = await call(local(), `GET /agent/runs/${run?.item.run_id ?? ''}/transcript`);
    assert.equal(status, 302);
    const location = headers.get('location') ?? '';
    assert.ok(location.startsWith(local().storageUrl));
    const answer = await fetch(location);
    assert.equal(answer.headers.get('content-type'), 'application/x-ndjson');
    const lines = (await answer.text()).trim().split('\n');
    const messages = lines.map((line) => JSON.parse(line) as { type: string; format: string });
    assert.deepEqual([messages[0]?.type, messages[0]?.format], ['user', 'claude']);
    assert.ok(messages.length > 1);
  });

  it('have no transcript where nothing was said', async () => {
    const { runs } = await get<{ runs: Run[] }>(local(), '/agent/runs?state=QUEUED');
    assert.equal((await call(local(), `GET /agent/runs/${runs[0]?.run_id ?? ''}/transcript`)).status, 404);
  });
});
