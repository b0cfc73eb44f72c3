import { asProblem } from '../model/loadStatus';
import type { LeftOut } from '../model/runAgain';
import { type SaveAnswer, type SaveQuestion, saveSchedule } from '../model/saveSchedule';
import type { FormMember } from '../model/scheduleChange';
import { createSchedule, type SentSchedule } from '../model/scheduleCreation';
import type { Clock } from '../oz/clock';
import type { OzClient } from '../oz/ozClient';
import type { ApiProblem } from '../oz/problems';
import type { Schedule } from '../oz/types';
import type { ScheduleEditing } from './scheduleEditing';

export interface SavingDeps {
  client: Pick<OzClient, 'getWholeSchedule' | 'updateSchedule' | 'listSchedules' | 'createSchedule'>;
  clock: Pick<Clock, 'now' | 'after'>;
  /** Something of this is another now. */
  changed: () => void;
  /** Keeps the form with what is about to be sent for it; ends when it is kept. */
  keep: () => PromiseLike<void>;
  /** The service has this now, whatever becomes of the rest. */
  saved: (schedule: Schedule) => void;
  /** The service answered that it was made here. */
  created: (schedule: Schedule) => void;
}

/** How it ended. `saved`: the service has it; `held`: a person does not want it after all, or something kept it. */
export type SavingEnd = { kind: 'saved'; isNew: boolean } | { kind: 'held' };

/** Saves a form, one at a time, and asks the person what that takes. */
export class ScheduleSaving {
  readonly #deps: SavingDeps;
  #isSaving = false;
  #problem: ApiProblem | undefined;
  #kept: readonly FormMember[] = [];
  #stopper = new AbortController();
  #question: SaveQuestion | undefined;
  #answer: (answer: SaveAnswer) => void = () => undefined;
  /** What the service hides and may go back as it is shown, by a person's word. */
  #mayHide: readonly LeftOut[] = [];

  constructor(deps: SavingDeps) {
    this.#deps = deps;
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
    return this.#question;
  }

  /** What others changed of what was saved last, and is kept beside it. */
  get kept(): readonly FormMember[] {
    return this.#kept;
  }

  dismiss(): void {
    this.forgive();
    this.#kept = [];
  }

  /** What could not be saved is not wanted any more, or is there. */
  forgive(): void {
    this.#problem = undefined;
  }

  /** Answers what is asked. Sides that are not one for each conflict are no answer. */
  answer(answer: SaveAnswer): void {
    const count = this.#question?.kind === 'sides' ? this.#question.conflicts.length : 0;
    if (this.#question && (!answer || answer.length === count)) {
      this.#answer(answer);
    }
  }

  /** Gives up saving. What was sent already may be saved, which is found out as far as can be. */
  stop(): void {
    this.answer(null);
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
      const { base } = editing;
      const isSaved = await (base ? this.#replace(editing, base) : this.#create(editing));
      return isSaved ? { kind: 'saved', isNew: !base } : { kind: 'held' };
    } catch (error) {
      this.#problem = asProblem(error);
      return { kind: 'held' };
    } finally {
      this.#isSaving = false;
      this.#deps.changed();
    }
  }

  /** True once the service has all of it. */
  async #create(editing: ScheduleEditing): Promise<boolean> {
    const { client, clock, changed, keep, saved, created } = this.#deps;
    const { signal } = this.#stopper;
    const { form } = editing;
    const note = async (sent: SentSchedule | undefined): Promise<void> => {
      editing.sending(sent);
      await keep();
    };
    const outcome = await createSchedule({ client, clock, note }, form, editing.sent, signal);
    const { schedule, form: made, isAnswered } = outcome;
    const isAsAsked = editing.form === form;
    editing.saved(schedule, made);
    changed();
    saved(schedule);
    if (isAnswered) {
      created(schedule);
    }
    // What was sent before was found: what was changed since is saved to it, unless somebody is typing on.
    return made === form || !isAsAsked || !editing.isDirty || this.#replace(editing, schedule);
  }

  /** False also when it is gone. */
  async #replace(editing: ScheduleEditing, base: Schedule): Promise<boolean> {
    const { client, saved } = this.#deps;
    const { form } = editing;
    const ask = (question: SaveQuestion): Promise<SaveAnswer> => this.#ask(question);
    const deps = { client, ask, mayHide: this.#mayHide };
    const outcome = await saveSchedule(deps, base, form, this.#stopper.signal);
    if (outcome.kind !== 'saved') {
      editing.learn(outcome.kind === 'gone' ? undefined : outcome.schedule);
      return false;
    }
    editing.saved(outcome.schedule, form);
    this.#kept = outcome.kept;
    saved(outcome.schedule);
    return true;
  }

  async #ask(question: SaveQuestion): Promise<SaveAnswer> {
    const answer = await new Promise<SaveAnswer>((resolve) => {
      this.#question = question;
      this.#answer = resolve;
      this.#deps.changed();
    });
    this.#question = undefined;
    this.#deps.changed();
    if (question.kind === 'hidden') {
      this.#mayHide = answer ? question.hidden : [];
    }
    return answer;
  }
}
