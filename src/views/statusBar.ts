import * as vscode from 'vscode';
import { type Disposable, disposeAll } from '../model/emitter';
import { EveryMinute } from '../model/everyMinute';
import type { Launches } from '../model/launches';
import type { RunGroups } from '../model/runGroups';
import type { RunStore } from '../model/runStore';
import type { Clock } from '../oz/clock';
import { dateFormat } from '../platform/formats';

/** Milliseconds after which the numbers may be others: runs are read every 30 s while somebody looks or waits. */
const freshFor = 10 * 60_000;

export interface StatusBarDeps {
  store: Pick<RunStore, 'activeCount' | 'lastGood' | 'onDidChange' | 'onDidChangeStatus'>;
  groups: Pick<RunGroups, 'needing' | 'onDidChange'>;
  launches: Pick<Launches, 'needing' | 'onDidChange'>;
  clock: Clock;
}

type Item = Pick<
  vscode.StatusBarItem,
  'name' | 'text' | 'tooltip' | 'accessibilityInformation' | 'command' | 'show' | 'hide' | 'dispose'
>;

/** How many runs are active and how many need a person, of all that are known. Not there while there is nothing to say. */
export class StatusBar implements vscode.Disposable {
  readonly #deps: StatusBarDeps;
  readonly #item: Item;
  readonly #minutes: EveryMinute;
  readonly #subscriptions: Disposable[];
  #shown = '';

  constructor(deps: StatusBarDeps, item?: Item) {
    const { store, groups, launches, clock } = deps;
    this.#deps = deps;
    this.#item = item ?? vscode.window.createStatusBarItem('agentRuns.runs', vscode.StatusBarAlignment.Left);
    this.#item.name = vscode.l10n.t('Agent Runs');
    this.#item.command = 'agentRuns.runs.focus';
    const update = (): void => {
      this.#update();
    };
    // Numbers get old without anything happening.
    this.#minutes = new EveryMinute(clock, update);
    const changes = [store.onDidChange, store.onDidChangeStatus, groups.onDidChange, launches.onDidChange];
    this.#subscriptions = changes.map((onDidChange) => onDidChange(update));
    this.#update();
  }

  dispose(): void {
    this.#minutes.set(false);
    disposeAll(this.#subscriptions);
    this.#item.dispose();
  }

  #update(): void {
    const { store, groups, launches, clock } = this.#deps;
    const active = store.activeCount;
    const needing = groups.needing().length + launches.needing;
    const isNeeded = active > 0 || needing > 0;
    this.#minutes.set(isNeeded);
    const asOf = store.lastGood !== undefined && clock.now() - store.lastGood >= freshFor ? store.lastGood : undefined;
    const shown = isNeeded ? `${active} ${needing} ${asOf ?? ''}` : '';
    if (shown === this.#shown) {
      return;
    }
    this.#shown = shown;
    if (isNeeded) {
      this.#show(active, needing, asOf);
    } else {
      this.#item.hide();
    }
  }

  #show(active: number, needing: number, asOf: number | undefined): void {
    const { t } = vscode.l10n;
    this.#item.text = needing > 0 ? `$(rocket) ${active} $(bell-dot) ${needing}` : `$(rocket) ${active}`;
    const words = [
      active === 1 ? t('1 run is active.') : t('{0} runs are active.', active),
      needing === 0 ? '' : needing === 1 ? t('1 run needs you.') : t('{0} runs need you.', needing),
      asOf === undefined ? '' : t('As of {0}.', shortTime(asOf)),
    ].filter(Boolean);
    this.#item.tooltip = words.join('\n');
    this.#item.accessibilityInformation = { label: t('Agent Runs: {0}', words.join(' ')), role: 'button' };
    this.#item.show();
  }
}

const shortTime = dateFormat({ month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' });
