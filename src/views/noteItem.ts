import * as vscode from 'vscode';

/** A row that is none of what the view lists: it says something about it, and may do something about that at a click. */
export function noteItem(label: string, icon: string, command?: vscode.Command): vscode.TreeItem {
  const item = new vscode.TreeItem(label);
  item.iconPath = new vscode.ThemeIcon(icon);
  item.tooltip = label;
  item.contextValue = 'note';
  item.command = command;
  return item;
}
