import * as vscode from 'vscode';
import type { CloudSkills, SkillOrder } from '../model/cloudSkills';
import { type Disposable, disposeAll } from '../model/emitter';
import { type SkillRow, SkillRows } from '../model/skillRows';
import type { WorkspaceSkill, WorkspaceSkills } from '../model/workspaceSkill';
import type { Clock } from '../oz/clock';
import { setContextKey } from '../platform/contextKeys';
import { ChangedElements } from './changedElements';
import {
  type HereRow,
  severalPlacesDescription,
  severalPlacesItem,
  type VariantRow,
  variantDescription,
  variantItem,
  variantTooltip,
  workspaceSkillDescription,
  workspaceSkillItem,
  workspaceSkillTooltip,
} from './skillItem';
import { folderItem, noteWords, skillGroupItem, skillNoteItem } from './skillsNotes';

export interface SkillsTreeDeps {
  here: WorkspaceSkills;
  cloud: CloudSkills;
  clock: Pick<Clock, 'now'>;
  memento: Pick<vscode.Memento, 'get' | 'update'>;
}

const orderKey = 'agentRuns.skills.order';

/** The rows of the Skills view: the skills of the workspace, and those of the cloud. */
export class SkillsTree implements vscode.TreeDataProvider<SkillRow>, vscode.Disposable {
  readonly #deps: SkillsTreeDeps;
  readonly #rows: SkillRows;
  readonly #changed = new ChangedElements<SkillRow>();
  /** The children that VS Code asked for; those of the root are at undefined. */
  readonly #children = new Map<SkillRow | undefined, readonly SkillRow[]>();
  /** What the rows that VS Code asked for say. */
  readonly #shown = new Map<SkillRow, string>();
  readonly #subscriptions: Disposable[];
  #order: SkillOrder;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(deps: SkillsTreeDeps) {
    this.#deps = deps;
    const { here, cloud, memento } = deps;
    this.#rows = new SkillRows(here, cloud, () => ({
      isTrusted: vscode.workspace.isTrusted,
      hasFolder: folderCount() > 0,
    }));
    this.#order = memento.get(orderKey) === 'name' ? 'name' : 'lastRun';
    setContextKey(orderKey, this.#order);
    const recheck = (): void => {
      this.recheck();
    };
    this.#subscriptions = [
      here.onDidChange(() => {
        this.#rows.readHere();
        this.recheck();
      }),
      cloud.onDidChange(() => {
        this.#rows.readCloud(this.#order);
        this.recheck();
      }),
      cloud.onDidChangeStatus(recheck),
      vscode.workspace.onDidGrantWorkspaceTrust(recheck),
      vscode.workspace.onDidChangeWorkspaceFolders(recheck),
    ];
    this.#rows.readHere();
    this.#rows.readCloud(this.#order);
  }

  /** Sorts the skills of the cloud, from now on. */
  sortBy(order: SkillOrder): void {
    this.#order = order;
    void this.#deps.memento.update(orderKey, order);
    setContextKey(orderKey, order);
    this.#rows.readCloud(order);
    this.recheck();
  }

  getChildren(row?: SkillRow): SkillRow[] {
    const children = this.#rows.childrenOf(row);
    this.#children.set(row, children);
    return children;
  }

  getParent(row: SkillRow): SkillRow | undefined {
    return this.#rows.parentOf(row);
  }

  getTreeItem(row: SkillRow): vscode.TreeItem {
    this.#shown.set(row, this.#words(row));
    const item = this.#item(row);
    item.id = row.id;
    return item;
  }

  resolveTreeItem(item: vscode.TreeItem, row: SkillRow): vscode.TreeItem {
    if (row.kind === 'here') {
      const skill = this.#rows.skill(row.uri);
      item.tooltip = skill && workspaceSkillTooltip(skill, this.#hereRow(skill));
    } else if (row.kind === 'variant') {
      const variant = this.#deps.cloud.bySpec(row.spec);
      item.tooltip = variant && variantTooltip(row.name, variant, this.#deps.clock.now());
    }
    return item;
  }

  /** Tells about the rows whose words or children are not true any more. */
  recheck(): void {
    for (const [parent, before] of this.#children) {
      const now = this.#rows.childrenOf(parent);
      if (now.length !== before.length || now.some((child, index) => child !== before[index])) {
        this.#children.set(parent, now);
        const stay = new Set(now);
        for (const child of before) {
          if (!stay.has(child)) {
            this.#forget(child, stay);
          }
        }
        if (parent) {
          this.#changed.add(parent);
        } else {
          this.#changed.addEverything();
        }
      }
    }
    for (const [row, words] of this.#shown) {
      if (this.#words(row) !== words) {
        this.#changed.add(row);
      }
    }
  }

  dispose(): void {
    disposeAll(this.#subscriptions);
    this.#changed.dispose();
  }

  /** With what was below it, as far as that does not stay elsewhere. */
  #forget(row: SkillRow, stay: ReadonlySet<SkillRow>): void {
    for (const child of this.#children.get(row) ?? []) {
      if (!stay.has(child)) {
        this.#forget(child, stay);
      }
    }
    this.#children.delete(row);
    this.#shown.delete(row);
    this.#rows.forget(row);
  }

  #item(row: SkillRow): vscode.TreeItem {
    const { cloud, clock } = this.#deps;
    switch (row.kind) {
      case 'group':
        return skillGroupItem(row.id, this.#rows.countIn(row.id));
      case 'folder':
        return folderItem(row.folder, this.#rows.countInFolder(row.group, row.folder));
      case 'here': {
        const skill = this.#rows.skill(row.uri);
        return skill ? workspaceSkillItem(skill, this.#hereRow(skill)) : new vscode.TreeItem('');
      }
      case 'places': {
        const skill = this.#rows.cloudSkill(row.name);
        return skill ? severalPlacesItem(skill, clock.now()) : new vscode.TreeItem('');
      }
      case 'variant': {
        const variant = cloud.bySpec(row.spec);
        return variant ? variantItem(row.name, variant, this.#variantRow(row)) : new vscode.TreeItem('');
      }
      case 'note':
        return skillNoteItem(row.note, cloud.status);
    }
  }

  /** What is looked at to see whether a row is still true; with what its tooltip says, which VS Code keeps. */
  #words(row: SkillRow): string {
    const { cloud, clock } = this.#deps;
    switch (row.kind) {
      case 'group':
        return String(this.#rows.countIn(row.id));
      case 'folder':
        return String(this.#rows.countInFolder(row.group, row.folder));
      case 'here': {
        const skill = this.#rows.skill(row.uri);
        return skill ? JSON.stringify([workspaceSkillDescription(skill, this.#hereRow(skill)), skill]) : '';
      }
      case 'places': {
        const skill = this.#rows.cloudSkill(row.name);
        return skill ? severalPlacesDescription(skill, clock.now()) : '';
      }
      case 'variant': {
        const variant = cloud.bySpec(row.spec);
        const { description, error, environments } = variant ?? {};
        const said = variant && variantDescription(variant, this.#variantRow(row));
        return JSON.stringify([said, description, error, environments]);
      }
      case 'note':
        return noteWords(row.note, cloud.status);
    }
  }

  #hereRow({ spec }: WorkspaceSkill): HereRow {
    const { cloud, clock } = this.#deps;
    return {
      isOneOfSeveral: folderCount() > 1,
      isBelowFolder: this.#rows.areInFolders('here'),
      cloud: spec === undefined ? undefined : cloud.bySpec(spec),
      now: clock.now(),
    };
  }

  #variantRow({ parent }: { parent: string }): VariantRow {
    return { isBelow: parent.startsWith('places/'), now: this.#deps.clock.now() };
  }
}

function folderCount(): number {
  return vscode.workspace.workspaceFolders?.length ?? 0;
}
