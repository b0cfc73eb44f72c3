import assert from 'node:assert/strict';
import { newIdentity } from '../../../src/model/newIdentity';
import type { Clock } from '../../../src/oz/clock';
import { OzClient } from '../../../src/oz/ozClient';
import type { Fault } from '../../local-oz/faults';
import { noon } from '../fakeClock';
import { useLocalOz } from '../localOz/localOz';
import { json, kindFrom, networkError, problemFrom, scripted } from './testClient';

describe('identities over HTTP', () => {
  const local = useLocalOz();

  /** Pauses take no time, and deadlines never come. */
  let skipped = 0;
  const hasty: Clock = {
    now: () => noon + skipped,
    after: (ms, callback) => {
      const pass = (): void => {
        skipped += ms;
        callback();
      };
      const timer = ms <= 8000 ? setImmediate(pass) : undefined;
      return () => {
        clearImmediate(timer);
      };
    },
  };

  function client(): OzClient {
    const { baseUrl, key } = local();
    return new OzClient({
      baseUrl: () => baseUrl,
      key: () => Promise.resolve(key),
      fetch: (...call) => fetch(...call),
      clock: hasty,
    });
  }

  const names = (): string[] => [...local().state.identities.values()].map(({ name }) => name);
  const sent = (method: string): number => local().log.filter((one) => one.method === method).length;

  it('are made, renamed and deleted', async () => {
    const made = await client().createIdentity('Tester');
    assert.ok((await client().listIdentities()).some(({ uid, name }) => uid === made.uid && name === 'Tester'));
    assert.equal((await client().renameIdentity(made.uid, 'Reviewer')).name, 'Reviewer');
    await client().deleteIdentity(made.uid);
    assert.ok(!names().includes('Reviewer'));
    assert.equal(await kindFrom(client().deleteIdentity(made.uid)), 'notFound');
  });

  it('tell what stands in the way', async () => {
    assert.equal(await kindFrom(client().createIdentity('Release manager')), 'conflict');
    assert.equal(await kindFrom(client().renameIdentity('agent-oncall', 'Release manager')), 'conflict');
    assert.equal(await kindFrom(client().createIdentity(' ')), 'invalid');
    assert.equal(await kindFrom(client().deleteIdentity('agent-default')), 'invalid');
    local().state.identityLimit = 3;
    const beyond = await problemFrom(client().createIdentity('Tester'));
    assert.deepEqual([beyond.kind, beyond.facts.code], ['forbidden', 'feature_not_available']);
    local().state.caller = { type: 'service_account', uid: 'sa', teams: ['team-acme'] };
    const notAPerson = await problemFrom(client().listIdentities());
    assert.deepEqual([notAPerson.kind, notAPerson.facts.code], ['forbidden', 'not_authorized']);
  });

  const lostAnswers: Fault['fault'][] = ['commitThenDrop', 'truncate', 'malformedJson'];
  for (const fault of lostAnswers) {
    it(`are made once when the answer is lost by ${fault}, and found by their name`, async () => {
      local().faults.add({ fault, method: 'POST', path: '/agent/identities', count: 1 });
      const made = await newIdentity(client(), 'Tester', new AbortController().signal);
      assert.equal(made.name, 'Tester');
      assert.deepEqual([sent('POST'), names().filter((name) => name === 'Tester').length], [1, 1]);
    });
  }

  it('are not made again when nothing came of a lost launch of one', async () => {
    local().faults.add({ fault: 'reset', method: 'POST', path: '/agent/identities', count: 1 });
    assert.equal(await kindFrom(newIdentity(client(), 'Tester', new AbortController().signal)), 'outcomeUnknown');
    assert.deepEqual([sent('POST'), names().includes('Tester')], [1, false]);
  });
});

describe('identities', () => {
  it('are made once, renamed and deleted again after a lost answer', async () => {
    const lost = networkError('ECONNRESET');
    const make = scripted(lost);
    assert.equal(await make.clock.until(kindFrom(make.client.createIdentity('x'))), 'outcomeUnknown');
    assert.equal(make.sent.length, 1);
    const rename = scripted([lost, json({ uid: 'i', name: 'x' })]);
    assert.equal((await rename.clock.until(rename.client.renameIdentity('i', 'x'))).name, 'x');
    const remove = scripted([lost, new Response(null, { status: 204 })]);
    await remove.clock.until(remove.client.deleteIdentity('i'));
    assert.deepEqual([rename.sent.length, remove.sent.length], [2, 2]);
  });
});

describe('a launch with attachments', () => {
  it('has as long as a slow line takes for them', async () => {
    const attachments = (data: string) => [{ file_name: 'a', mime_type: 'text/plain', data }];
    const launchTime = async (data: string): Promise<number> => {
      const { client, clock } = scripted(() => new Promise<Response>(() => undefined));
      const start = clock.now();
      await clock.until(problemFrom(client.createRun({ prompt: 'x', attachments: attachments(data) })));
      return clock.now() - start;
    };
    const longer = (await launchTime('A'.repeat(3_000_000))) - (await launchTime(''));
    assert.equal(longer, 10_000);
  });
});
