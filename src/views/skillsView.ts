import * as vscode from 'vscode';
import type { CloudSkills } from '../model/cloudSkills';
import { type Disposable, disposeAll } from '../model/emitter';
import { EveryMinute } from '../model/everyMinute';
import type { LoadStatus } from '../model/loadStatus';
import type { SkillRow } from '../model/skillRows';
import type { WorkspaceSkills } from '../model/workspaceSkill';
import type { Clock } from '../oz/clock';
import { LoadingBar } from './loadingBar';
import type { SkillsTree } from './skillsTree';
import { showStatus } from './viewStatus';

const viewId = 'agentRuns.skills';

type View = Pick<
  vscode.TreeView<SkillRow>,
  'visible' | 'onDidChangeVisibility' | 'message' | 'description' | 'dispose'
>;

export interface SkillsViewDeps {
  tree: SkillsTree;
  here: WorkspaceSkills;
  cloud: CloudSkills;
  clock: Clock;
}

/** The Skills view around its rows. Nothing is read before somebody can see it. */
export class SkillsView implements vscode.Disposable {
  readonly #deps: SkillsViewDeps;
  readonly #view: View;
  readonly #minutes: EveryMinute;
  readonly #loadingBar = new LoadingBar(viewId);
  readonly #subscriptions: Disposable[];

  constructor(
    deps: SkillsViewDeps,
    view: View = vscode.window.createTreeView(viewId, { treeDataProvider: deps.tree, showCollapseAll: true }),
  ) {
    this.#deps = deps;
    this.#view = view;
    const { tree, here, cloud, clock } = deps;
    const look = (): void => {
      tree.recheck();
      this.#keepFresh();
    };
    const show = (): void => {
      this.#showStatus();
    };
    this.#minutes = new EveryMinute(clock, look);
    this.#subscriptions = [
      this.#view,
      this.#view.onDidChangeVisibility(() => {
        this.#minutes.set(this.#view.visible);
        look();
      }),
      here.onDidChange(show),
      cloud.onDidChange(show),
      cloud.onDidChangeStatus(() => {
        show();
        if (cloud.status.kind === 'starting') {
          this.#keepFresh();
        }
      }),
    ];
    this.#minutes.set(this.#view.visible);
    this.#showStatus();
    this.#keepFresh();
  }

  /** Reads both kinds anew, for a person who waits for it. */
  async refresh(): Promise<void> {
    const { here, cloud } = this.#deps;
    here.refresh();
    await vscode.window.withProgress({ location: { viewId } }, () => cloud.refresh());
  }

  dispose(): void {
    this.#minutes.set(false);
    this.#loadingBar.dispose();
    disposeAll(this.#subscriptions);
  }

  #keepFresh(): void {
    if (this.#view.visible) {
      this.#deps.here.start();
      void this.#deps.cloud.keepFresh();
    }
  }

  #showStatus(): void {
    showStatus(this.#view, viewId, this.#loadingBar, this.#listing());
  }

  #listing(): { status: LoadStatus; size: number } {
    const { here, cloud } = this.#deps;
    const size = here.all.length + cloud.size;
    if (size === 0 && cloud.status.kind === 'ready' && here.status !== 'ready') {
      return { status: { kind: 'loading' }, size };
    }
    // Where only the workspace has some, the group of the cloud says what is wrong with that.
    return cloud.size === 0 && size > 0 ? { status: { kind: 'ready' }, size } : { status: cloud.status, size };
  }
}
