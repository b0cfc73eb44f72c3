import * as vscode from 'vscode';
import { isKeyBad, type LoadStatus, problemIn } from '../model/loadStatus';
import type { SkillGroup, SkillNote } from '../model/skillRows';
import { plain } from '../platform/plainText';
import { problemWords } from '../platform/problemWords';
import { product } from '../product';
import { noteItem } from './noteItem';

const { t } = vscode.l10n;

export function skillGroupItem(group: SkillGroup, count: number): vscode.TreeItem {
  const label = group === 'here' ? t('In This Workspace') : t('In the Cloud');
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Expanded);
  item.description = count === 0 ? '' : String(count);
  item.contextValue = `group ${group}`;
  item.tooltip = '';
  item.accessibilityInformation = {
    label: count === 1 ? t('{0}, 1 skill', label) : t('{0}, {1} skills', label, count),
  };
  return item;
}

/** The folder, or repository, of a part of a long list. */
export function folderItem(folder: string, count: number): vscode.TreeItem {
  const item = new vscode.TreeItem(plain(folder, 160) || '/', vscode.TreeItemCollapsibleState.Collapsed);
  item.description = String(count);
  item.iconPath = new vscode.ThemeIcon('folder');
  item.contextValue = 'folder';
  item.tooltip = '';
  return item;
}

export function skillNoteItem(note: SkillNote, status: LoadStatus): vscode.TreeItem {
  const title = noteWords(note, status);
  const command = commandOf(note, status);
  return noteItem(title, icons[note], command === undefined ? undefined : { command, title });
}

const icons: Record<SkillNote, string> = {
  restricted: 'shield',
  loading: 'loading~spin',
  noneHere: 'add',
  noneInCloud: 'circle-slash',
  problem: 'warning',
};

export function noteWords(note: SkillNote, status: LoadStatus): string {
  switch (note) {
    case 'restricted':
      return t('Restricted Mode: nothing is launched from these files');
    case 'loading':
      return t('Loading…');
    case 'noneHere':
      return t('None yet: New Skill…');
    case 'noneInCloud':
      return t('{0} found none in the repositories of the environments', product.service);
    case 'problem': {
      const problem = problemIn(status);
      return problem ? problemWords(problem) : '';
    }
  }
}

/** What a click on the row does about it. */
function commandOf(note: SkillNote, status: LoadStatus): string | undefined {
  switch (note) {
    case 'restricted':
      return 'workbench.trust.manage';
    case 'noneHere':
      return 'agentRuns.newSkill';
    case 'problem':
      return isKeyBad(status) ? 'agentRuns.setApiKey' : 'agentRuns.refreshSkills';
    case 'loading':
    case 'noneInCloud':
      return undefined;
  }
}
