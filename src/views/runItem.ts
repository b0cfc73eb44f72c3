import * as vscode from 'vscode';
import type { Catalog } from '../model/catalog';
import type { Family } from '../model/runFamilies';
import { ageTime } from '../model/runTime';
import { skillName } from '../model/skillName';
import type { Run } from '../oz/types';
import { errorSentence } from '../platform/errorWords';
import { plain, plainLines } from '../platform/plainText';
import { isKnownState, stateIcon } from '../platform/stateIcon';
import { age, credits, exactTime, runTime, runTitle, sourceWord, stateWord } from '../platform/words';
import { type RowMarks, runContext } from './runContext';

const { t } = vscode.l10n;

type Environments = Pick<Catalog, 'environment' | 'environmentName'>;

interface RunRow extends RowMarks {
  readonly id: string;
  readonly hasChildren: boolean;
  readonly environments: Environments;
  /** What goes on below the run. */
  readonly family?: Family;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The row of a run. Its tooltip is left to `runTooltip`, which is only needed when somebody looks. */
export function runItem(run: Run, row: RunRow): vscode.TreeItem {
  const item = new vscode.TreeItem(
    runTitle(run),
    row.hasChildren ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  item.id = row.id;
  item.description = runDescription(run, row);
  const [icon, color] = stateIcon(run.state);
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
  item.contextValue = runContext(run, row);
  item.accessibilityInformation = { label: [runTitle(run), stateWord(run.state), item.description].join(', ') };
  item.command = {
    command: 'agentRuns.openConversation',
    title: t('Open Conversation'),
    arguments: [{ runId: run.run_id }],
  };
  return item;
}

/** "3 sub-runs: 2 active, 1 to look at · Slack · 4 min ago · triage-issues": the end is out of sight in a narrow side bar. */
export function runDescription(
  run: Run,
  { environments, family, now }: Pick<RunRow, 'environments' | 'family' | 'now'>,
): string {
  return [
    isKnownState(run.state) ? '' : stateWord(run.state),
    family ? familyWords(family) : '',
    sourceWord(run.source),
    age(ageTime(run), now),
    plain(skillName(run), 60) || environmentName(run, environments),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Nothing while nobody is at work below a run and nobody is needed there. */
function familyWords({ runs, active, needsYou }: Family): string {
  const whatGoesOn = [
    active === 0 ? '' : t('{0} active', active),
    // Not "needs you": what became of a sub-run is its parent's business, and in neither the group nor the badge.
    needsYou === 0 ? '' : t('{0} to look at', needsYou),
  ].filter(Boolean);
  const all = runs === 1 ? t('1 sub-run') : t('{0} sub-runs', runs);
  return whatGoesOn.length === 0 ? '' : t('{0}: {1}', all, whatGoesOn.join(', '));
}

/** Everything a row has no room for, as plain text. @param moment writes a time of the service's */
export function runTooltip(run: Run, environments: Environments, now: number, moment = exactTime): string {
  const environment = environments.environment(run.agent_config?.environment_id ?? '');
  const repositories = environment?.config.github_repos?.map(({ owner, repo }) => `${owner}/${repo}`).join(', ');
  const message = plainLines(run.status_message?.message ?? '', 3, 300);
  const facts: [string, string | undefined][] = [
    [t('State'), message ? `${stateWord(run.state)}: ${message}` : stateWord(run.state)],
    [t('Cause'), cause(run)],
    [t('Source'), sourceWord(run.source)],
    [t('Schedule'), run.schedule?.schedule_name],
    [t('Creator'), run.creator?.display_name ?? run.creator?.email],
    [t('Skill'), plain(skillName(run), 60)],
    [t('Model'), run.agent_config?.model_id],
    [t('Environment'), environmentName(run, environments)],
    [t('Repository'), repositories],
    [t('Created'), moment(run.created_at)],
    [t('Run time'), runTime(run, now)],
    [t('Cost'), credits(run)],
    [t('Run ID'), run.run_id],
  ];
  const prompt = plainLines(run.prompt, 5, 400);
  return [runTitle(run), ...(prompt && prompt !== runTitle(run) ? ['', prompt] : []), '', ...factLines(facts)].join(
    '\n',
  );
}

/** One line for each fact that is known. */
export function factLines(facts: readonly (readonly [string, string | undefined])[]): string[] {
  return facts.filter(([, value]) => value).map(([name, value]) => `${name}: ${plainLines(value ?? '', 4, 400)}`);
}

/** What the error code means; a code that is not known yet is shown as the service wrote it. */
function cause({ state, status_message: said }: Run): string {
  const isStopped = state === 'FAILED' || state === 'ERROR' || state === 'BLOCKED';
  return isStopped ? (errorSentence(said?.error_code) ?? said?.error_code ?? '') : '';
}

/** Empty until the environments were read: an id says nothing to a person. */
function environmentName(run: Run, environments: Environments): string {
  const id = run.agent_config?.environment_id;
  return plain((id && environments.environmentName(id)) ?? '', 60);
}
