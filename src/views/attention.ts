import * as vscode from 'vscode';
import { Emitter } from '../model/emitter';
import { RunNews } from '../model/runNews';
import type { RunStore } from '../model/runStore';
import type { Clock } from '../oz/clock';
import type { Run } from '../oz/types';
import type { Log } from '../platform/log';
import { notificationRule, showNews } from './notifications';
import { StatusBar, type StatusBarDeps } from './statusBar';

export interface AttentionDeps {
  runs: RunStore;
  groups: StatusBarDeps['groups'];
  launches: StatusBarDeps['launches'];
  clock: Clock;
  isMine: (run: Run) => boolean;
  /** True for the first window of this machine that claims the name, which can be any text. */
  claim: (name: string) => Promise<boolean>;
  /** Asks for the newest runs of a schedule; undefined where they cannot be read. Never rejects. */
  scheduleRuns: (scheduleId: string) => Promise<Iterable<Run> | undefined>;
  log: Pick<Log, 'error'>;
}

/** Notifications and the item in the status bar. */
export class Attention implements vscode.Disposable {
  readonly #news: RunNews;
  readonly #statusBar: StatusBar;
  readonly #settings: vscode.Disposable;
  readonly #changed = new Emitter<undefined>();

  /** The setting is another one: `isWatched` may answer otherwise. */
  readonly onDidChange = this.#changed.event;

  constructor({ runs, groups, launches, clock, isMine, claim, scheduleRuns, log }: AttentionDeps) {
    this.#statusBar = new StatusBar({ store: runs, groups, launches, clock });
    // Asked for every active run at every round: not read anew each time.
    let rule = notificationRule();
    const isFocused = (): boolean => vscode.window.state.focused;
    this.#news = new RunNews({ store: runs, clock, rule: () => rule, isMine, isFocused, claim, scheduleRuns });
    this.#news.onNews((news) => {
      showNews(news, log);
    });
    this.#settings = vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('agentRuns.notifications')) {
        rule = notificationRule();
        this.#changed.fire(undefined);
      }
    });
  }

  /** Whether the run is worth asking for while nobody sees the list: what becomes of it would be told. */
  isWatched(run: Run): boolean {
    return this.#news.isWatched(run);
  }

  /** Failed runs that nobody here saw go on; the list knows them by now. */
  tellFailed(runs: readonly Run[]): void {
    this.#news.tellFound(runs);
  }

  dispose(): void {
    this.#settings.dispose();
    this.#changed.dispose();
    this.#news.dispose();
    this.#statusBar.dispose();
  }
}
