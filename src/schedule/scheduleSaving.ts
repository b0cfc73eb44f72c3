import { asProblem } from '../model/loadStatus';
import type { FormMember, Side } from '../model/scheduleChange';
import { createSchedule, type SentSchedule } from '../model/scheduleCreation';
import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import type { ApiProblem } from '../oz/problems';
import type { Schedule } from '../oz/types';
import type { ScheduleEditing } from './scheduleEditing';
import { type SaveQuestion, ScheduleReplacing } from './scheduleReplacing';

export interface SavingDeps {
  client: Pick<OzClient, 'getWholeSchedule' | 'updateSchedule' | 'listSchedules' | 'createSchedule'>;
  clock: Pick<Clock, 'now' | 'after'>;
  /** Something of this is another now. */
  changed: () => void;
  /** Keeps the form with what is about to be sent for it; ends when it is kept. */
  keep: () => PromiseLike<void>;
}

/** How it ended. `saved`: the service has it; `held`: a person does not want it after all, or something kept it. */
export type SavingEnd = { kind: 'saved'; schedule: Schedule; isNew: boolean } | { kind: 'held' };

/** Saves a form, one at a time, and asks the person what that takes. */
export class ScheduleSaving {
  readonly #deps: SavingDeps;
  readonly #replacing: ScheduleReplacing;
  #isSaving = false;
  #problem: ApiProblem | undefined;
  #kept: readonly FormMember[] = [];
  #stopper = new AbortController();

  constructor(deps: SavingDeps) {
    this.#deps = deps;
    this.#replacing = new ScheduleReplacing(deps);
  }

  get isSaving(): boolean {
    return this.#isSaving;
  }

  /** A person does not want it saved after all. */
  get isStopping(): boolean {
    return this.#isSaving && this.#stopper.signal.aborted;
  }

  get problem(): ApiProblem | undefined {
    return this.#problem;
  }

  /** Saving waits for `answer`. */
  get question(): SaveQuestion | undefined {
    return this.#replacing.question;
  }

  /** What others changed of what was saved last, and is kept beside it. */
  get kept(): readonly FormMember[] {
    return this.#kept;
  }

  dismiss(): void {
    this.#problem = undefined;
    this.#kept = [];
  }

  /** Answers what is asked: a side for each conflict, in their order, where sides are asked for; null: it is not saved. */
  answer(sides: readonly Side[] | null): void {
    this.#replacing.answer(sides ?? undefined);
  }

  /** Gives up saving. What was sent already may be saved, which is found out as far as can be. */
  stop(): void {
    this.#replacing.answer(undefined);
    this.#stopper.abort();
    this.#deps.changed();
  }

  async save(editing: ScheduleEditing): Promise<SavingEnd> {
    if (this.#isSaving) {
      return { kind: 'held' };
    }
    this.#isSaving = true;
    this.#stopper = new AbortController();
    this.dismiss();
    this.#deps.changed();
    try {
      return await (editing.base ? this.#replace(editing, editing.base) : this.#create(editing));
    } catch (error) {
      this.#problem = asProblem(error);
      return { kind: 'held' };
    } finally {
      this.#isSaving = false;
      this.#deps.changed();
    }
  }

  async #create(editing: ScheduleEditing): Promise<SavingEnd> {
    const { client, clock, keep } = this.#deps;
    const { signal } = this.#stopper;
    const { form } = editing;
    const note = async (sent: SentSchedule | undefined): Promise<void> => {
      editing.sending(sent);
      await keep();
    };
    const { schedule, form: made } = await createSchedule({ client, clock, note }, form, editing.sent, signal);
    const isAsAsked = editing.form === form;
    editing.saved(schedule, made);
    // What was sent before was found: what was changed since is saved to it, unless somebody is typing on.
    return made !== form && isAsAsked && editing.isDirty
      ? this.#replace(editing, schedule)
      : { kind: 'saved', schedule, isNew: true };
  }

  async #replace(editing: ScheduleEditing, base: Schedule): Promise<SavingEnd> {
    const saved = await this.#replacing.replace(editing, base, this.#stopper.signal);
    this.#kept = saved?.kept ?? [];
    return saved ? { kind: 'saved', schedule: saved.schedule, isNew: false } : { kind: 'held' };
  }
}
