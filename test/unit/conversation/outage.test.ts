import assert from 'node:assert/strict';
import { LiveConversation } from '../../../src/conversation/liveConversation';
import { Poller } from '../../../src/model/poller';
import { RunStore } from '../../../src/model/runStore';
import { json, networkError, noRuns, scripted } from '../oz/testClient';
import { makeRun, runId, talk } from './samples';

const minute = 60_000;

/** A window with the list and one conversation on the screen. */
async function openWindow() {
  const down = new Set<'list' | 'conversation'>();
  const oz = scripted(({ url }) => {
    const what = url.includes('/conversation') ? 'conversation' : 'list';
    if (down.has(what)) {
      throw networkError('ECONNREFUSED');
    }
    return json(what === 'list' ? noRuns : talk(3));
  });
  const { client, clock, sent } = oz;
  const runs = new RunStore(client, clock);
  runs.put(makeRun({ state: 'INPROGRESS' }));
  const poller = new Poller(runs, clock, { random: () => 0.5 });
  poller.setVisible(true);
  const live = new LiveConversation({ runId }, { client, clock, runs, log: { error: () => undefined } });
  live.setVisible(true);
  void live.read();
  await clock.advance(minute);
  assert.deepEqual([live.reading, live.problem, runs.status.kind], ['good', undefined, 'ready']);
  const conversationReads = (): number => sent.filter(({ url }) => url.includes('/conversation')).length;
  return { down, clock, sent, live, runs, client, conversationReads };
}

describe('an outage with a conversation on the screen', () => {
  it('of ten minutes costs few requests, and ends by itself', async () => {
    const { down, clock, sent, live, runs } = await openWindow();
    down.add('list').add('conversation');
    const before = sent.length;
    await clock.advance(10 * minute);
    assert.equal(live.problem?.kind, 'unreachable');
    const requests = sent.length - before;
    assert.ok(requests >= 10 && requests <= 20, `${requests} requests`);
    down.clear();
    await clock.advance(minute);
    assert.equal(live.problem, undefined);
    await clock.advance(minute);
    assert.equal(runs.status.kind, 'ready');
  });

  it('ends for the conversation as soon as the list is read', async () => {
    const { down, clock, live, runs, client } = await openWindow();
    down.add('list').add('conversation');
    await clock.advance(3 * minute);
    assert.equal(live.problem?.kind, 'unreachable');
    down.clear();
    const before = clock.now();
    // A person's own request goes out while nothing else does, and tells that the service is there.
    await clock.until(client.followUp(runId, 'Go on').catch(() => undefined));
    await clock.until(runs.refresh());
    await clock.advance(0);
    assert.deepEqual([live.problem, clock.now() - before], [undefined, 0]);
  });

  it('of a few seconds ends within a few seconds', async () => {
    const { down, clock, live } = await openWindow();
    down.add('list').add('conversation');
    await clock.advance(4000);
    assert.equal(live.problem, undefined, 'nobody has noticed yet');
    await clock.advance(4000);
    down.clear();
    await clock.advance(15_000);
    assert.equal(live.problem, undefined);
  });

  it('of the conversations alone costs few requests too', async () => {
    const { down, clock, live, conversationReads } = await openWindow();
    down.add('conversation');
    const before = conversationReads();
    await clock.advance(10 * minute);
    assert.equal(live.problem?.kind, 'unreachable');
    const requests = conversationReads() - before;
    assert.ok(requests > 10 && requests <= 60, `${requests} requests`);
  });
});
