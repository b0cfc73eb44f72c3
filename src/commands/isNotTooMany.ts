import * as vscode from 'vscode';

/** More tabs than this are hardly meant. */
const fewEnough = 8;

/** True when so many tabs may be opened at once: a person is asked about more than a few. */
export async function isNotTooMany(count: number): Promise<boolean> {
  if (count <= fewEnough) {
    return true;
  }
  const { t } = vscode.l10n;
  const open: vscode.MessageItem = { title: t('Open All') };
  const detail = t('Each of them gets a tab of its own.');
  return (await vscode.window.showWarningMessage(t('Open {0} runs?', count), { modal: true, detail }, open)) === open;
}
