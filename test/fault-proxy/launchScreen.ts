import { isUnderWay, type PendingLaunch } from '../../src/model/pendingLaunch';
import { ApiProblem } from '../../src/oz/problems';
import type { LaunchRequest } from '../../src/oz/types';
import type { LaunchMachine } from './launchMachine';
import type { LaunchWindow } from './launchWindow';

interface SendOptions {
  signal?: AbortSignal;
  /** The id of the launch that is sent again. */
  replaces?: string;
}

/** What the screen says of one click, in whichever windows. */
export class LaunchScreen {
  /** The run ids that were named as the click's. */
  readonly told = new Set<string>();
  /** The row was not there in the turn of the click, or something was asked before. */
  isRowLate = false;
  /** The window of the click is gone. */
  isGone = false;
  /** The ids of the rows that the click made. */
  readonly #rows = new Set<string>();
  readonly #waiting: Promise<void>[] = [];
  #saysNothingSent = false;

  constructor(private readonly machine: LaunchMachine) {}

  /** A click on a button that launches; resolves when the window has said what became of it. */
  send(window: LaunchWindow, request: LaunchRequest, { signal, replaces }: SendOptions = {}): Promise<void> {
    const before = new Set(window.launches.all().map(({ id }) => id));
    const asked = this.machine.proxy.flights.length;
    this.watch(window);
    const launched = window.launches.launch(request, signal, { replaces });
    const rows = window.launches.all().filter(({ id }) => !before.has(id));
    rows.forEach(({ id }) => this.#rows.add(id));
    const isSecond = this.#waiting.length > 0;
    const hasRow = rows.length === 1 || (rows.length === 0 && (isSecond || replaces !== undefined));
    this.isRowLate ||= !hasRow || this.machine.proxy.flights.length > asked;
    const said = launched.then(
      ({ run }) => {
        this.told.add(run.run_id);
      },
      (error: unknown) => {
        if (!ApiProblem.is(error)) {
          throw error;
        }
        this.#saysNothingSent ||= error.kind === 'aborted' && !this.isGone;
      },
    );
    this.#waiting.push(said);
    return said;
  }

  /** Hears what becomes of the click's rows later. */
  watch(window: LaunchWindow): void {
    window.launches.onDidSettle(({ launch, run }) => {
      if (run && this.#rows.has(launch.id)) {
        this.told.add(run.run_id);
      }
    });
  }

  /** Until nothing of it is under way any more, for two minutes at the most. */
  async end(): Promise<void> {
    if (!this.isGone) {
      await Promise.all(this.#waiting);
    }
    // A window that was opened a moment ago reads what is there first.
    await this.machine.pass(100);
    for (let seconds = 0; seconds < 120 && this.pending().some(isUnderWay); seconds += 1) {
      await this.machine.pass(1000);
    }
  }

  /** Reads the list, and looks for what is still not known. */
  async lookAgain(): Promise<void> {
    const window = this.machine.window();
    await window.refresh();
    for (const { id, state } of this.pending()) {
      const run = state === 'unsure' ? await window.launches.lookFor(id) : undefined;
      if (run) {
        this.told.add(run.run_id);
      }
    }
    window.launches.recheck();
    await this.machine.pass(100);
  }

  /** A person has read the rows, and gives them up; true when there was one that no click made. */
  clear(): boolean {
    const { launches } = this.machine.window();
    const ids = launches.all().map(({ id }) => id);
    launches.discard(ids);
    if (launches.all().length > 0) {
      // One that is said to be under way cannot be given up.
      this.machine.forget();
    }
    return ids.some((id) => !this.#rows.has(id));
  }

  /** The click's rows. */
  pending(): PendingLaunch[] {
    return this.machine
      .window()
      .launches.all()
      .filter(({ id }) => this.#rows.has(id));
  }

  /** It is said that there is no run. */
  get isDenied(): boolean {
    return this.told.size === 0 && (this.#saysNothingSent || this.pending().some(({ state }) => state === 'failed'));
  }

  /** Not exactly one thing is said: a run, that nothing was sent, or a row that waits for a person. */
  get isUnknown(): boolean {
    const pending = this.pending();
    const says = this.told.size + pending.length + Number(this.#saysNothingSent && this.told.size === 0);
    return pending.some(isUnderWay) || says > 1 || (says === 0 && !this.isGone);
  }

  /** Whether the prompt is not there any more, though no run has it. `wasSent`: the window had time to keep it. */
  isLost(prompt: string | undefined, wasSent: boolean): boolean {
    if (this.told.size > 0 || this.#saysNothingSent) {
      return false;
    }
    const pending = this.pending();
    return pending.length === 0 ? wasSent : pending.some(({ request }) => request.prompt !== prompt);
  }
}
