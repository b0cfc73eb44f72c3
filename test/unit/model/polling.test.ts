import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { OzClient } from '../../../src/oz/ozClient';
import { noon } from '../fakeClock';
import { json, networkError } from '../oz/testClient';
import { run } from './fakeOz';
import { canaryKey, Machine, type Window } from './machine';

const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;

const active = run('active', noon, { state: 'INPROGRESS' });

/** Six windows, each with a client of its own, and a service that answers as is said. */
function sixWindows(answer: () => Response | Error): { machine: Machine; windows: Window[]; sent: number[] } {
  const machine = new Machine();
  const sent: number[] = [];
  const fetch = (): Promise<Response> => {
    sent.push(machine.clock.now());
    const given = answer();
    return given instanceof Error ? Promise.reject(given) : Promise.resolve(given.clone());
  };
  const windows = Array.from({ length: 6 }, () => {
    const key = (): Promise<string> => Promise.resolve(canaryKey);
    const { clock } = machine;
    const client = new OzClient({ baseUrl: () => 'https://oz.test/api/v1', key, fetch, clock, random: () => 0.5 });
    const window = machine.open({ client });
    window.poller.setVisible(true);
    return window;
  });
  return { machine, windows, sent };
}

const page = json({ runs: [active], page_info: { has_next_page: false } });

describe('polling through the client', function () {
  this.timeout(60_000);

  it('costs at most 20 requests in ten minutes of outage, six windows together', async () => {
    for (const failure of [networkError('ENOTFOUND'), json({}, 503), json({}, 503, { 'retry-after': '0' })]) {
      let isDown = false;
      const { machine, windows, sent } = sixWindows(() => (isDown ? failure : page));
      await machine.clock.advance(minute);
      assert.ok(windows.every(({ store }) => store.size === 1));
      isDown = true;
      const before = sent.length;
      await machine.clock.advance(10 * minute);
      assert.ok(sent.length - before >= 5 && sent.length - before <= 20, String(sent.length - before));
      assert.ok(windows.every(({ store }) => store.size === 1 && store.status.kind === 'failed'));
      isDown = false;
      await machine.clock.advance(3 * minute);
      assert.ok(windows.every(({ store }) => store.status.kind === 'ready'));
    }
  });

  it('sends nothing before a Retry-After of any length and form ends', async () => {
    const inTwoDays = new Date(noon + 2 * day).toUTCString();
    for (const [retryAfter, wait] of [
      ['90', 90 * second],
      ['2600000', 2_600_000 * second], // more than 2 ** 31 milliseconds
      [inTwoDays, 2 * day],
      ['99999999999999999999', 60 * day],
    ] as const) {
      let answer = json({}, 429, { 'retry-after': retryAfter, date: new Date(noon).toUTCString() });
      const { machine, windows, sent } = sixWindows(() => answer);
      await machine.clock.advance(0);
      assert.deepEqual(sent, [noon]);
      answer = page;
      for (let passed = second; passed < wait; passed += wait / 8) {
        await machine.clock.advance(noon + passed - machine.clock.now());
        const { poller } = windows[sent.length % 6] ?? {};
        poller?.setVisible(false);
        poller?.setVisible(true);
      }
      await machine.clock.advance(noon + wait - second - machine.clock.now());
      assert.deepEqual(sent, [noon], retryAfter);
      if (!retryAfter.startsWith('999')) {
        await machine.clock.advance(minute);
        assert.ok(sent.length > 1, retryAfter);
        assert.ok(windows.every(({ store }) => store.status.kind === 'ready'));
      }
    }
  });

  it('leaves the heap as it was after 10,000 polls', async () => {
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    const machine = new Machine(...Array.from({ length: 120 }, (_, index) => run(`r${index}`, noon - index * minute)));
    machine.latency = () => 0;
    const [window] = machine.openSeen(1);
    const poll = async (times: number): Promise<number> => {
      for (let round = 0; round < times; round += 1) {
        machine.oz.set(run('active', machine.clock.now(), { state: 'INPROGRESS', title: `round ${round % 3}` }));
        await machine.clock.advance(5 * second);
        machine.oz.calls.length = 0;
        machine.sent.length = 0;
        machine.memory.written.length = 0;
      }
      gc();
      return process.memoryUsage().heapUsed;
    };
    const before = await poll(1000);
    const asked = window?.requests ?? 0;
    const after = await poll(10_000);
    assert.ok((window?.requests ?? 0) - asked >= 9990, String((window?.requests ?? 0) - asked));
    assert.ok(after - before < 1_000_000, `${after - before} bytes more`);
  });
});
