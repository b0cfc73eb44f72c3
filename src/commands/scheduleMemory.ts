import type * as vscode from 'vscode';
import { specKey } from '../model/skillSpec';

/** What was typed and chosen for a schedule that does not exist yet. */
export interface ScheduleDraft {
  /** The times that were chosen. */
  cron?: string;
  /** What was typed as times, whether they are any or not. */
  typed: string;
  name: string;
  text: string;
}

/** The drafts of schedules of this workspace, one for each skill. */
export class ScheduleMemory {
  readonly #memento: vscode.Memento;
  readonly #key: string;

  constructor(memento: vscode.Memento, spec: string) {
    this.#memento = memento;
    this.#key = `agentRuns.schedule.draft.${specKey(spec)}`;
  }

  get draft(): ScheduleDraft {
    return { typed: '', name: '', text: '', ...this.#memento.get<Partial<ScheduleDraft>>(this.#key) };
  }

  keep(draft: ScheduleDraft): void {
    void this.#memento.update(this.#key, draft);
  }

  forget(): void {
    void this.#memento.update(this.#key, undefined);
  }
}
