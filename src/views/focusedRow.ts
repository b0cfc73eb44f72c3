import * as vscode from 'vscode';
import type { RunsElement } from './runsElements';

type View = Pick<vscode.TreeView<RunsElement>, 'selection' | 'onDidChangeSelection'>;

/** How long VS Code may take to tell what a command did to the selection, in milliseconds. */
const patience = 500;

/**
 * Which row the keyboard is on. The arrow keys move the focus only, and VS Code tells extensions nothing but the selection:
 * the focused row is the one that its own command for the focused list takes into the selection, or out of it.
 */
export class FocusedRow {
  readonly #view: View;
  #asked: Promise<string[] | undefined> | undefined;

  constructor(view: View) {
    this.#view = view;
  }

  /**
   * The runs that a key means: the selected ones when the keyboard is on one of them, else the one that it is on. None when it
   * is on a row of something else, undefined when it is on no row. Only while the list has the focus.
   */
  runs(): Promise<string[] | undefined> {
    // A key that is held down asks again while the selection is changed.
    this.#asked ??= this.#find().finally(() => {
      this.#asked = undefined;
    });
    return this.#asked;
  }

  async #find(): Promise<string[] | undefined> {
    const before = this.#view.selection;
    const after = await this.#toggle();
    const taken = after.find((row) => !isAmong(before, row));
    const row = taken ?? before.find((one) => !isAmong(after, one));
    if (!row) {
      // No row has the focus, or VS Code is late: what it did is undone in any case.
      await toggle();
      return undefined;
    }
    await this.#toggle();
    const meant = taken ? [taken] : before;
    return row.kind === 'run' ? meant.flatMap((one) => (one.kind === 'run' ? [one.runId] : [])) : [];
  }

  async #toggle(): Promise<readonly RunsElement[]> {
    let listening: vscode.Disposable | undefined;
    let limit: NodeJS.Timeout | undefined;
    const changed = new Promise<void>((resolve) => {
      listening = this.#view.onDidChangeSelection(() => {
        resolve();
      });
      limit = setTimeout(resolve, patience);
    });
    try {
      await toggle();
      await changed;
    } finally {
      clearTimeout(limit);
      listening?.dispose();
    }
    return this.#view.selection;
  }
}

function toggle(): Thenable<unknown> {
  return vscode.commands.executeCommand('list.toggleSelection');
}

/** By the id: an element may be made anew while its row stays. */
function isAmong(rows: readonly RunsElement[], { id }: RunsElement): boolean {
  return rows.some((row) => row.id === id);
}
