import * as vscode from 'vscode';

type View<Row> = Pick<vscode.TreeView<Row>, 'selection' | 'onDidChangeSelection'>;

/** How long VS Code may take to tell what a command did to the selection, in milliseconds. */
const patience = 500;

/**
 * Which row the keyboard is on. The arrow keys move the focus only, and VS Code tells extensions nothing but the selection:
 * the focused row is the one that its own command for the focused list takes into the selection, or out of it.
 */
export class FocusedRow<Row extends { id: string }> {
  readonly #view: View<Row>;
  readonly #meaning: (row: Row) => string | undefined;
  #turn: Promise<unknown> = Promise.resolve();

  /** @param meaning what a row stands for, such as a run's id; undefined for a row of something else */
  constructor(view: View<Row>, meaning: (row: Row) => string | undefined) {
    this.#view = view;
    this.#meaning = meaning;
  }

  /**
   * What a key means: what is selected when the keyboard is on some of it, else what it is on. Nothing when it is on a row of
   * something else, undefined when it is on no row. Only while the list has the focus.
   */
  meant(): Promise<string[] | undefined> {
    // A key that is held down asks again while the selection is changed.
    const found = this.#turn.then(() => this.#find());
    this.#turn = found.catch(() => undefined);
    return found;
  }

  async #find(): Promise<string[] | undefined> {
    const before = this.#view.selection;
    const told = this.#thereAndBack();
    // Both at once: whatever the person presses next must not come between.
    await Promise.all([toggle(), toggle()]);
    const [after = before] = await told;
    const taken = after.find((row) => !isAmong(before, row));
    const row = taken ?? before.find((one) => !isAmong(after, one));
    if (!row) {
      return undefined;
    }
    const meant = taken ? [taken] : before;
    return this.#meaning(row) === undefined ? [] : meant.flatMap((one) => this.#meaning(one) ?? []);
  }

  /** The next two selections that VS Code tells; fewer where it tells no more. */
  async #thereAndBack(): Promise<(readonly Row[])[]> {
    const told: (readonly Row[])[] = [];
    let listening: vscode.Disposable | undefined;
    let limit: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      listening = this.#view.onDidChangeSelection(({ selection }) => {
        told.push(selection);
        if (told.length === 2) {
          resolve();
        }
      });
      limit = setTimeout(resolve, patience);
    });
    clearTimeout(limit);
    listening?.dispose();
    return told;
  }
}

function toggle(): Thenable<unknown> {
  return vscode.commands.executeCommand('list.toggleSelection');
}

/** By the id: an element may be made anew while its row stays. */
function isAmong(rows: readonly { id: string }[], { id }: { id: string }): boolean {
  return rows.some((row) => row.id === id);
}
