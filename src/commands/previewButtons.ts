import * as vscode from 'vscode';
import { setContextKey } from '../platform/contextKeys';

export type PreviewAnswer = 'launch' | 'change';

/** What the tab of a preview is called, without the ending. `package.json` shows the buttons on such a tab. */
export const previewName = 'What Will Be Sent';

/** The buttons in the title of the editor that shows what will be sent. One preview is asked about at a time. */
export class PreviewButtons implements vscode.Disposable {
  #end: (answer: PreviewAnswer | undefined) => void = () => undefined;

  /** Which button was clicked; undefined when its editor was closed, or another preview came. */
  ask(): Promise<PreviewAnswer | undefined> {
    this.#end(undefined);
    setContextKey('agentRuns.launch.isPreviewed', true);
    return new Promise((resolve) => {
      const closing = vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.some(isPreview)) {
          this.#end(undefined);
        }
      });
      this.#end = (answer) => {
        this.#end = () => undefined;
        closing.dispose();
        setContextKey('agentRuns.launch.isPreviewed', false);
        resolve(answer);
      };
    });
  }

  answer(answer: PreviewAnswer | undefined): void {
    this.#end(answer);
  }

  dispose(): void {
    this.#end(undefined);
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
