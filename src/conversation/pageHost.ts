import type { PartText } from './blockText';
import type { ToPage } from './protocol';

/** What the page's host does in the editor. */
export interface PageHost {
  /** Never waited for: a hidden page hears nothing, and asks again when it is shown. */
  post(message: ToPage): void;
  /** Puts the page's HTML in place, anew. */
  load(): void;
  /** Runs one of the extension's commands for this run. */
  execute(command: string, argument: Record<string, unknown>): void;
  /** Opens an address that was checked. */
  openLink(url: string): void;
  copy(text: string): void;
  openText(name: string, part: PartText): void;
  openDiff(name: string, before: string, after: string): void;
  openTranscript(): void;
  /** The page did not come up. */
  gaveUp(): void;
}
