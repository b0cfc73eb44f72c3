import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

type Shown = vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox;

/**
 * Watches the quick picks and input boxes that are opened, the real ones, and answers them as a person with a keyboard. It
 * also answers messages, by the button's beginning.
 */
export class QuickInputs {
  readonly messages: string[] = [];
  readonly #opened: Shown[] = [];
  readonly #real = { ...vscode.window };
  #button = '';
  #seen = 0;

  constructor() {
    const watched = <T extends Shown>(box: T): T => {
      this.#opened.push(box);
      return box;
    };
    const answer = (words: string, ...rest: unknown[]): Promise<unknown> => {
      this.messages.push(words);
      const titleOf = (one: unknown): string =>
        typeof one === 'string' ? one : ((one as Partial<vscode.MessageItem> | undefined)?.title ?? '');
      return Promise.resolve(this.#button ? rest.find((one) => titleOf(one).startsWith(this.#button)) : undefined);
    };
    Object.assign(vscode.window, {
      createQuickPick: () => watched(this.#real.createQuickPick()),
      createInputBox: () => watched(this.#real.createInputBox()),
      showInformationMessage: answer,
      showWarningMessage: answer,
      showErrorMessage: answer,
    });
  }

  /** Clicks the button that begins like this on every message from now on. */
  answerMessages(button: string): void {
    this.#button = button;
  }

  /** The next box that is opened, once it is on the screen. */
  async next(): Promise<Shown> {
    for (;;) {
      const box = this.#opened[this.#seen];
      if (box) {
        this.#seen += 1;
        // What opens it is sent to the workbench after this turn; commands come behind it.
        await delay(50);
        return box;
      }
      await delay(10);
    }
  }

  async nextPick(): Promise<vscode.QuickPick<vscode.QuickPickItem>> {
    const pick = (await this.next()) as vscode.QuickPick<vscode.QuickPickItem>;
    while (pick.activeItems.length === 0) {
      await delay(10);
    }
    return pick;
  }

  async enter(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
  }

  async escape(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  }

  async dispose(): Promise<void> {
    const { createQuickPick, createInputBox, showInformationMessage, showWarningMessage, showErrorMessage } =
      this.#real;
    Object.assign(vscode.window, {
      createQuickPick,
      createInputBox,
      showInformationMessage,
      showWarningMessage,
      showErrorMessage,
    });
    await this.escape();
  }
}
