// The entry of a bundle that is loaded after activation: the Skills view and what only it needs.
import type * as vscode from 'vscode';
import { CloudSkills, type SkillOrder } from '../model/cloudSkills';
import type { KnownRuns } from '../model/skillRuns';
import type { WorkspaceSkills } from '../model/workspaceSkill';
import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import { SkillsTree } from './skillsTree';
import { SkillsView } from './skillsView';

export interface SkillsDeps {
  client: Pick<OzClient, 'listSkills'>;
  clock: Clock;
  /** They tell when a skill was last run. */
  runs: KnownRuns;
  /** Nothing is read by it before it is started. */
  here: WorkspaceSkills;
  /** Remembers the order of the list. */
  memento: vscode.Memento;
}

/** The skills of the workspace and of the account, in their view. */
export class Skills {
  /** As far as they were read: nobody else reads them. */
  readonly cloud: CloudSkills;
  readonly #tree: SkillsTree;
  readonly #view: SkillsView;

  constructor({ client, clock, runs, here, memento }: SkillsDeps) {
    this.cloud = new CloudSkills(client, clock, runs);
    this.#tree = new SkillsTree({ here, cloud: this.cloud, clock, memento });
    this.#view = new SkillsView({ tree: this.#tree, here, cloud: this.cloud, clock });
  }

  /** Reads both kinds anew, for a person who waits for it. */
  refresh(): Promise<void> {
    return this.#view.refresh();
  }

  /** Sorts the skills of the cloud, from now on. */
  sortBy(order: SkillOrder): void {
    this.#tree.sortBy(order);
  }

  /** Another key or base URL: what the cloud has is forgotten. */
  reset(): void {
    this.cloud.reset();
  }

  dispose(): void {
    this.#view.dispose();
    this.#tree.dispose();
    this.cloud.dispose();
  }
}
