import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { call } from './call';
import { useLocalOz } from './localOz';

describe('local Oz: control', () => {
  const local = useLocalOz();

  async function control(what: string, body?: unknown): Promise<[status: number, answer: unknown]> {
    const [method, where = ''] = what.split(' ');
    const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) };
    const response = await fetch(`${local().webUrl}/control${where}`, init);
    return [response.status, await response.json()];
  }

  it('lets time pass', async () => {
    const before = local().clock.now();
    assert.deepEqual(await control('POST /advance', { ms: 5000 }), [200, { now: before + 5000 }]);
  });

  it('switches faults on and off', async () => {
    await control('POST /fault', { fault: 'status', status: 503 });
    assert.equal((await call(local(), 'GET /agent/runs')).status, 503);
    await control('DELETE /fault');
    assert.equal((await call(local(), 'GET /agent/runs')).status, 200);
    assert.equal((await control('POST /fault', { fault: 'earthquake' }))[0], 400);
  });

  it('puts a run into a state', async () => {
    const [id = ''] = local().state.runs.keys();
    const [, run] = await control(`POST /runs/${id}`, { state: 'BLOCKED', status_message: { message: 'Which one?' } });
    assert.equal((run as { state: string }).state, 'BLOCKED');
    assert.equal(local().run(id).status_message?.message, 'Which one?');
  });

  it('changes who the key belongs to', async () => {
    await control('POST /caller', { type: 'service_account' });
    assert.equal((await call(local(), 'GET /agent/identities')).status, 403);
    await control('POST /caller', { type: 'user' });
    assert.equal((await call(local(), 'GET /agent/identities')).status, 200);
  });

  it('tells what was asked and what was broken', async () => {
    await call(local(), 'GET /agent/runs?page=2');
    const [, log] = await control('GET /log');
    assert.equal((log as unknown[]).length, 1);
    const [, violations] = await control('GET /violations');
    assert.equal((violations as unknown[]).length, 1);
    await control('DELETE /violations');
    assert.deepEqual(await control('GET /violations'), [200, []]);
  });

  it('refuses what it does not know', async () => {
    assert.equal((await control('POST /advance', { ms: 'soon' }))[0], 400);
    assert.equal((await control('POST /nothing', {}))[0], 400);
    assert.equal((await control('POST /runs/nobody', { state: 'BLOCKED' }))[0], 400);
  });

  it('has a page for a run that runs nothing of what it shows', async () => {
    const run = [...local().state.runs.values()].find(({ item }) => item.prompt.includes('<img'));
    const page = await (await fetch(`${local().webUrl}/runs/${run?.item.run_id ?? ''}`)).text();
    assert.ok(page.includes('&lt;img'));
    assert.ok(!page.includes('<img'));
    assert.equal((await fetch(`${local().webUrl}/runs/nobody`)).status, 404);
  });
});

describe('local Oz: command line', () => {
  const main = path.join(__dirname, '../../local-oz/main.ts');
  const start = (...args: string[]): ReturnType<typeof spawn> =>
    spawn(process.execPath, ['--import', 'tsx', main, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    it(`says where it listens, answers there, and stops at ${signal}`, async () => {
      const child = start('--port', '0', '--scenario', 'empty', '--key', 'wk-test');
      assert.ok(child.stdout);
      const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
      const url = /^Local Oz listening on (http:\/\/127\.0\.0\.1:\d+\/api\/v1)$/.exec(line)?.[1] ?? '';
      const response = await fetch(`${url}/agent/runs`, { headers: { authorization: 'Bearer wk-test' } });
      assert.equal(response.status, 200);
      child.kill(signal);
      assert.deepEqual(await once(child, 'exit'), [0, null]);
    }).timeout(30_000);
  }

  it('refuses a scenario that it does not have', async () => {
    const child = start('--scenario', 'nonsense');
    assert.deepEqual(await once(child, 'exit'), [1, null]);
  }).timeout(30_000);
});
