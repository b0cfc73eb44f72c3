import type { Disposable, Event } from './emitter';
import type { NamedOption, NamedValue } from './namedValue';
import type { ScheduleForm } from './scheduleForm';

export type ChangeForm = (form: ScheduleForm) => ScheduleForm;

/**
 * The fields of a form whose values a person picks in the editor's own lists, as those of a launch. It is made by whoever has
 * those lists; see `agentRuns.ts`. All words are safe to show.
 */
export interface ScheduleFields extends Disposable {
  /** What is known of a value got more. */
  readonly onDidChange: Event<undefined>;
  /** @param known the name that the schedule itself brings */
  environment(id: string | undefined, known: string | undefined): NamedValue;
  model(id: string | undefined): NamedValue;
  identity(uid: string): NamedValue;
  skill(spec: string): NamedValue;
  /** The further options, in the order of their rows. */
  options(form: ScheduleForm): NamedOption[];
  /** Each asks the person, and has the form changed as often as they do. */
  askEnvironment(form: ScheduleForm, change: (how: ChangeForm) => void): Promise<void>;
  askModel(form: ScheduleForm, change: (how: ChangeForm) => void): Promise<void>;
  askSkill(change: (how: ChangeForm) => void): Promise<void>;
  askServers(form: ScheduleForm, change: (how: ChangeForm) => void): Promise<void>;
  /** @param item the place of an option among `options` */
  askOption(item: number, form: ScheduleForm, change: (how: ChangeForm) => void): Promise<void>;
}
