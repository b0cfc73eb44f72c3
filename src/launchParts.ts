import * as vscode from 'vscode';
import { PreviewButtons } from './commands/previewButtons';
import { Launcher } from './model/launcher';
import { Launches } from './model/launches';
import type { Me } from './model/me';
import type { RunStore } from './model/runStore';
import type { Account } from './model/sharedFiles';
import type { Clock } from './oz/clock';
import type { OzClient } from './oz/ozClient';
import type { Run } from './oz/types';
import { once } from './platform/atFirstUse';
import type { Log } from './platform/log';
import { SharedFolder } from './platform/sharedFolder';

export interface LaunchPartsDeps {
  client: OzClient;
  runs: RunStore;
  me: Me;
  clock: Clock;
  account: () => Promise<Account | undefined>;
  /** True for the first window of this machine that claims the name, which can be any text. */
  claim: (name: string) => Promise<boolean>;
  /** What all windows of this machine share goes there. */
  globalStorageUri: vscode.Uri;
  memento: vscode.Memento;
  log: Log;
}

/** Where the id of the run that was launched last from here is kept. */
const lastLaunchKey = 'agentRuns.launch.last';

/** Launching: what was asked for from here, and what became of it. Its questions are loaded at first use. */
export class LaunchParts implements vscode.Disposable {
  readonly #memento: vscode.Memento;
  readonly #launcher: Launcher;
  readonly #launchedHere = new Set<string>();
  /** Those that are under way or in doubt. */
  readonly launches: Launches;
  readonly previewButtons = new PreviewButtons();

  /** The code of the commands that launch. */
  readonly code = once(() => import('./commands/launch'));

  constructor({ client, runs, me, clock, account, claim, globalStorageUri, memento, log }: LaunchPartsDeps) {
    this.#memento = memento;
    const onLaunched = (run: Run, { found }: { found: boolean }): void => {
      this.#launchedHere.add(run.run_id);
      void memento.update(lastLaunchKey, run.run_id);
      if (!found) {
        // One that was found may be a colleague's after all.
        me.learn(run);
      }
    };
    const launcher = new Launcher({
      ...{ client, runs, clock, onLaunched, claim, serverNow: () => client.serverNow(), creator: () => me.learnedUid },
    });
    const files = new SharedFolder(vscode.Uri.joinPath(globalStorageUri, 'launches').fsPath);
    this.#launcher = launcher;
    this.launches = new Launches({ files, account, clock, launcher, claim });
    runs.onDidChange(({ ids }) => {
      // Whoever reads the list may find the run of a launch that was looked for in vain.
      void this.launches.seen([...ids].flatMap((id) => runs.get(id) ?? []));
    });
    this.launches.onDidSettle((settled) => {
      this.code()
        .then(({ tellSettled }) => tellSettled(settled))
        .catch((error: unknown) => {
          log.error('launch', error);
        });
    });
  }

  /** The run was launched from this window. */
  hasLaunched(runId: string): boolean {
    return this.#launchedHere.has(runId);
  }

  /** The id of the run that was launched last from this workspace with this key. */
  lastLaunched(): string | undefined {
    return this.#memento.get<string>(lastLaunchKey);
  }

  /** Another key or base URL is in use. */
  accountChanged(): void {
    void this.#memento.update(lastLaunchKey, undefined);
    this.#launcher.keyChanged();
    void this.launches.accountChanged();
  }

  dispose(): void {
    this.previewButtons.dispose();
    this.launches.dispose();
  }
}
