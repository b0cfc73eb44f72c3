import { isDeepStrictEqual } from 'node:util';
import { likened } from '../model/formTexts';
import { withServersLike } from '../model/hiddenServers';
import { changedMembers, type FormMember, mergeForms } from '../model/scheduleChange';
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
  /** What it was before it was given up, or before what others changed was taken over. */
  #undo: { state: State; taken?: readonly FormMember[] } | undefined;

  private constructor(state: State) {
    this.#state = state;
  }

  /**
   * @param draft what it begins with; nothing where that is to be as it was
   * @param kept what was typed for it before
   */
  static ofNew(draft: Partial<ScheduleForm>, kept: KeptForm | undefined): ScheduleEditing {
    const isDrafted = Object.keys(draft).length > 0;
    const start = isDrafted ? { ...emptyForm(), ...draft } : (kept?.start ?? emptyForm());
    if (!kept || (isDrafted && !isTyped(kept))) {
      return new ScheduleEditing({ start, form: start, sent: kept?.sent });
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

  /** What the form is while nothing is changed. */
  get start(): ScheduleForm {
    return this.#state.start;
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

  /** A new one that is what is written here was sent, and may exist. */
  get isInDoubt(): boolean {
    return this.sent !== undefined && !this.sent.isGivenUp;
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

  /** What others changed and was taken over, where that can be undone. */
  get taken(): readonly FormMember[] | undefined {
    return this.#undo?.taken;
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
    const before = this.#state;
    const { start, form, theirs } = before;
    if (theirs) {
      const merge = mergeForms(start, form, formOf(theirs));
      this.#begin(theirs, merge.form);
      this.#undo = merge.theirs.length > 0 ? { state: before, taken: merge.theirs } : undefined;
    }
  }

  /** All that was given up is there again, beside what others did meanwhile. */
  undo(): void {
    const newest = this.theirs ?? this.base;
    this.#state = this.#undo?.state ?? this.#state;
    this.#undo = undefined;
    if (newest && !this.#isGone) {
      this.learn(newest);
    }
  }

  /** What was said about it was read. */
  dismiss(): void {
    const { sent } = this.#state;
    this.#undo = undefined;
    this.#state = { ...this.#state, lost: undefined, sent: sent?.isGivenUp ? undefined : sent };
  }

  /** How the schedule is on the service now; undefined when it is there no more. */
  learn(schedule: Schedule | undefined): void {
    this.#isGone = !schedule;
    if (!schedule) {
      return;
    }
    const { start, form: typed, base } = this.#state;
    const now = formOf(schedule);
    // It may be what was sent from here, where the answer was lost.
    const form = likened(withServersLike(typed, now, { shown: now, before: start }), now);
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

  /** A new one is about to be sent, and may exist from then on; undefined: none that is known of. */
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
    const { start, base, sent } = schedule ? { start: formOf(schedule), base: schedule } : before;
    // It may come into being all the same, and is not to be made twice when it is written again.
    this.#state = { form: start, start, base, sent: sent && { ...sent, isGivenUp: true } };
    this.#undo = { state: before };
  }
}

/** Somebody wrote something, or it was sent and may exist. */
export function isTyped({ form, start, base, servers = 'asBegun', sent }: KeptForm): boolean {
  const before = start ?? (base ? formOf(base) : emptyForm());
  return !isSame(form, before) || servers !== 'asBegun' || (sent !== undefined && !sent.isGivenUp);
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
