import { asProblem } from '../model/loadStatus';
import { type ScheduleConflict, saveSchedule, type Side } from '../model/scheduleChange';
import { ScheduleCreation } from '../model/scheduleCreation';
import { requestOf } from '../model/scheduleForm';
import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import type { ApiProblem } from '../oz/problems';
import type { Schedule } from '../oz/types';
import type { ScheduleEditing } from './scheduleEditing';

export interface SavingDeps {
  client: Pick<OzClient, 'getSchedule' | 'updateSchedule' | 'listSchedules' | 'createSchedule'>;
  clock: Pick<Clock, 'after'>;
  /** Something of this is another now. */
  changed: () => void;
}

/** How it ended. `saved`: the service has it; `held`: a person does not want it after all, or something kept it. */
export type SavingEnd = { kind: 'saved'; schedule: Schedule; isNew: boolean } | { kind: 'held' };

/** Saves a form, one at a time, and asks the person where both changed the same. */
export class ScheduleSaving {
  readonly #deps: SavingDeps;
  /** The same for every try: one whose answer was lost is looked for. */
  readonly #creation: ScheduleCreation;
  #isSaving = false;
  #problem: ApiProblem | undefined;
  #conflicts: readonly ScheduleConflict[] | undefined;
  #answer: (sides: readonly Side[] | undefined) => void = () => undefined;

  constructor(deps: SavingDeps) {
    this.#deps = deps;
    this.#creation = new ScheduleCreation(deps.client, deps.clock);
  }

  get isSaving(): boolean {
    return this.#isSaving;
  }

  get problem(): ApiProblem | undefined {
    return this.#problem;
  }

  /** Where both changed the same: saving waits for `choose`. */
  get conflicts(): readonly ScheduleConflict[] | undefined {
    return this.#conflicts;
  }

  dismiss(): void {
    this.#problem = undefined;
  }

  /** A side for each conflict, in their order; none: it is not saved. */
  choose(sides: readonly Side[] | null): void {
    if (this.#conflicts && (sides === null || sides.length === this.#conflicts.length)) {
      this.#answer(sides ?? undefined);
    }
  }

  async save(editing: ScheduleEditing): Promise<SavingEnd> {
    if (this.#isSaving) {
      return { kind: 'held' };
    }
    this.#isSaving = true;
    this.#problem = undefined;
    this.#deps.changed();
    try {
      return await (editing.base ? this.#replace(editing, editing.base) : this.#create(editing));
    } catch (error) {
      this.#problem = asProblem(error);
      return { kind: 'held' };
    } finally {
      this.#isSaving = false;
      this.#conflicts = undefined;
      this.#deps.changed();
    }
  }

  async #create(editing: ScheduleEditing): Promise<SavingEnd> {
    const { form } = editing;
    const { schedule } = await this.#creation.create(requestOf(form));
    editing.saved(schedule, form);
    return { kind: 'saved', schedule, isNew: true };
  }

  async #replace(editing: ScheduleEditing, base: Schedule): Promise<SavingEnd> {
    const { form } = editing;
    const outcome = await saveSchedule({ client: this.#deps.client }, base, form, (conflicts) => this.#ask(conflicts));
    switch (outcome.kind) {
      case 'saved':
      case 'same':
        editing.saved(outcome.schedule, form);
        return { kind: 'saved', schedule: outcome.schedule, isNew: false };
      case 'cancelled':
        editing.learn(outcome.schedule);
        return { kind: 'held' };
      case 'gone':
        editing.learn(undefined);
        return { kind: 'held' };
    }
  }

  #ask(conflicts: readonly ScheduleConflict[]): Promise<readonly Side[] | undefined> {
    return new Promise((resolve) => {
      this.#conflicts = conflicts;
      this.#answer = (sides) => {
        this.#conflicts = undefined;
        this.#deps.changed();
        resolve(sides);
      };
      this.#deps.changed();
    });
  }
}
