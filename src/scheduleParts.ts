import type * as vscode from 'vscode';
import type { Catalog } from './model/catalog';
import { type Disposable, disposeAll, type Event } from './model/emitter';
import type { Me } from './model/me';
import type { RunStore } from './model/runStore';
import type { Account } from './model/sharedFiles';
import type { Clock } from './oz/clock';
import type { OzClient } from './oz/ozClient';
import type { Run, Schedule } from './oz/types';
import { once } from './platform/atFirstUse';
import type { Log } from './platform/log';
import type { Command } from './platform/showErrors';
import type { SchedulePanelsDeps } from './schedule/schedulePanels';
import type { Schedules } from './views/schedules';

export interface SchedulePartsDeps {
  client: OzClient;
  runs: RunStore;
  catalog: Catalog;
  me: Pick<Me, 'uid' | 'learn'>;
  clock: Clock;
  account: () => Promise<Account | undefined>;
  /** Another key or base URL is in use. */
  onDidChangeAccount: Event<unknown>;
  /** True for the first window of this machine that claims the name, which can be any text. */
  claim: (name: string) => Promise<boolean>;
  /** Tells of failed runs that nobody saw go on. */
  tellFailed: (runs: readonly Run[]) => void;
  log: Log;
  extensionUri: vscode.Uri;
  /** What was typed goes there. */
  memento: vscode.Memento;
  globalState: vscode.Memento;
  /** Makes the fields of a form, whose lists the commands have. */
  fields: () => Promise<SchedulePanelsDeps['fields']>;
  texts: SchedulePanelsDeps['texts'];
}

/** All of the schedules, each part loaded at first use. */
export class ScheduleParts implements vscode.Disposable {
  readonly #deps: SchedulePartsDeps;
  /** What was loaded. */
  readonly #made: Disposable[] = [];
  #loaded: Schedules | undefined;

  /** Their view. */
  readonly view = once(async () => {
    const { client, runs, catalog, me, clock, claim, tellFailed, globalState: memento, log } = this.#deps;
    const { Schedules } = await import('./views/schedules');
    const isMine = ({ created_by: creator }: Schedule): boolean | undefined =>
      me.uid === undefined ? undefined : creator?.uid === me.uid;
    const created = new Schedules({ client, runs, catalog, clock, isMine, claim, tellFailed, memento, log });
    this.#made.push(created);
    this.#loaded = created;
    return created;
  });

  /** Their forms, and the week. */
  readonly panels = once(async () => {
    const { client, me, clock, account, onDidChangeAccount, extensionUri, memento, texts, log } = this.#deps;
    const [{ SchedulePanels }, fields, { cronInWords }, { store, zone, healths }] = await Promise.all([
      import('./schedule/schedulePanels'),
      this.#deps.fields(),
      import('./views/schedules'),
      this.view(),
    ]);
    const created = new SchedulePanels({
      ...{
        client,
        clock,
        store,
        zone,
        healths,
        fields,
        cronInWords,
        extensionUri,
        memento,
        texts,
        log,
        onDidChangeAccount,
      },
      created: ({ created_by: creator }) => {
        me.learn({ creator });
      },
      account: async () => {
        // Its schedules are forgotten by then: see `withView`.
        await this.view();
        return (await account())?.id;
      },
    });
    this.#made.push(created);
    return created;
  });

  /** The commands that ask nobody anything. */
  readonly commands: Record<string, Command> = {
    refreshSchedules: async () => (await this.view()).refresh(),
    loadMoreScheduleRuns: async (schedule) => (await this.view()).loadMoreRuns(schedule),
    showWeek: async () => (await this.panels()).openWeek(),
    saveSchedule: async () => {
      (await this.panels()).save();
    },
  };

  constructor(deps: SchedulePartsDeps) {
    this.#deps = deps;
  }

  /** Whether a schedule of the person started the run, as far as is known. */
  hasStarted(run: Run): boolean {
    return this.#loaded?.hasStarted(run) ?? false;
  }

  /** Reads the newest runs of a schedule; undefined where they cannot be read. */
  async newestRuns(scheduleId: string): Promise<readonly Run[] | undefined> {
    return (await this.view()).newestRuns(scheduleId);
  }

  /** Does it as soon as the view is loaded, for which nobody waits. */
  withView(work: (loaded: Schedules) => void): void {
    this.view().then(work, (error: unknown) => {
      this.#deps.log.error('schedules', error);
    });
  }

  dispose(): void {
    disposeAll(this.#made);
  }
}
