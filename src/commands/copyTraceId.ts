import * as vscode from 'vscode';
import { memberOf } from '../oz/json';
import type { LastTrace } from '../platform/lastTrace';
import { plain } from '../platform/plainText';

/** Copies the trace id that the argument names, else the newest one: the service's support finds the error by it. */
export async function copyTraceId({ trace }: { trace: Pick<LastTrace, 'id'> }, argument?: unknown): Promise<void> {
  const { t } = vscode.l10n;
  const named = memberOf(argument, 'traceId');
  const id = typeof named === 'string' ? named : trace.id;
  if (id === undefined) {
    void vscode.window.showInformationMessage(t('No error with a trace id was seen since this window opened.'));
    return;
  }
  // It may be pasted into a terminal, where it must not bring lines of its own.
  await vscode.env.clipboard.writeText(plain(id, 200));
  vscode.window.setStatusBarMessage(t('Trace id copied'), 3000);
}
