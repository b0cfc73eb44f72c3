import fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { activate as activateAgentRuns } from '../../src/extension';

/** What VS Code was told about the rows of the Runs view, and what it asked for, since it started. */
export interface TreeCounts {
  events: number;
  getTreeItem: number;
  getChildren: number;
}

const counts: TreeCounts = { events: 0, getTreeItem: 0, getChildren: 0 };

/** The whole extension as it is, but for its trees, which count. */
export function activate(context: vscode.ExtensionContext): void {
  const createTreeView = vscode.window.createTreeView.bind(vscode.window);
  Object.assign(vscode.window, {
    createTreeView: <T>(id: string, options: vscode.TreeViewOptions<T>) =>
      createTreeView(id, id === 'agentRuns.runs' ? { ...options, treeDataProvider: counted(options) } : options),
  });
  activateAgentRuns(context);
  serveControl();
}

function counted<T>({ treeDataProvider: tree }: vscode.TreeViewOptions<T>): vscode.TreeDataProvider<T> {
  tree.onDidChangeTreeData?.(() => (counts.events += 1));
  return {
    onDidChangeTreeData: tree.onDidChangeTreeData,
    getChildren: (element) => {
      counts.getChildren += 1;
      return tree.getChildren(element);
    },
    getTreeItem: (element) => {
      counts.getTreeItem += 1;
      return tree.getTreeItem(element);
    },
    getParent: (element) => tree.getParent?.(element),
    resolveTreeItem: (item, element, token) => tree.resolveTreeItem?.(item, element, token),
  };
}

/** A request for `/ID` runs the command of that id to its end; every answer is the counts. */
function serveControl(): void {
  const server = createServer((request, response) => {
    const command = request.url?.slice(1) ?? '';
    const work = command === '' ? Promise.resolve() : vscode.commands.executeCommand(command);
    work.then(
      () => response.end(JSON.stringify(counts)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as AddressInfo;
    fs.writeFileSync(process.env.BENCH_CONTROL_FILE ?? '', `http://127.0.0.1:${port}`);
  });
}
