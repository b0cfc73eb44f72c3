import * as vscode from 'vscode';
import { type CloudVariant, lastRunOf } from '../model/cloudSkills';
import { above } from '../model/skillFolders';
import { isInSkillFolder } from '../model/skillSpec';
import type { SkillSight, WorkspaceSkill } from '../model/workspaceSkill';
import type { CloudSkill } from '../oz/types';
import { plain, plainLines } from '../platform/plainText';
import { skillProblemWords } from '../platform/skillProblemWords';
import { age, exactTime } from '../platform/words';
import { factLines } from './runItem';

const { t } = vscode.l10n;

/** Where a skill of the workspace is shown, and what the cloud has of it. Times in milliseconds since 1970. */
export interface HereRow {
  /** There are several folders, so each is named. */
  isOneOfSeveral: boolean;
  /** The row of its folder says that already. */
  isBelowFolder: boolean;
  cloud: CloudVariant | undefined;
  now: number;
}

/** The row of a SKILL.md in the workspace. */
export function workspaceSkillItem(skill: WorkspaceSkill, row: HereRow): vscode.TreeItem {
  const item = new vscode.TreeItem(skillLabel(skill.name, skill.path));
  item.description = workspaceSkillDescription(skill, row);
  item.iconPath = workspaceIcon(skill);
  const canRun = skill.problem ? 'malformed' : 'runnable';
  item.contextValue = `skill workspace ${canRun}${skill.spec === undefined ? '' : ' spec'}`;
  item.accessibilityInformation = { label: [skillLabel(skill.name, skill.path), item.description].join(', ') };
  item.command = openCommand({ uri: skill.uri });
  return item;
}

/** ".agents · not pushed · in the cloud, last run 3 days ago · Writes the tests that are missing." */
export function workspaceSkillDescription(skill: WorkspaceSkill, row: HereRow): string {
  const { cloud } = row;
  const ran = cloud && age(cloud.last_run_timestamp, row.now);
  return [
    row.isBelowFolder ? '' : folderWords(skill, row),
    skill.problem ? t('malformed') : sightWord(skill.sight),
    cloud ? (ran ? t('in the cloud, last run {0}', ran) : t('in the cloud')) : '',
    skill.problem ? '' : plain(skill.description, 100),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Everything a row has no room for, as plain text. */
export function workspaceSkillTooltip(skill: WorkspaceSkill, { isOneOfSeveral, cloud, now }: HereRow): string {
  const { problem } = skill;
  const lines = factLines([
    [t('Malformed'), problem && t('line {0}: {1}', problem.line, skillProblemWords(problem))],
    [t('In the cloud'), sightSentence(skill.sight)],
    [t('Skill folder'), skill.isInSkillFolder ? '' : t('no: it is run by its full path')],
    [t('Path'), isOneOfSeveral ? `${skill.folder}/${skill.path}` : skill.path],
    [t('Spec'), skill.spec],
    ...cloudFacts(cloud, now),
  ]);
  return withText(skillLabel(skill.name, skill.path), skill.description, lines);
}

/** The row of a skill that the service found in several places; each of them is a row below. */
export function severalPlacesItem(skill: CloudSkill, now: number): vscode.TreeItem {
  const item = new vscode.TreeItem(skillLabel(skill.name, ''), vscode.TreeItemCollapsibleState.Collapsed);
  item.description = severalPlacesDescription(skill, now);
  item.iconPath = new vscode.ThemeIcon('cloud');
  item.contextValue = 'skill places';
  item.tooltip = '';
  item.accessibilityInformation = { label: [skillLabel(skill.name, ''), item.description].join(', ') };
  return item;
}

/** "2 places · last run 3 days ago" */
export function severalPlacesDescription(skill: CloudSkill, now: number): string {
  return [t('{0} places', skill.variants.length), lastRunWords(lastRunOf(skill), now)].join(' · ');
}

/** The row of a skill in one place of the cloud; below the row of its name it is called by the place. */
export function variantItem(name: string, variant: CloudVariant, { isBelow, now }: VariantRow): vscode.TreeItem {
  const label = isBelow ? repositoryWords(variant) : skillLabel(name, variant.id);
  const item = new vscode.TreeItem(label);
  item.description = variantDescription(variant, { isBelow, now });
  item.iconPath = variant.error === undefined ? new vscode.ThemeIcon(isBelow ? 'repo' : 'cloud') : malformedIcon();
  item.contextValue = `skill cloud ${variant.error === undefined ? 'runnable' : 'malformed'} spec`;
  item.accessibilityInformation = { label: [label, item.description].join(', ') };
  item.command = openCommand({ spec: variant.id, name });
  return item;
}

export interface VariantRow {
  isBelow: boolean;
  now: number;
}

/** "acme/web · last run 3 days ago · storefront, all" */
export function variantDescription(variant: CloudVariant, { isBelow, now }: VariantRow): string {
  const { skill_path: path } = variant.source;
  const { error } = variant;
  return [
    isBelow ? plain(placeOf(path, isInSkillFolder(path)), 80) : repositoryWords(variant),
    error === undefined ? lastRunWords(variant.last_run_timestamp, now) : t('malformed: {0}', plain(error, 120)),
    environmentWords(variant),
  ]
    .filter(Boolean)
    .join(' · ');
}

export function variantTooltip(name: string, variant: CloudVariant, now: number): string {
  const lines = factLines([[t('Malformed'), variant.error], [t('Spec'), variant.id], ...cloudFacts(variant, now)]);
  return withText(skillLabel(name, variant.id), variant.description, lines);
}

function openCommand(argument: { uri: string } | { spec: string; name: string }): vscode.Command {
  return { command: 'agentRuns.openSkill', title: t('Open Skill'), arguments: [argument] };
}

function skillLabel(name: string, otherwise: string): string {
  return plain(name, 120) || plain(otherwise, 120) || t('Skill');
}

function withText(label: string, description: string, lines: readonly string[]): string {
  const text = plainLines(description, 6, 600);
  return [label, ...(text ? ['', text, ''] : []), ...lines].join('\n');
}

function cloudFacts(cloud: CloudVariant | undefined, now: number): [string, string | undefined][] {
  if (!cloud) {
    return [];
  }
  const { last_run_timestamp: ran, environments, source } = cloud;
  return [
    [t('Last run'), ran ? `${exactTime(ran)} (${age(ran, now)})` : t('never')],
    [t('Environments'), environments.map(({ name, uid }) => plain(name, 60) || plain(uid, 60)).join(', ')],
    [t('Worker'), source.worker_host],
  ];
}

/** ".agents", "web/packages/shop/.claude" */
function folderWords(skill: WorkspaceSkill, { isOneOfSeveral }: HereRow): string {
  const place = placeOf(skill.path, skill.isInSkillFolder);
  return plain([isOneOfSeveral ? skill.folder : '', place].filter(Boolean).join('/'), 80);
}

/** The folder that has the folder for skills, since the skill's own is its name. */
function placeOf(path: string, isInFolderForSkills: boolean): string {
  return isInFolderForSkills ? above(above(above(path))) : above(path);
}

function sightWord(sight: SkillSight | undefined): string {
  switch (sight) {
    case 'uncommitted':
      return t('not committed');
    case 'notPushed':
      return t('not pushed');
    case 'elsewhere':
      return t('another version in the cloud');
    case 'notOnGitHub':
      return t('not on GitHub');
    case 'pushed':
    case undefined:
      return '';
  }
}

function sightSentence(sight: SkillSight | undefined): string {
  switch (sight) {
    case 'pushed':
      return t(
        'It is pushed as it is here. The cloud reads it from the default branch, unless an environment has another clone.',
      );
    case 'uncommitted':
      return t('There are changes here that are not committed: the cloud does not see them.');
    case 'notPushed':
      return t('It is committed, but not pushed: the cloud does not see it as it is here.');
    case 'elsewhere':
      return t('It is pushed, but the default branch, from which the cloud reads it, has another version or none.');
    case 'notOnGitHub':
      return t('It is not in a repository on GitHub, so the cloud cannot see it. It runs with its text as the prompt.');
    case undefined:
      return '';
  }
}

function workspaceIcon({ problem, sight }: WorkspaceSkill): vscode.ThemeIcon {
  if (problem) {
    return malformedIcon();
  }
  switch (sight) {
    case 'uncommitted':
      return new vscode.ThemeIcon('git-commit', new vscode.ThemeColor('gitDecoration.modifiedResourceForeground'));
    case 'notPushed':
      return new vscode.ThemeIcon('cloud-upload', new vscode.ThemeColor('gitDecoration.modifiedResourceForeground'));
    case 'elsewhere':
      return new vscode.ThemeIcon('git-compare', new vscode.ThemeColor('gitDecoration.modifiedResourceForeground'));
    case 'notOnGitHub':
      return new vscode.ThemeIcon('device-desktop');
    case 'pushed':
    case undefined:
      return new vscode.ThemeIcon('book');
  }
}

function malformedIcon(): vscode.ThemeIcon {
  return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconErrored'));
}

function repositoryWords({ id, source }: CloudVariant): string {
  return source.owner && source.name ? plain(`${source.owner}/${source.name}`, 80) : plain(id, 80);
}

function lastRunWords(time: string | null | undefined, now: number): string {
  const ran = age(time, now);
  return ran ? t('last run {0}', ran) : t('never run');
}

/** At most three are named. */
function environmentWords({ environments }: CloudVariant): string {
  const names = environments.slice(0, 3).map(({ name, uid }) => plain(name, 40) || plain(uid, 40));
  const others = environments.length - names.length;
  return [names.join(', '), others > 0 ? `+${others}` : ''].filter(Boolean).join(' ');
}
