import { OzClient } from '../../src/oz/ozClient';
import { noon } from '../unit/fakeClock';
import { run } from '../unit/model/fakeOz';
import { canaryKey, Machine } from '../unit/model/machine';
import { json, networkError } from '../unit/oz/testClient';
import { type Figure, figure } from './figure';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const active = run('active', noon, { state: 'INPROGRESS' });
const page = json({ runs: [active], page_info: { has_next_page: false } });

/** How often the service is asked, by a clock that does not take the time. */
export async function measureTraffic(): Promise<Figure[]> {
  const one = await requestsInAnHour(1);
  const six = await requestsInAnHour(6);
  return [
    figure('hidden.10hours', await whileHidden(), 'requests', 0),
    figure('outage.10minutes.one', await inAnOutage(1), 'requests', 20),
    figure('outage.10minutes.six', await inAnOutage(6), 'requests', 20),
    figure('retryAfter.early', await beforeRetryAfter(), 'requests', 0),
    figure('sixPollers.ratio', six / one, 'x', 1.1, one),
  ];
}

/** Six windows that had the list on the screen, and active runs in it that nobody waits for. */
async function whileHidden(): Promise<number> {
  const machine = new Machine(active);
  for (const { poller } of machine.openSeen(6)) {
    await machine.clock.advance(minute);
    poller.setFocused(false);
    poller.setVisible(false);
  }
  const before = machine.sent.length;
  await machine.clock.advance(10 * hour);
  return machine.sent.length - before;
}

/** The most that a kind of outage costs. */
async function inAnOutage(windows: number): Promise<number> {
  const failures = [networkError('ENOTFOUND'), json({}, 503), json({}, 503, { 'retry-after': '0' }), json({}, 429)];
  const asked = failures.map(async (failure) => {
    let isDown = false;
    const { machine, sent } = seenWindows(windows, () => (isDown ? failure : page));
    await machine.clock.advance(minute);
    isDown = true;
    const before = sent.length;
    await machine.clock.advance(10 * minute);
    return sent.length - before;
  });
  return Math.max(...(await Promise.all(asked)));
}

/** A `Retry-After` and how long it asks to wait. The service's clock is an hour ahead. */
function waits(): [header: string, ms: number][] {
  const serverNoon = noon + hour;
  return [
    ['90', 90 * second],
    ['0090', 90 * second],
    // More than 2 ** 31 milliseconds.
    ['2600000', 2_600_000 * second],
    ['99999999999999999999', 60 * day],
    [new Date(serverNoon + 10 * minute).toUTCString(), 10 * minute],
    [new Date(serverNoon + 2 * day).toUTCString(), 2 * day],
  ];
}

/** How many requests are sent too early, over all forms and lengths, though people look again and again. */
async function beforeRetryAfter(): Promise<number> {
  let early = 0;
  for (const [retryAfter, wait] of waits()) {
    let answer = json({}, 429, { 'retry-after': retryAfter, date: new Date(noon + hour).toUTCString() });
    const { machine, pollers, sent } = seenWindows(6, () => answer);
    await machine.clock.advance(0);
    if (sent.length !== 1) {
      throw new Error(`${sent.length} requests before the first answer`);
    }
    answer = page;
    for (let look = 1; look < 12; look += 1) {
      await machine.clock.advance(noon + (look / 12) * wait - machine.clock.now());
      const poller = pollers[look % pollers.length];
      poller?.setVisible(false);
      poller?.setVisible(true);
    }
    await machine.clock.advance(noon + wait - second - machine.clock.now());
    early += sent.length - 1;
  }
  return early;
}

async function requestsInAnHour(windows: number): Promise<number> {
  const machine = new Machine(active, run('ended', noon - minute));
  machine.openSeen(windows);
  for (let changes = 0; changes < 120; changes += 1) {
    await machine.clock.advance(30 * second);
    const updated_at = new Date(machine.clock.now()).toISOString();
    machine.oz.set({ ...active, updated_at, title: `changed ${changes} times` });
  }
  return machine.sent.length;
}

/** Windows with the list on the screen and a client each, and a service that answers as is said. */
function seenWindows(
  count: number,
  answer: () => Response | Error,
): Pick<Machine, 'sent'> & { machine: Machine; pollers: Machine['windows'][number]['poller'][] } {
  const machine = new Machine();
  const sent: number[] = [];
  const { clock } = machine;
  const fetch = (): Promise<Response> => {
    sent.push(clock.now());
    const given = answer();
    return given instanceof Error ? Promise.reject(given) : Promise.resolve(given.clone());
  };
  const pollers = Array.from({ length: count }, () => {
    const key = (): Promise<string> => Promise.resolve(canaryKey);
    const client = new OzClient({ baseUrl: () => 'https://oz.test/api/v1', key, fetch, clock, random: () => 0.5 });
    const { poller } = machine.open({ client });
    poller.setVisible(true);
    return poller;
  });
  return { machine, pollers, sent };
}
