import type { CloudVariant } from '../../../src/model/cloudSkills';
import { Emitter } from '../../../src/model/emitter';
import type { WorkspaceSkill, WorkspaceSkills } from '../../../src/model/workspaceSkill';
import type { ApiProblem } from '../../../src/oz/problems';
import type { CloudSkill } from '../../../src/oz/types';

export function place(id: string, members: Partial<CloudVariant> = {}): CloudVariant {
  const [repository = '', skill_path = ''] = id.split(':');
  const [owner = '', name = ''] = repository.split('/');
  return {
    id,
    description: `What ${id} does`,
    base_prompt: 'Do it.',
    source: { owner, name, skill_path },
    environments: [],
    ...members,
  };
}

/** A skill of the repository `acme/web`, unless places are given. */
export function cloudSkill(name: string, ...variants: CloudVariant[]): CloudSkill {
  return { name, variants: variants.length > 0 ? variants : [place(`acme/web:.agents/skills/${name}/SKILL.md`)] };
}

export function workspaceSkill(name: string, members: Partial<WorkspaceSkill> = {}): WorkspaceSkill {
  const path = members.path ?? `.agents/skills/${name}/SKILL.md`;
  return {
    uri: `file:///web/${path}`,
    folder: 'web',
    path,
    name,
    description: `What ${name} does`,
    isInSkillFolder: true,
    ...members,
  };
}

/** A service that lists skills when a test lets it. */
export class FakeCloud {
  skills: CloudSkill[] = [];
  /** The queries, in turn. */
  readonly asked: object[] = [];
  /** Thrown instead of the next answers, in turn. */
  failures: ApiProblem[] = [];
  /** Answers wait for this. */
  gate: Promise<void> = Promise.resolve();

  constructor(...skills: CloudSkill[]) {
    this.skills = skills;
  }

  async listSkills(query: object): Promise<CloudSkill[]> {
    this.asked.push(query);
    await this.gate;
    const failure = this.failures.shift();
    if (failure) {
      throw failure;
    }
    return this.skills;
  }
}

/** Skills of a workspace that a test sets. */
export class FakeHere implements WorkspaceSkills {
  readonly #changed = new Emitter<undefined>();
  readonly onDidChange = this.#changed.event;
  status: WorkspaceSkills['status'] = 'notRead';
  all: readonly WorkspaceSkill[] = [];
  starts = 0;
  refreshes = 0;

  set(...all: WorkspaceSkill[]): void {
    this.all = all;
    this.status = 'ready';
    this.#changed.fire(undefined);
  }

  start(): void {
    this.starts += 1;
  }

  refresh(): void {
    this.refreshes += 1;
  }
}
