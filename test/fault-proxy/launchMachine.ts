import { OzClock } from '../local-oz/clock';
import { Random } from '../local-oz/random';
import { type LocalOz, startLocalOz } from '../local-oz/server';
import type { LaunchRequest } from '../../src/oz/types';
import { FaultProxy } from './faultProxy';
import type { Flight } from './flight';
import type { HttpMessage } from './httpMessage';
import { IdleClock } from './idleClock';
import { LaunchWindow } from './launchWindow';
import { MachineFiles } from './machineFiles';

/** A machine whose windows reach a service of their own through a fault proxy. Nothing takes time, but all go by one clock. */
export class LaunchMachine {
  readonly #files: MachineFiles;
  readonly #claimed = new Set<string>();
  readonly #windows: LaunchWindow[] = [];
  #window: LaunchWindow | undefined;
  /** Runs of no click. */
  readonly #others = new Set<string>();

  private constructor(
    readonly clock: IdleClock,
    readonly oz: LocalOz,
    readonly proxy: FaultProxy,
    /** Milliseconds by which this machine's clock is ahead of the service's. */
    private readonly skew: number,
    random: Random,
  ) {
    this.#files = new MachineFiles(clock, random);
  }

  static async start(seed: number): Promise<LaunchMachine> {
    const random = Random.for(seed, 'machine');
    const clock = new IdleClock(Date.parse('2026-11-22T12:00:00Z'));
    const oz = await startLocalOz({ scenario: 'empty', clock: new OzClock(clock.now(), () => clock.now()) });
    // The runs stay as they are made: what they would do takes time of this machine.
    oz.state.capacity = 0;
    const proxy = await FaultProxy.start(Number(new URL(oz.webUrl).port), clock);
    return new LaunchMachine(clock, oz, proxy, random.pick([0, 0, 3_600_000, -3_600_000]), random);
  }

  /** The window that the person works in. */
  window(): LaunchWindow {
    this.#window ??= this.#open();
    return this.#window;
  }

  /** All windows are gone, and another one comes in their place. */
  reopen(): void {
    this.#windows.splice(0).forEach((window) => {
      window.launches.dispose();
      window.kill();
    });
    this.#window = undefined;
  }

  /** The windows go, and what they would find again. */
  forget(): void {
    this.reopen();
    this.#files.clear();
  }

  /** A second window beside that one. */
  openOther(): LaunchWindow {
    return this.#open();
  }

  /** A second window launches something of its own that meets no fault. */
  async launchElsewhere(request: LaunchRequest): Promise<void> {
    const { run } = await this.#open({ isSpared: true }).launches.launch(request);
    this.#others.add(run.run_id);
  }

  /** Somebody else launches the same, from another machine. */
  async launchByColleague(request: LaunchRequest): Promise<void> {
    const { oz, clock } = this;
    const { caller } = oz.state;
    const release = clock.hold();
    oz.state.caller = { type: 'user', uid: 'user-noor', display_name: 'Noor', teams: caller.teams };
    const body = JSON.stringify(request);
    const headers = { authorization: `Bearer ${oz.key}`, 'content-type': 'application/json' };
    const answer = await fetch(`${oz.baseUrl}/agent/runs`, { method: 'POST', headers, body });
    this.#others.add(((await answer.json()) as { run_id: string }).run_id);
    oz.state.caller = caller;
    release();
  }

  /** The runs that the service made for these requests. */
  runsOf(flights: readonly Flight[]): string[] {
    return flights
      .filter(({ method, isSpared }) => method === 'POST' && !isSpared)
      .flatMap(({ answers }) => answers.flatMap((answer) => (answer ? runIdIn(answer) : [])));
  }

  /** All clicks are over: throws when the service made a run that it told no request of. */
  assertRuns(): void {
    const told = this.runsOf(this.proxy.flights).length + this.#others.size;
    const posts = this.oz.log.filter(({ method, status }) => method === 'POST' && status === 200).length;
    if (this.oz.state.runs.size !== told || posts !== told) {
      throw new Error(`The service made ${this.oz.state.runs.size} runs in ${posts} answers; ${told} are known`);
    }
  }

  /** Lets time pass. */
  async pass(ms: number): Promise<void> {
    await new Promise<void>((resolve) => this.clock.after(ms, resolve));
  }

  /** Throws when a request or an answer broke the description of the service. */
  async close(): Promise<void> {
    this.reopen();
    await this.proxy.close();
    await this.oz.close();
    this.oz.assertNoViolations();
  }

  #open({ isSpared = false } = {}): LaunchWindow {
    const { proxy, clock, oz, skew } = this;
    const window = new LaunchWindow({
      fetch: isSpared ? proxy.sparedFetch : proxy.fetch,
      baseUrl: `${proxy.origin}/api/v1`,
      clock: { now: () => clock.now() + skew, after: (ms, callback) => clock.after(ms, callback) },
      key: oz.key,
      creator: oz.state.caller.uid ?? '',
      files: (gone) => this.#files.open(gone),
      claim: (name) => Promise.resolve(!this.#claimed.has(name) && this.#claimed.add(name).has(name)),
    });
    this.#windows.push(window);
    return window;
  }
}

function runIdIn({ head, body }: HttpMessage): string[] {
  return head.startsWith('HTTP/1.1 200') ? [(JSON.parse(body.toString()) as { run_id: string }).run_id] : [];
}
