import type { CloudSkill } from '../oz/types';
import { type CloudSkills, type SkillOrder, skillsInOrder } from './cloudSkills';
import { cloudFolders, hereFolders, type SkillFolders } from './skillFolders';
import type { WorkspaceSkill, WorkspaceSkills } from './workspaceSkill';

/** The skills of the workspace, and those of the cloud. */
export type SkillGroup = 'here' | 'cloud';

/** A row that is no skill, but says why there is none, or why nothing can be done with them. */
export type SkillNote = 'restricted' | 'loading' | 'noneHere' | 'noneInCloud' | 'problem';

/** A row of the Skills view: plain data, so that a menu can pass it to a command as it is. */
export type SkillRow =
  | { kind: 'group'; id: SkillGroup }
  | { kind: 'folder'; id: string; group: SkillGroup; folder: string }
  | { kind: 'here'; id: string; uri: string }
  | { kind: 'places'; id: string; name: string }
  | { kind: 'variant'; id: string; spec: string; name: string; parent: string }
  | { kind: 'note'; id: string; note: SkillNote; group: SkillGroup };

interface Surroundings {
  isTrusted: boolean;
  hasFolder: boolean;
}

/**
 * Which rows the Skills view has, the same object for the same row. Very many are put into folders, which are closed at first:
 * VS Code asks for every row of what is open.
 */
export class SkillRows {
  readonly #here: WorkspaceSkills;
  readonly #cloud: Pick<CloudSkills, 'all' | 'status'>;
  readonly #surroundings: () => Surroundings;
  readonly #rows = new Map<string, SkillRow>();
  #skills = new Map<string, WorkspaceSkill>();
  #hereFolders: SkillFolders | undefined;
  #cloudSkills = new Map<string, CloudSkill>();
  #cloudNames = new Map<string, string>();
  #cloudFolders: SkillFolders | undefined;

  constructor(here: WorkspaceSkills, cloud: Pick<CloudSkills, 'all' | 'status'>, surroundings: () => Surroundings) {
    this.#here = here;
    this.#cloud = cloud;
    this.#surroundings = surroundings;
  }

  /** Goes by the skills of the workspace as they are now. */
  readHere(): void {
    const { all } = this.#here;
    this.#skills = new Map(all.map((skill) => [skill.uri, skill]));
    this.#hereFolders = hereFolders(all);
  }

  /** Goes by the skills of the cloud as they are now. */
  readCloud(order: SkillOrder): void {
    const ordered = skillsInOrder(this.#cloud.all, order);
    this.#cloudSkills = new Map(ordered.map((skill) => [skill.name, skill]));
    this.#cloudNames = new Map(ordered.flatMap(({ name, variants }) => variants.map(({ id }) => [id, name])));
    this.#cloudFolders = cloudFolders(ordered);
  }

  skill(uri: string): WorkspaceSkill | undefined {
    return this.#skills.get(uri);
  }

  cloudSkill(name: string): CloudSkill | undefined {
    return this.#cloudSkills.get(name);
  }

  countIn(group: SkillGroup): number {
    return group === 'here' ? this.#skills.size : this.#cloudSkills.size;
  }

  areInFolders(group: SkillGroup): boolean {
    return this.#foldersOf(group) !== undefined;
  }

  countInFolder(group: SkillGroup, folder: string): number {
    return this.#foldersOf(group)?.keysIn(folder).length ?? 0;
  }

  childrenOf(row: SkillRow | undefined): SkillRow[] {
    switch (row?.kind) {
      case undefined:
        return this.#groups();
      case 'group':
        return row.id === 'here' ? this.#hereRows() : this.#cloudRows();
      case 'folder': {
        const keys = this.#foldersOf(row.group)?.keysIn(row.folder) ?? [];
        return keys.map((key) =>
          row.group === 'here' ? this.#skillRow(key) : this.#variant(key, this.#cloudNames.get(key) ?? '', row.id),
        );
      }
      case 'places':
        return (this.#cloudSkills.get(row.name)?.variants ?? []).map(({ id }) => this.#variant(id, row.name, row.id));
      case 'here':
      case 'variant':
      case 'note':
        return [];
    }
  }

  parentOf(row: SkillRow): SkillRow | undefined {
    switch (row.kind) {
      case 'group':
        return undefined;
      case 'here': {
        const folder = this.#hereFolders?.folderOf(row.uri);
        return this.#rows.get(folder === undefined ? 'here' : folderId('here', folder));
      }
      case 'variant':
        return this.#rows.get(row.parent);
      case 'places':
        return this.#rows.get('cloud');
      case 'folder':
      case 'note':
        return this.#rows.get(row.group);
    }
  }

  /** The row is not there any more: one that comes in its place is another object. */
  forget(row: SkillRow): void {
    if (this.#rows.get(row.id) === row) {
      this.#rows.delete(row.id);
    }
  }

  /** A group without rows is shown only to say why it has none, beside one that has some: else there is a welcome text. */
  #groups(): SkillRow[] {
    const [here, cloud] = [this.#skills.size > 0, this.#cloudSkills.size > 0];
    return [
      ...(here || (cloud && this.#surroundings().hasFolder) ? (['here'] as const) : []),
      ...(here || cloud ? (['cloud'] as const) : []),
    ].map((id) => this.#row({ kind: 'group', id }));
  }

  #hereRows(): SkillRow[] {
    if (this.#skills.size === 0) {
      return [this.#note('here', this.#here.status === 'ready' ? 'noneHere' : 'loading')];
    }
    return [
      ...(this.#surroundings().isTrusted ? [] : [this.#note('here', 'restricted')]),
      ...(this.#folders('here') ?? [...this.#skills.keys()].map((uri) => this.#skillRow(uri))),
    ];
  }

  #cloudRows(): SkillRow[] {
    const { kind } = this.#cloud.status;
    if (this.#cloudSkills.size === 0) {
      const hasProblem = kind === 'failed' || kind === 'noKey';
      return [this.#note('cloud', hasProblem ? 'problem' : kind === 'ready' ? 'noneInCloud' : 'loading')];
    }
    return (
      this.#folders('cloud') ??
      [...this.#cloudSkills.values()].map(({ name, variants: [first, ...others] }) =>
        first && others.length === 0
          ? this.#variant(first.id, name, 'cloud')
          : this.#row({ kind: 'places', id: `places/${name}`, name }),
      )
    );
  }

  #foldersOf(group: SkillGroup): SkillFolders | undefined {
    return group === 'here' ? this.#hereFolders : this.#cloudFolders;
  }

  #folders(group: SkillGroup): SkillRow[] | undefined {
    return this.#foldersOf(group)?.names.map((folder) =>
      this.#row({ kind: 'folder', id: folderId(group, folder), group, folder }),
    );
  }

  #skillRow(uri: string): SkillRow {
    return this.#row({ kind: 'here', id: `skill/${uri}`, uri });
  }

  #variant(spec: string, name: string, parent: string): SkillRow {
    return this.#row({ kind: 'variant', id: `${parent}/${spec}`, spec, name, parent });
  }

  #note(group: SkillGroup, note: SkillNote): SkillRow {
    return this.#row({ kind: 'note', id: `${group}/${note}`, note, group });
  }

  /** The object that stands for this row already, or this one from now on. */
  #row(row: SkillRow): SkillRow {
    const known = this.#rows.get(row.id);
    if (!known) {
      this.#rows.set(row.id, row);
    }
    return known ?? row;
  }
}

function folderId(group: SkillGroup, folder: string): string {
  return `folder/${group}/${folder}`;
}
