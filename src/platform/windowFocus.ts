import * as vscode from 'vscode';
import type { WindowFocus } from '../model/freshSchedules';

/** As the editor knows it. */
export const windowFocus: WindowFocus = {
  get isFocused() {
    return vscode.window.state.focused;
  },
  onDidChange: (listener) =>
    vscode.window.onDidChangeWindowState(({ focused }) => {
      listener(focused);
    }),
};
