import * as vscode from 'vscode';
import { setContextKey } from '../platform/contextKeys';

export type PreviewAnswer = 'launch' | 'change';

/** A preview that a person is asked about. */
export interface Preview {
  /** Which button was clicked; undefined when it ended without. */
  answered: Promise<PreviewAnswer | undefined>;
  /** False when it is over: nothing comes of this answer. */
  answer: (answer: PreviewAnswer) => boolean;
}

/** What the tab of a preview is called, without the ending. `package.json` shows the buttons on such a tab. */
export const previewName = 'What Will Be Sent';

/** The buttons in the title of the editor that shows what will be sent. One preview is asked about at a time. */
export class PreviewButtons implements vscode.Disposable {
  #current: { draftOf: string; end: (answer: PreviewAnswer | undefined) => void } | undefined;

  /**
   * It ends when a button is clicked, its editor is closed, or another preview comes.
   * @param draftOf names the draft that is shown
   */
  ask(draftOf: string): Preview {
    this.answer(undefined);
    setContextKey('agentRuns.launch.isPreviewed', true);
    const answered = new Promise<PreviewAnswer | undefined>((resolve) => {
      const closing = vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.some(isPreview)) {
          this.answer(undefined);
        }
      });
      const end = (answer: PreviewAnswer | undefined): void => {
        this.#current = undefined;
        closing.dispose();
        setContextKey('agentRuns.launch.isPreviewed', false);
        resolve(answer);
      };
      this.#current = { draftOf, end };
    });
    const own = this.#current;
    const answer = (given: PreviewAnswer): boolean => {
      const isCurrent = this.#current === own;
      if (isCurrent) {
        this.answer(given);
      }
      return isCurrent;
    };
    return { answered, answer };
  }

  answer(answer: PreviewAnswer | undefined): void {
    this.#current?.end(answer);
  }

  /** A draft is taken up, launched or discarded in another way: what a preview shows of it may not be what it is any more. */
  end(draftOf: string): void {
    if (this.#current?.draftOf === draftOf) {
      this.answer(undefined);
      void closePreviews();
    }
  }

  dispose(): void {
    this.answer(undefined);
  }
}

/** Closes the editors of previews: what they show is sent, or about to become something else. */
export async function closePreviews(): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs).filter(isPreview);
  await vscode.window.tabGroups.close(tabs);
}

function isPreview({ input }: vscode.Tab): boolean {
  return (
    input instanceof vscode.TabInputText &&
    input.uri.scheme === 'agent-runs-text' &&
    input.uri.path.startsWith(`/${previewName}.`)
  );
}
