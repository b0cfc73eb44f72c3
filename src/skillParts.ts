import * as vscode from 'vscode';
import { registerSkillEditor } from './editor/registerSkillEditor';
import { type Disposable, disposeAll } from './model/emitter';
import type { KnownRuns } from './model/skillRuns';
import type { Clock } from './oz/clock';
import type { OzClient } from './oz/ozClient';
import { once } from './platform/atFirstUse';
import type { Log } from './platform/log';
import type { Command } from './platform/showErrors';
import type { Skills } from './views/skills';

export interface SkillPartsDeps {
  client: OzClient;
  clock: Clock;
  runs: KnownRuns;
  log: Log;
  /** How they are sorted goes there. */
  memento: vscode.Memento;
}

/** All of the skills, each part loaded at first use. */
export class SkillParts implements vscode.Disposable {
  readonly #deps: SkillPartsDeps;
  readonly #lensesChanged = new vscode.EventEmitter<void>();
  /** What was loaded. */
  readonly #made: Disposable[] = [this.#lensesChanged];

  /** What is in a SKILL.md, and whether it is right. */
  readonly reading = once(() => import('./model/skillReading'));

  /** Those of the workspace. */
  readonly here = once(async () => {
    const { clock, log } = this.#deps;
    const { FoundSkills, SkillSights } = await import('./platform/foundSkills');
    const created = new FoundSkills({ reading: this.reading, sights: new SkillSights(clock), clock, log });
    this.#made.push(created);
    return created;
  });

  /** Their view. */
  readonly view = once(async () => {
    const { client, clock, runs, memento } = this.#deps;
    const [{ Skills }, here] = await Promise.all([import('./views/skills'), this.here()]);
    const created = new Skills({ client, clock, runs, here, memento });
    this.#made.push(created);
    return created;
  });

  /** The commands that ask nobody anything. */
  readonly commands: Record<string, Command> = {
    refreshSkills: async () => (await this.view()).refresh(),
    sortSkillsByName: async () => {
      (await this.view()).sortBy('name');
    },
    sortSkillsByLastRun: async () => {
      (await this.view()).sortBy('lastRun');
    },
  };

  readonly #editor = once(async () => {
    const { clock, log } = this.#deps;
    const [{ SkillEditor }, reading] = await Promise.all([import('./editor/skillEditor'), this.reading()]);
    const created = new SkillEditor({ reading, skills: this.here, clock, lensesChanged: this.#lensesChanged, log });
    this.#made.push(created);
    return created;
  });

  constructor(deps: SkillPartsDeps) {
    this.#deps = deps;
  }

  /** Tells VS Code what there is to ask for in a SKILL.md, and where else an agent can help. */
  registerEditor(): void {
    this.#made.push(
      registerSkillEditor({
        skillEditor: this.#editor,
        agentActions: async () => (await import('./editor/skillEditor')).agentActions,
        onDidChangeCodeLenses: this.#lensesChanged.event,
        log: this.#deps.log,
      }),
    );
  }

  /** Does it as soon as the view is loaded, for which nobody waits. */
  withView(work: (loaded: Skills) => void): void {
    this.view().then(work, (error: unknown) => {
      this.#deps.log.error('skills', error);
    });
  }

  dispose(): void {
    disposeAll(this.#made);
  }
}
