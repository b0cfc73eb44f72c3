import * as vscode from 'vscode';
import { withoutCommandLinks } from './plainText';

const scheme = 'agent-runs-text';

/** Files that VS Code takes for Markdown: of their links it makes targets as they are written. */
const markdown = /\.(?:md|mdx|mkd|mdwn|mdown|markdown|markdn|mdtxt|mdtext|workbook)$/i;

/**
 * Texts as read-only editors: what will be sent, a plan, a large output. VS Code asks for a text again whenever it likes, so
 * each is kept while its editor is open.
 */
export class ReadOnlyText implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #subscription: vscode.Disposable;
  #count = 0;

  constructor() {
    this.#subscription = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === scheme) {
          this.#texts.delete(uri.toString());
        }
      }),
    );
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    // An editor that comes back after a reload of the window: an empty text would look like the real one.
    return (
      this.#texts.get(uri.toString()) ?? vscode.l10n.t('This text was not kept. Open it again from where it came.')
    );
  }

  /** Opens the text in an editor of its own. `name` is a file's name: its ending decides the language. */
  readonly show = async (name: string, text: string): Promise<void> => {
    const uri = this.add(name, text);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
  };

  /** The address of the text, for an editor that is opened with addresses. */
  add(name: string, text: string): vscode.Uri {
    this.#count += 1;
    const uri = vscode.Uri.from({ scheme, path: `/${name}`, query: String(this.#count) });
    this.#texts.set(uri.toString(), markdown.test(name) ? withoutCommandLinks(text) : text);
    return uri;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#texts.clear();
  }
}
