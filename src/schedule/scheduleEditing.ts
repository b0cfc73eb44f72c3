import { isDeepStrictEqual } from 'node:util';
import { changedMembers, mergeForms } from '../model/scheduleChange';
import { emptyForm, formOf, type ScheduleForm } from '../model/scheduleForm';
import type { Schedule } from '../oz/types';
import type { KeptForm } from './keptForms';

/** What a form is about: a schedule, or a new one and where it comes from, which names its draft. */
export type FormTarget = { scheduleId: string } | { draft: Partial<ScheduleForm>; from: string };

/** A form being edited, beside the schedule that it began with and what became of that meanwhile. */
export class ScheduleEditing {
  #form: ScheduleForm;
  /** The schedule that the form began with; undefined for a new one, and until it was read. */
  #base: Schedule | undefined;
  /** What the form is while nothing is changed. */
  #start: ScheduleForm;
  /** It was changed elsewhere, where that is to be decided about. */
  #theirs: Schedule | undefined;
  #isGone = false;
  /** What the form was before it was given up. */
  #undo: ScheduleForm | undefined;

  private constructor(start: ScheduleForm, form: ScheduleForm, base: Schedule | undefined) {
    this.#start = start;
    this.#form = form;
    this.#base = base;
  }

  /**
   * @param draft what it begins with; nothing where that is to be as it was
   * @param kept what was typed for it before
   */
  static ofNew(draft: Partial<ScheduleForm>, kept: KeptForm | undefined): ScheduleEditing {
    const before = kept?.start ?? emptyForm();
    const start = Object.keys(draft).length > 0 ? { ...emptyForm(), ...draft } : before;
    const form = kept && !isSame(kept.form, before) ? kept.form : start;
    return new ScheduleEditing(start, form, undefined);
  }

  /** Without a schedule, one that is not there (any more): what was kept of it can still be had. */
  static of(schedule: Schedule | undefined, kept: KeptForm | undefined): ScheduleEditing {
    const base = kept?.base ?? schedule;
    const start = base ? formOf(base) : emptyForm();
    const editing = new ScheduleEditing(start, kept?.form ?? start, base);
    editing.learn(schedule);
    return editing;
  }

  get form(): ScheduleForm {
    return this.#form;
  }

  get base(): Schedule | undefined {
    return this.#base;
  }

  get theirs(): Schedule | undefined {
    return this.#theirs;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  get canUndo(): boolean {
    return this.#undo !== undefined;
  }

  get isDirty(): boolean {
    return this.#base ? changedMembers(this.#start, this.#form).length > 0 : !isSame(this.#start, this.#form);
  }

  /** What would be lost if it were not kept; undefined where that is nothing. */
  get toKeep(): KeptForm | undefined {
    const form = this.#form;
    if (this.#base) {
      return this.isDirty ? { form, base: this.#base } : undefined;
    }
    return isSame(form, emptyForm()) ? undefined : { form, start: this.#start };
  }

  change(change: (form: ScheduleForm) => ScheduleForm): void {
    this.#form = change(this.#form);
    this.#undo = undefined;
  }

  /** As it was; what was typed can be had back. */
  revert(): void {
    this.#giveUp(this.#theirs ?? this.#base);
  }

  takeTheirs(): void {
    this.#giveUp(this.#theirs);
  }

  /** What was changed here stays so, the rest is as it is there now. */
  keepMine(): void {
    if (this.#theirs) {
      this.#form = mergeForms(this.#start, this.#form, formOf(this.#theirs)).form;
      this.#begin(this.#theirs);
    }
  }

  undo(): void {
    this.#form = this.#undo ?? this.#form;
    this.#undo = undefined;
  }

  forgetUndo(): void {
    this.#undo = undefined;
  }

  /** How the schedule is on the service now; undefined when it is there no more. */
  learn(schedule: Schedule | undefined): void {
    if (!schedule) {
      this.#isGone = true;
      return;
    }
    this.#isGone = false;
    if (!this.#base || changedMembers(this.#start, formOf(schedule)).length === 0) {
      const isFirst = !this.#base;
      this.#begin(schedule);
      this.#form = isFirst ? this.#start : this.#form;
      return;
    }
    if (!this.isDirty) {
      this.#begin(schedule);
      this.#form = this.#start;
      return;
    }
    const { form, conflicts, theirs } = mergeForms(this.#start, this.#form, formOf(schedule));
    // Pausing is done beside the form: it is no reason to ask.
    if (conflicts.length === 0 && theirs.every((member) => member === 'enabled')) {
      this.#form = form;
      this.#begin(schedule);
    } else {
      this.#theirs = schedule;
    }
  }

  /** The service has it now, as `sent`; what was typed since stays. */
  saved(schedule: Schedule, sent: ScheduleForm): void {
    this.#form = mergeForms(sent, this.#form, formOf(schedule)).form;
    this.#begin(schedule);
    this.#isGone = false;
    this.#undo = undefined;
  }

  /** It is to be made anew, since it is gone. */
  becomeNew(): void {
    this.#base = undefined;
    this.#theirs = undefined;
    this.#isGone = false;
    this.#start = emptyForm();
  }

  #begin(schedule: Schedule): void {
    this.#base = schedule;
    this.#start = formOf(schedule);
    this.#theirs = undefined;
  }

  #giveUp(schedule: Schedule | undefined): void {
    const before = this.#form;
    if (schedule) {
      this.#begin(schedule);
    }
    this.#form = this.#start;
    this.#undo = before;
  }
}

function isSame(one: ScheduleForm, other: ScheduleForm): boolean {
  return isDeepStrictEqual(withoutUndefined(one), withoutUndefined(other));
}

function withoutUndefined(form: ScheduleForm): object {
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined));
}
