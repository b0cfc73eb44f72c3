import type { NamedOption, NamedValue } from '../model/namedValue';
import type { PageAbout } from './about';

/** The texts of a form, which the page owns while they are typed. */
export const textFields = ['name', 'prompt', 'cron'] as const;
export type TextField = (typeof textFields)[number];

/** Whose a new schedule is. */
export const owners = ['default', 'team', 'personal'] as const;
export type Owner = (typeof owners)[number];

/** What is kept where both changed the same. */
export const sides = ['mine', 'theirs'] as const;
export type Side = (typeof sides)[number];

/** What a person can have done. Each is offered only where it makes sense, and the host looks again. */
export const actNames = [
  'changeEnvironment',
  'changeModel',
  'changePrompt',
  'chooseServers',
  'chooseSkill',
  'compareBasePrompt',
  'comparePrompt',
  'connect',
  'createAgain',
  'delete',
  'diagnose',
  'discard',
  'dismiss',
  'dropSkill',
  'keepMine',
  'moveHere',
  'newSchedule',
  'openEnvironments',
  'openInBrowser',
  'openSkill',
  'pause',
  'reload',
  'resume',
  'revert',
  'runNow',
  'save',
  'saveAnyway',
  'setKey',
  'showChanges',
  'showOther',
  'showSchedules',
  'showWeek',
  'stopSaving',
  'takeTheirs',
  'topUp',
  'undo',
] as const;
export type ActName = (typeof actNames)[number];

/** Characters that a page may send as one text. */
export const mostTyped = 1_000_000;

/** What the page asks of the host. */
export type FromPage =
  /** The time zone of the person, who may be elsewhere than the host. */
  | { type: 'ready'; zone: string }
  /** What is typed, at each key. `turn`: of the last texts that the host gave. */
  | { type: 'text'; field: TextField; text: string; turn: number }
  | { type: 'enabled'; value: boolean }
  | { type: 'owner'; value: Owner }
  | { type: 'act'; name: ActName }
  /** One of the further options. */
  | { type: 'option'; item: number }
  /** What is kept where both changed the same, one for each; none: nothing is saved. */
  | { type: 'sides'; sides: Side[] | null }
  /** One of the schedules of the week. */
  | { type: 'open'; item: number }
  | { type: 'showPaused'; value: boolean };

/** What the host tells the page. */
export type ToPage =
  | { type: 'form'; view: FormView }
  /** Texts that others than the page changed; they take the place of what is there. */
  | { type: 'texts'; texts: Partial<Record<TextField, string>>; turn: number }
  | { type: 'week'; view: WeekView }
  /** What outlives the page: which schedule it is about. */
  | { type: 'about'; about: PageAbout }
  | { type: 'focus'; part: FormPart }
  /** Said to assistive technology. */
  | { type: 'say'; text: string };

/** What the page knows before it hears from the host. */
export type PageStart =
  | { kind: 'form'; about: PageAbout; words: FormWords; view: FormView; texts: Record<TextField, string>; turn: number }
  | { kind: 'week'; about: PageAbout; words: WeekWords; view: WeekView };

export type FormPart = 'name' | 'prompt' | 'skill' | 'cron' | 'environment' | 'model' | 'owner' | 'enabled' | 'more';

/** Words of a form that do not change. */
export interface FormWords {
  labels: Record<FormPart | 'preset', string>;
  hints: Partial<Record<FormPart, string>>;
  placeholders: Record<TextField, string>;
  presets: Record<'none' | 'hourly' | 'daily' | 'weekdays' | 'weekly' | 'monthly' | 'custom', string>;
  hour: string;
  minute: string;
  weekday: string;
  day: string;
  /** Stand between the parts of a time: before the day of the month, and before the hour. */
  onDay: string;
  atTime: string;
  /** With the local time as {0}. */
  whereYouAre: string;
  /** With the text that it puts in place as {0}. */
  useFix: string;
  owners: Record<Owner, string>;
  enabledBox: string;
  nextRuns: string;
  /** Instead of it while the schedule is paused. */
  pausedRuns: string;
  yourTime: string;
  showWeek: string;
  field: string;
  chooseSkill: string;
  change: string;
  remove: string;
  /** Stands where an option is not set. */
  byDefault: string;
}

/** All of a form but its texts. */
export interface FormView {
  title: string;
  /** What state it is in, in words. */
  state: { words: string; look: 'active' | 'paused' | 'changed' | 'failing' | 'new' };
  /** The schedule is not known yet: there is nothing to be edited. */
  isLoading: boolean;
  isSaving: boolean;
  acts: PageAct[];
  bars: Bar[];
  /** What keeps it from being saved. */
  problems: Partial<Record<FormPart, string>>;
  /** What is good to know, and no hindrance. */
  remarks: Partial<Record<FormPart, string>>;
  cron: CronView;
  skill: (NamedValue & { spec: string }) | null;
  environment: NamedValue;
  model: NamedValue;
  options: NamedOption[];
  enabled: boolean;
  /** Null where it cannot be changed any more; then `ownedBy` says whose it is, where that is known. */
  owner: Owner | null;
  ownedBy: string;
}

export interface PageAct {
  name: ActName;
  label: string;
  /** The one that Enter would take. */
  isFirst?: true;
  isOff?: true;
  title?: string;
  /** The key that does it too: with Ctrl, or with ⌘ where the page is on a Mac. */
  key?: string;
}

export interface TableRow {
  member: string;
  left: string;
  right: string;
  /** Shows both in full. */
  act?: PageAct;
}

/** What stands above a form until it is dealt with. */
export interface Bar {
  kind: 'error' | 'warning' | 'info';
  words: string;
  acts: PageAct[];
  /** What is different, under the names of its two sides; `also`: what is not to be chosen beside what is. */
  table?: { left: string; right: string; rows: TableRow[]; also?: { words: string; rows: TableRow[] } };
  /** Mine (left) or theirs (right) is to be chosen for each row, which these words answer with. */
  choice?: { save: string; cancel: string };
}

export interface CronView {
  /** The times in words; empty where there are none. */
  words: string;
  /** Where something is wrong, in characters; in order, without overlaps. */
  marks: { start: number; end: number }[];
  /** What is wrong, each with the expressions that may be meant. */
  problems: { words: string; fixes: string[] }[];
  zone: string;
  runs: { local: string; utc: string }[];
  notes: string[];
}

export interface WeekWords {
  title: string;
  showPaused: string;
  hour: string;
  often: string;
  /** With the count of those that are not shown as {0}. */
  more: string;
  nothing: string;
  newSchedule: string;
}

export interface WeekView {
  /** What the week is like, in a sentence or two. */
  summary: string;
  /** The time zone of the columns. */
  zone: string;
  days: WeekDay[];
  /** Schedules that run too often for a mark each. */
  bands: (WeekMark & { words: string })[];
  /** The hours of a day by their names; a group is in one of them. */
  hours: string[];
  paused: number;
  showsPaused: boolean;
  isBusy: boolean;
  bars: Bar[];
}

export interface WeekDay {
  name: string;
  long: string;
  groups: WeekGroup[];
}

/** A run by itself, or those within an hour of the day that meet. */
export interface WeekGroup {
  hour: number;
  /** How many schedules meet, in words; empty where it is one. */
  collision: string;
  runs: WeekRun[];
}

/** What stands for a schedule, or for one of its runs. */
export interface WeekMark {
  item: number;
  name: string;
  /** What is said after the name: of a run both times, and how the schedule fares. */
  said: string;
  isPaused: boolean;
  /** Why somebody is to look at the schedule. */
  alert: 'failing' | 'changed' | 'overdue' | null;
}

export interface WeekRun extends WeekMark {
  /** In minutes since 1970: with `item`, it names the run. */
  at: number;
  /** ":05" */
  minute: string;
  time: string;
}
