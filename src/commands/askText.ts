import * as vscode from 'vscode';

/** The person went a step back. */
export const back = Symbol('back');

export interface TextQuestion {
  title: string;
  prompt: string;
  placeholder: string;
  /** What the box holds at first. */
  value: string;
  /** Said when the box is empty; undefined where that is an answer. */
  emptyComplaint?: string;
  step?: number;
  totalSteps?: number;
  canGoBack?: boolean;
  /** Hears of every change, so that nothing typed is lost however the box closes. */
  onChange: (value: string) => void;
}

/** One line of text from a person; undefined when the box was dismissed. */
export async function askText(question: TextQuestion): Promise<string | typeof back | undefined> {
  const { emptyComplaint, onChange } = question;
  const box = vscode.window.createInputBox();
  box.title = question.title;
  box.prompt = question.prompt;
  box.placeholder = question.placeholder;
  box.value = question.value;
  box.step = question.step;
  box.totalSteps = question.totalSteps;
  box.ignoreFocusOut = true;
  box.buttons = question.canGoBack ? [vscode.QuickInputButtons.Back] : [];
  try {
    return await new Promise((resolve) => {
      box.onDidChangeValue((value) => {
        box.validationMessage = undefined;
        onChange(value);
      });
      box.onDidAccept(() => {
        if (emptyComplaint && box.value.trim() === '') {
          box.validationMessage = emptyComplaint;
        } else {
          resolve(box.value.trim());
        }
      });
      box.onDidTriggerButton(() => {
        resolve(back);
      });
      box.onDidHide(() => {
        resolve(undefined);
      });
      box.show();
    });
  } finally {
    box.dispose();
  }
}
