import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { FocusedRow } from '../../src/views/focusedRow';
import type { RunsElement } from '../../src/views/runsElements';

const group: RunsElement = { kind: 'group', id: 'active', place: 'active' };
const run = (runId: string): RunsElement => ({ kind: 'run', id: `active/${runId}`, parentId: 'active', runId });
const artifact: RunsElement = {
  kind: 'artifact',
  id: 'active/a/artifact/0',
  parentId: 'active/a',
  runId: 'a',
  artifact: 0,
};
const runIn = (row: RunsElement): string | undefined => (row.kind === 'run' ? row.runId : undefined);
const meantIn = (view: View): Promise<string[] | undefined> => new FocusedRow(view, runIn).meant();
const [a, b, c] = [run('a'), run('b'), run('c')];

/** A view with a focused row, as VS Code keeps it: what a command changes arrives later. */
class View {
  readonly #changed = new vscode.EventEmitter<vscode.TreeViewSelectionChangeEvent<RunsElement>>();
  readonly onDidChangeSelection = this.#changed.event;
  selection: readonly RunsElement[];
  readonly #focused: RunsElement | undefined;

  constructor(selection: readonly RunsElement[], focused: RunsElement | undefined) {
    this.selection = selection;
    this.#focused = focused;
  }

  async toggle(): Promise<void> {
    await delay(1);
    const focused = this.#focused;
    if (focused) {
      void delay(5).then(() => {
        const others = this.selection.filter(({ id }) => id !== focused.id);
        // Rows may be told by new objects.
        this.selection = others.length < this.selection.length ? others : [...others, { ...focused }];
        this.#changed.fire({ selection: this.selection });
      });
    }
  }
}

describe('the row that the keyboard is on', () => {
  const { executeCommand } = vscode.commands;

  afterEach(() => {
    Object.assign(vscode.commands, { executeCommand });
  });

  function viewWith(selection: readonly RunsElement[], focused: RunsElement | undefined): View {
    const view = new View(selection, focused);
    const execute = (id: string): Promise<void> => (id === 'list.toggleSelection' ? view.toggle() : assert.fail(id));
    Object.assign(vscode.commands, { executeCommand: execute });
    return view;
  }

  it('stands for the selection when it is part of it, else for itself', async () => {
    for (const [selection, focused, expected] of [
      [[a], b, ['b']],
      [[], b, ['b']],
      [[a], a, ['a']],
      [[a, b], c, ['c']],
      [[a, group, b], b, ['a', 'b']],
    ] as const) {
      const view = viewWith(selection, focused);
      assert.deepEqual(await meantIn(view), expected);
      assert.deepEqual(view.selection.map(({ id }) => id).sort(), selection.map(({ id }) => id).sort());
    }
  });

  it('stands for nothing when it is no run, whatever is selected', async () => {
    for (const focused of [group, artifact]) {
      for (const selection of [[], [a], [a, focused]]) {
        assert.deepEqual(await meantIn(viewWith(selection, focused)), []);
      }
    }
  });

  it('may be missing', async () => {
    assert.equal(await meantIn(viewWith([a], undefined)), undefined);
  });

  it('is the same while a key is held down', async () => {
    const view = viewWith([a, b], c);
    const focused = new FocusedRow(view, runIn);
    assert.deepEqual(await Promise.all([focused.meant(), focused.meant(), focused.meant()]), [['c'], ['c'], ['c']]);
    assert.deepEqual(view.selection, [a, b]);
  });
});
