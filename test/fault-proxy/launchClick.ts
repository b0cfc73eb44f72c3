import type { LaunchRequest } from '../../src/oz/types';
import { Random } from '../local-oz/random';
import { nextTurn } from './exchange';
import { type FaultPoint, faultPoints, staleList } from './faultPoints';
import type { LaunchMachine } from './launchMachine';
import { LaunchScreen } from './launchScreen';

/** What happens besides the fault. */
const mishaps = [
  'none',
  'none',
  'none',
  'doubleClick',
  'doubleKey',
  'crash',
  'reload',
  'cancel',
  'retriedInTwoWindows',
  'otherWindowLaunches',
] as const;

/** What became of one click, or of one click that came twice. */
export interface ClickResult {
  /** Tells the click from all others, and how to have it again. */
  name: string;
  /** Runs that the service made each time that a person said to send it. */
  runs: number[];
  /** It was said neither to be launched nor not to be, and no row asks; or more than one of these. */
  isUnknown: boolean;
  /** It was not launched, and what was typed is not there any more. */
  isLost: boolean;
  /** It was said that nothing was launched although something was, and could be read. */
  isDenied: boolean;
  /** Runs that were told to be this click's and are another's. */
  wrong: number;
  /** Runs of this click that nothing told of, even after the list was read. */
  unaccounted: number;
  /** The row was not there in the turn of the click, or something was asked before. */
  isRowLate: boolean;
}

const prompts = ['Fix the tests', 'Fix the tests please', 'Grüße 🚀\r\n“quoted”', 'x'.repeat(3000)] as const;
const skill = 'acme/storefront:.agents/skills/write-tests/SKILL.md';
const runsPath = /\/agent\/runs$/;
const runPath = /\/agent\/runs\/[^/]+$/;
/** Milliseconds until an outage and a pause that was asked for are over, and the claim of a window that is gone. */
const longEnough = 100_000;

/** Clicks are often alike: the run of one must not be taken for that of another. */
function requestOf(random: Random): LaunchRequest {
  return {
    prompt: random.pick(prompts),
    ...(random.next() < 0.2 && { title: 'Tests' }),
    ...(random.next() < 0.2 && { skill }),
    ...(random.next() < 0.2 && { config: { model_id: 'auto' } }),
  };
}

/** One click on a machine whose windows may have clicked before, and everything that follows. */
export class LaunchClick {
  readonly #machine: LaunchMachine;
  readonly #screen: LaunchScreen;
  readonly #random: Random;
  readonly #mishap: (typeof mishaps)[number];
  readonly #request: LaunchRequest;
  /** The service makes the run, and lists it only later. */
  #isListLate = false;

  constructor(
    machine: LaunchMachine,
    private readonly point: FaultPoint,
    private readonly seed: number,
  ) {
    this.#machine = machine;
    this.#screen = new LaunchScreen(machine);
    this.#random = Random.for(seed, point.name);
    this.#mishap = this.#random.pick(mishaps);
    this.#request = requestOf(this.#random);
  }

  async run(): Promise<ClickResult> {
    const { proxy } = this.#machine;
    const screen = this.#screen;
    await this.#prepare();
    const begun = proxy.flights.length;
    await this.#click();
    await this.#end();
    const made = this.#machine.runsOf(proxy.flights.slice(begun));
    const wasSent = proxy.flights.slice(begun).some(({ method }) => method === 'POST');
    const said = {
      isUnknown: screen.isUnknown,
      isLost: screen.isLost(this.#request.prompt, wasSent),
      isDenied: screen.isDenied && made.length > 0 && !this.#isListLate,
    };
    const again = proxy.flights.length;
    const isRetried = this.#mishap === 'retriedInTwoWindows' && (await this.#retry());
    const madeAgain = this.#machine.runsOf(proxy.flights.slice(again));
    await this.#machine.pass(longEnough);
    await screen.lookAgain();
    await proxy.settled();
    said.isUnknown ||= screen.clear();
    await this.#machine.pass(this.#random.between(0, 20_000));
    const all = [...made, ...madeAgain];
    return {
      name: `${this.point.name} ${this.seed} ${this.#mishap}`,
      runs: [made.length, madeAgain.length],
      ...said,
      wrong: [...screen.told].filter((id) => !all.includes(id)).length,
      // Who sends again what may have been launched gives its row up.
      unaccounted: isRetried ? 0 : all.filter((id) => !screen.told.has(id)).length,
      isRowLate: screen.isRowLate,
    };
  }

  async #prepare(): Promise<void> {
    const { proxy } = this.#machine;
    const random = this.#random;
    proxy.clear();
    proxy.random = Random.for(this.seed, `proxy ${this.point.name}`);
    if (random.next() < 0.4) {
      this.#machine.reopen();
    }
    if (random.next() < 0.5) {
      await this.#machine.window().refresh();
    }
    if (random.next() < 0.1) {
      await this.#machine.launchByColleague(this.#request);
    }
    proxy.meet('POST', runsPath, this.point);
    if (random.next() < 0.3) {
      this.#isListLate = random.next() < 0.3;
      const point = this.#isListLate ? staleList : random.pick(faultPoints as [FaultPoint, ...FaultPoint[]]);
      proxy.meet('GET', random.pick([runsPath, runPath]), point, random.between(1, 8));
    }
  }

  async #click(): Promise<void> {
    const screen = this.#screen;
    const window = this.#machine.window();
    switch (this.#mishap) {
      case 'none':
      case 'retriedInTwoWindows':
        void screen.send(window, this.#request);
        return;
      case 'doubleClick':
        void screen.send(window, this.#request);
        void screen.send(window, this.#request);
        return;
      case 'doubleKey': {
        const click = (): boolean =>
          window.launches.once('again', () => screen.send(window, { ...this.#request })).isFirst;
        if (!click() || click()) {
          throw new Error('The second click of a double click is not known as one');
        }
        return;
      }
      case 'crash':
      case 'reload':
        void screen.send(window, this.#request);
        await this.#turns();
        screen.isGone = true;
        if (this.#mishap === 'reload') {
          window.launches.dispose();
        }
        window.kill();
        await this.#turns();
        this.#machine.reopen();
        screen.watch(this.#machine.window());
        this.#machine.window().launches.recheck();
        return;
      case 'cancel': {
        const aborter = new AbortController();
        void screen.send(window, this.#request, { signal: aborter.signal });
        await this.#turns();
        aborter.abort();
        return;
      }
      case 'otherWindowLaunches':
        void screen.send(window, this.#request);
        await this.#turns();
        await this.#machine.launchElsewhere({ prompt: 'Something else' });
    }
  }

  async #turns(): Promise<void> {
    const most = this.#random.pick([5, 60, 400]);
    for (let turns = this.#random.between(0, most); turns > 0; turns -= 1) {
      await nextTurn();
    }
  }

  /** What comes later meets no fault any more. */
  async #end(): Promise<void> {
    await this.#screen.end();
    this.#machine.proxy.clear();
    await this.#machine.proxy.settled();
  }

  /** Two windows send again what failed, as near to each other as can be; false when there is nothing to send. */
  async #retry(): Promise<boolean> {
    const [launch] = this.#screen.pending();
    if (!launch) {
      return false;
    }
    const windows = [this.#machine.window(), this.#machine.openOther()];
    windows.forEach(({ launches }) => {
      launches.recheck();
    });
    await this.#machine.pass(100);
    for (const window of windows) {
      const request = window.launches.requestOf(launch.id)?.request;
      if (request) {
        void this.#screen.send(window, request, { replaces: launch.id });
      }
    }
    await this.#end();
    return true;
  }
}
