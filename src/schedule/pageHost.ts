import type { ScheduleStore } from '../model/scheduleStore';
import type { WebHost, WebPage } from '../platform/webPanel';
import type { PageAbout } from './about';
import type { ComparedTexts } from './comparedTexts';
import type { FormPart, ToPage } from './protocol';

/** What a page's host does in the editor. */
export interface PageHost extends WebHost<ToPage> {
  /** Runs one of the extension's commands; ends when that has ended. */
  execute(command: string, argument?: Record<string, unknown>): Promise<void>;
  /** What a person asked for, with the reason when it cannot be done. */
  attempt(work: () => Promise<unknown>): void;
  /** Asks a person, who picks one of the answers or none, and gives the page the focus again. */
  choose(question: string, detail: string, answers: readonly string[]): Promise<string | undefined>;
  /** Shows two texts beside each other, with what differs. */
  compare(texts: ComparedTexts): Promise<void>;
  /** Gives the page the focus again after a dialog. */
  focus(): void;
  setTitle(title: string): void;
  /** The panel is about this from now on. */
  became(about: PageAbout): void;
  close(): void;
}

/** The host's half of a page. */
export interface PanelPage extends WebPage {
  /** Saves what is written, where there is something. */
  save?(): void;
  /** Brings the person to a part of it as soon as it is there. */
  focusOn?(part: FormPart): void;
}

/** What a page reads of the schedules. */
export type SchedulesRead = Pick<
  ScheduleStore,
  | 'get'
  | 'all'
  | 'ofThisAccount'
  | 'refresh'
  | 'status'
  | 'lastGood'
  | 'pastRuns'
  | 'restsUntil'
  | 'onDidChange'
  | 'onDidChangeStatus'
>;
