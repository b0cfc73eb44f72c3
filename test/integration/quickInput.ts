import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

type Shown = vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox;

/**
 * Watches the quick picks and input boxes that are opened, the real ones, and answers them as a person with a keyboard. It
 * also answers messages, by the button's beginning.
 */
export class QuickInputs {
  readonly messages: string[] = [];
  /** The smaller text below the words of each message that has one. */
  readonly details: string[] = [];
  readonly #opened: Shown[] = [];
  readonly #pressed = new vscode.EventEmitter<vscode.QuickInputButton>();
  readonly #real = { ...vscode.window };
  #buttons: readonly string[] = [];
  #seen = 0;

  constructor() {
    const watched = <T extends Shown>(box: T): T => {
      this.#opened.push(box);
      const { onDidTriggerButton: real } = box;
      Object.defineProperty(box, 'onDidTriggerButton', {
        value: (listener: (button: vscode.QuickInputButton) => void) =>
          vscode.Disposable.from(real(listener), this.#pressed.event(listener)),
      });
      return box;
    };
    const answer = (words: string, ...rest: unknown[]): Promise<unknown> => {
      this.messages.push(words);
      const { detail } = (rest[0] ?? {}) as vscode.MessageOptions;
      if (detail !== undefined) {
        this.details.push(detail);
      }
      const titleOf = (one: unknown): string =>
        typeof one === 'string' ? one : ((one as Partial<vscode.MessageItem> | undefined)?.title ?? '');
      const isWanted = (one: unknown): boolean => this.#buttons.some((button) => titleOf(one).startsWith(button));
      return Promise.resolve(rest.find(isWanted));
    };
    Object.assign(vscode.window, {
      createQuickPick: () => watched(this.#real.createQuickPick()),
      createInputBox: () => watched(this.#real.createInputBox()),
      showInformationMessage: answer,
      showWarningMessage: answer,
      showErrorMessage: answer,
    });
  }

  /** Clicks the first button that begins like one of these on every message from now on. */
  answerMessages(...buttons: string[]): void {
    this.#buttons = buttons.filter(Boolean);
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

  /** The list that is on the screen. */
  last(): vscode.QuickPick<vscode.QuickPickItem> {
    return this.#opened[this.#seen - 1] as vscode.QuickPick<vscode.QuickPickItem>;
  }

  /** Presses a button in the title of the box that is on the screen, which no command does. */
  pressButton(tooltip: string): void {
    const button = this.last().buttons.find((one) => one.tooltip === tooltip);
    if (!button) {
      throw new Error(`No button: ${tooltip}`);
    }
    this.#pressed.fire(button);
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
    this.#pressed.dispose();
  }
}
