import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Emitter } from '../../src/model/emitter';
import type { LoadStatus } from '../../src/model/loadStatus';
import { FirstRows } from '../../src/views/firstRows';

describe('the first rows', () => {
  const setUp = () => {
    const statusChanged = new Emitter<undefined>();
    const treeChanged = new vscode.EventEmitter<string[] | undefined>();
    const rows: string[] = [];
    const store = { status: { kind: 'starting' } as LoadStatus, onDidChangeStatus: statusChanged.event };
    const first = new FirstRows<string>(
      {
        onDidChangeTreeData: treeChanged.event,
        getChildren: () => [...rows],
        getTreeItem: (label) => new vscode.TreeItem(label),
      },
      store,
    );
    let told = 0;
    first.onDidChangeTreeData(() => (told += 1));
    const setStatus = (status: LoadStatus): void => {
      store.status = status;
      statusChanged.fire(undefined);
    };
    return { first, rows, treeChanged, setStatus, told: () => told };
  };

  it('are the answer to the first question, however long they take', async () => {
    const { first, rows, treeChanged, setStatus, told } = setUp();
    const asked = Promise.resolve(first.getChildren());
    setStatus({ kind: 'loading' });
    rows.push('a', 'b');
    treeChanged.fire(undefined);
    setStatus({ kind: 'ready' });
    assert.deepEqual(await asked, ['a', 'b']);
    assert.equal(told(), 0);
    treeChanged.fire(['a']);
    assert.equal(told(), 1);
    assert.deepEqual(first.getChildren(), ['a', 'b']);
  });

  it('are there as soon as there are some, whatever else is read', async () => {
    const { first, rows, setStatus } = setUp();
    const asked = Promise.resolve(first.getChildren());
    rows.push('a');
    setStatus({ kind: 'loading' });
    assert.deepEqual(await asked, ['a']);
  });

  it('are waited for once', async () => {
    const { first, rows, setStatus } = setUp();
    setStatus({ kind: 'ready' });
    assert.deepEqual(first.getChildren(), []);
    setStatus({ kind: 'loading' });
    assert.deepEqual(first.getChildren(), [], 'another filter');
    rows.push('a');
    assert.deepEqual(await first.getChildren(), ['a']);
  });

  it('are none where reading ends without any', async () => {
    const { first, setStatus } = setUp();
    const asked = Promise.resolve(first.getChildren());
    setStatus({ kind: 'noKey' });
    assert.deepEqual(await asked, []);
  });
});
