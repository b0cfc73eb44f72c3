import type { LineRange } from '../model/conversationDiff';
import type { WebHost } from '../platform/webPanel';
import type { PartText } from './blockText';
import type { ToPage } from './protocol';

/** What the page's host does in the editor. */
export interface PageHost extends WebHost<ToPage> {
  /** Runs one of the extension's commands for this run or conversation; a promise that comes back ends when it has ended. */
  execute(command: string, argument: Record<string, unknown>): unknown;
  /** Opens an address that was checked. */
  openLink(url: string): void;
  /** A text that is still being made is awaited; what keeps it from being made is said. */
  copy(text: string | Promise<string>): void;
  openText(name: string, part: PartText): void;
  /** What the editor is called where it is no edit of the agent's, and where the two texts are in the file: lines from 1. */
  openDiff(name: string, before: string, after: string, about?: { title: string } | { lines: LineRange }): void;
  /** Opens the changes of several files in one editor. */
  openChanges(changes: readonly { path: string; before: string; after: string }[]): void;
  /** Opens a file of the workspace by the path that an agent wrote, at a line from 1. */
  openFile(path: string, line: number | undefined): void;
}
