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
  /** What is wrong with a text; undefined when it is an answer. Said while it is typed. */
  complaint?: (text: string) => string | undefined;
  step?: number;
  totalSteps?: number;
  canGoBack?: boolean;
  /** Goes on with what is in the box in an editor, which has more than one line, and answers the text that came of it. */
  writeInEditor?: (text: string) => Promise<string>;
  /** Hears of every change, so that nothing typed is lost however the box closes. */
  onChange: (value: string) => void;
}

/** The box has one line only: it shows the line ends of a longer text as this. */
const lineEnd = '\u23ce';

/** A text from a person; undefined when the box was dismissed. */
export async function askText(question: TextQuestion): Promise<string | typeof back | undefined> {
  const { emptyComplaint, complaint, writeInEditor, onChange } = question;
  const box = vscode.window.createInputBox();
  box.title = question.title;
  const isLong = /[\r\n]/.test(question.value);
  box.prompt = isLong ? vscode.l10n.t('{0} {1} is the end of a line.', question.prompt, lineEnd) : question.prompt;
  box.placeholder = question.placeholder;
  box.value = question.value.replace(/\r\n?|\n/g, lineEnd);
  box.step = question.step;
  box.totalSteps = question.totalSteps;
  box.ignoreFocusOut = true;
  const write = { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Write in an Editor') };
  box.buttons = [...(question.canGoBack ? [vscode.QuickInputButtons.Back] : []), ...(writeInEditor ? [write] : [])];
  try {
    return await new Promise((resolve) => {
      box.onDidChangeValue((value) => {
        box.validationMessage = complaint?.(withLines(value).trim());
        onChange(withLines(value));
      });
      box.onDidAccept(() => {
        const text = withLines(box.value).trim();
        const wrong = text === '' && emptyComplaint ? emptyComplaint : complaint?.(text);
        if (wrong) {
          box.validationMessage = wrong;
        } else {
          resolve(text);
        }
      });
      box.onDidTriggerButton((button) => {
        resolve(button === write && writeInEditor ? writeInEditor(withLines(box.value)) : back);
        // Or it would stand over the editor.
        box.hide();
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

function withLines(value: string): string {
  return value.replaceAll(lineEnd, '\n');
}
