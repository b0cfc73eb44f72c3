import { isDeepStrictEqual } from 'node:util';
import { changedMembers, mergeForms } from '../model/scheduleChange';
import type { SentSchedule } from '../model/scheduleCreation';
import { emptyForm, formOf, type ScheduleForm } from '../model/scheduleForm';
import type { Schedule } from '../oz/types';
import type { KeptForm } from './keptForms';
import { type KeptServers, serversToKeep, withKeptServers } from './keptServers';

/** All that an undo brings back. */
interface State {
  form: ScheduleForm;
  /** What the form is while nothing is changed. */
  start: ScheduleForm;
  /** The schedule that the form began with; undefined for a new one, and until it was read. */
  base?: Schedule | undefined;
  /** It was changed elsewhere, where that is to be decided about. */
  theirs?: Schedule | undefined;
  /** A new one was sent, and may exist. */
  sent?: SentSchedule | undefined;
  /** MCP servers that the form had and that were not kept. */
  lost?: KeptServers | undefined;
}

/** A form being edited, beside the schedule that it began with and what became of that meanwhile. */
export class ScheduleEditing {
  #state: State;
  #isGone = false;
  /** What it was before it was given up. */
  #undo: State | undefined;

  private constructor(state: State) {
    this.#state = state;
  }

  /**
   * @param draft what it begins with; nothing where that is to be as it was
   * @param kept what was typed for it before
   */
  static ofNew(draft: Partial<ScheduleForm>, kept: KeptForm | undefined): ScheduleEditing {
    const isDrafted = Object.keys(draft).length > 0;
    const before = kept?.start ?? emptyForm();
    const start = isDrafted ? { ...emptyForm(), ...draft } : before;
    const isTyped = kept && (!isSame(kept.form, before) || (kept.servers ?? 'asBegun') !== 'asBegun' || kept.sent);
    if (!kept || (isDrafted && !isTyped)) {
      return new ScheduleEditing({ start, form: start });
    }
    const { form, lost } = withKeptServers(kept.form, kept.servers, start, isDrafted);
    return new ScheduleEditing({ start, form, sent: kept.sent, lost });
  }

  /** Without a schedule, one that is not there (any more): what was kept of it can still be had. */
  static of(schedule: Schedule | undefined, kept: KeptForm | undefined): ScheduleEditing {
    const base = kept?.base ? withServersOf(kept.base, schedule) : schedule;
    const start = base ? formOf(base) : emptyForm();
    const { form, lost } = withKeptServers(kept?.form ?? start, kept?.servers, start, schedule !== undefined);
    const editing = new ScheduleEditing({ start, form, base, lost });
    editing.learn(schedule);
    return editing;
  }

  get form(): ScheduleForm {
    return this.#state.form;
  }

  get base(): Schedule | undefined {
    return this.#state.base;
  }

  get theirs(): Schedule | undefined {
    return this.#state.theirs;
  }

  /** What was sent for a new one that may exist. */
  get sent(): SentSchedule | undefined {
    return this.#state.sent;
  }

  /** MCP servers that it had were not kept: they have to be chosen again. */
  get lacksServers(): boolean {
    return this.#state.lost !== undefined;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  get canUndo(): boolean {
    return this.#undo !== undefined;
  }

  get isDirty(): boolean {
    const { base, start, form } = this.#state;
    return base ? changedMembers(start, form).length > 0 : !isSame(start, form);
  }

  /** What would be lost if it were not kept; undefined where that is nothing. */
  get toKeep(): KeptForm | undefined {
    const { form, start, base, sent, lost } = this.#state;
    const servers = lost ?? serversToKeep(form, start);
    const isNothing = base ? !this.isDirty && !lost : isSame(form, emptyForm()) && !sent && !lost;
    return isNothing
      ? undefined
      : { form, ...(base ? { base } : { start }), ...(servers && { servers }), ...(sent && { sent }) };
  }

  change(change: (form: ScheduleForm) => ScheduleForm): void {
    const { form: before, lost } = this.#state;
    const form = change(before);
    const isChosen = !isDeepStrictEqual(form.config.mcp_servers, before.config.mcp_servers);
    this.#state = { ...this.#state, form, lost: isChosen ? undefined : lost };
    this.#undo = undefined;
  }

  /** As it was; what was typed can be had back. */
  revert(): void {
    this.#giveUp(this.theirs ?? this.base);
  }

  takeTheirs(): void {
    if (this.theirs) {
      this.#giveUp(this.theirs);
    }
  }

  /** What was changed here stays so, the rest is as it is there now. */
  keepMine(): void {
    const { start, form, theirs } = this.#state;
    if (theirs) {
      this.#begin(theirs, mergeForms(start, form, formOf(theirs)).form);
    }
  }

  /** All that was given up is there again, beside what others did meanwhile. */
  undo(): void {
    const newest = this.theirs ?? this.base;
    this.#state = this.#undo ?? this.#state;
    this.#undo = undefined;
    if (newest && !this.#isGone) {
      this.learn(newest);
    }
  }

  /** What was said about it was read. */
  dismiss(): void {
    this.#undo = undefined;
    this.#state = { ...this.#state, lost: undefined };
  }

  /** How the schedule is on the service now; undefined when it is there no more. */
  learn(schedule: Schedule | undefined): void {
    this.#isGone = !schedule;
    if (!schedule) {
      return;
    }
    const { start, form, base } = this.#state;
    const now = formOf(schedule);
    if (!base || !this.isDirty) {
      this.#begin(schedule, now);
      return;
    }
    const { form: merged, conflicts, theirs } = mergeForms(start, form, now);
    const isChanged = changedMembers(start, now).length > 0;
    // Pausing is done beside the form: it is no reason to ask.
    if (!isChanged || (conflicts.length === 0 && theirs.every((member) => member === 'enabled'))) {
      this.#begin(schedule, isChanged ? merged : form);
    } else {
      this.#state = { ...this.#state, theirs: schedule };
    }
  }

  /** A new one is about to be sent, and may exist from then on; undefined: the service refused it. */
  sending(sent: SentSchedule | undefined): void {
    this.#state = { ...this.#state, sent };
    this.#undo = undefined;
  }

  /** The service has it now, as `sent`; what was typed since stays. */
  saved(schedule: Schedule, sent: ScheduleForm): void {
    const { form } = mergeForms(sent, this.form, formOf(schedule));
    this.#state = { form, start: formOf(schedule), base: schedule };
    this.#isGone = false;
    this.#undo = undefined;
  }

  /** It is to be made anew, since it is gone. */
  becomeNew(): void {
    this.#state = { form: this.form, start: emptyForm(), lost: this.#state.lost };
    this.#isGone = false;
  }

  #begin(base: Schedule, form: ScheduleForm): void {
    this.#state = { form, start: formOf(base), base, lost: this.#state.lost };
  }

  #giveUp(schedule: Schedule | undefined): void {
    const before = this.#state;
    const { start, base } = schedule ? { start: formOf(schedule), base: schedule } : before;
    this.#state = { form: start, start, base };
    this.#undo = before;
  }
}

/** A kept schedule with its MCP servers, which are not kept, as they are now. */
function withServersOf(kept: Schedule, now: Schedule | undefined): Schedule {
  const servers = now?.agent_config?.mcp_servers;
  return servers ? { ...kept, agent_config: { ...kept.agent_config, mcp_servers: servers } } : kept;
}

function isSame(one: ScheduleForm, other: ScheduleForm): boolean {
  return isDeepStrictEqual(withoutUndefined(one), withoutUndefined(other));
}

function withoutUndefined(form: ScheduleForm): object {
  return Object.fromEntries(Object.entries(form).filter(([, value]) => value !== undefined));
}
