import type * as findings from '../platform/cronFindingWords';
import type * as problems from '../platform/problemWords';

/** The extension's words and formats, given so that a page's half in the host needs no editor. */
export interface ScheduleWords extends Pick<typeof findings, 'cronFindingWords' | 'withInstead'> {
  /** `vscode.l10n.t`: placeholders are `{0}`, `{1}` and so on. */
  t: (message: string, ...values: (string | number)[]) => string;
  problemWords: typeof problems.problemWords;
  cronInWords: (expression: string) => string;
  /** Of times and names, as `vscode.env.language`. */
  language: string;
}
