import type { ScheduleStore } from '../model/scheduleStore';
import type { Disposable } from '../model/emitter';
import type { LoadsPage } from '../platform/pageLoading';
import type { PageFiles } from '../platform/pageShell';
import type { PageAbout, ToPage } from './protocol';

/** What a page's host does in the editor. */
export interface PageHost extends LoadsPage {
  /** Never waited for: a hidden page hears nothing, and asks again when it is shown. */
  post(message: ToPage): void;
  /** Runs one of the extension's commands; ends when that has ended. */
  execute(command: string, argument?: Record<string, unknown>): Promise<void>;
  /** What a person asked for, with the reason when it cannot be done. */
  attempt(work: () => Promise<unknown>): void;
  setTitle(title: string): void;
  /** The panel is about this from now on. */
  became(about: PageAbout): void;
  close(): void;
}

/** The host's half of a page. */
export interface PanelPage extends Disposable {
  html(files: PageFiles, nonce: string): string;
  load(): void;
  /** Loads the page again after it was given up. */
  restart(): void;
  setVisible(visible: boolean): void;
  /** Takes what the page sent. What is not exactly a message of the protocol is passed over. */
  receive(value: unknown): void;
}

/** What a page reads of the schedules. */
export type SchedulesRead = Pick<
  ScheduleStore,
  | 'get'
  | 'ids'
  | 'put'
  | 'refresh'
  | 'status'
  | 'readAt'
  | 'pastRuns'
  | 'restsUntil'
  | 'onDidChange'
  | 'onDidChangeStatus'
>;
