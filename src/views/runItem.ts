import * as vscode from 'vscode';
import type { Catalog } from '../model/catalog';
import { whyNotCancellable } from '../model/cancelGate';
import { ageTime, hasEnded, hasLiveSession, isActive } from '../model/runTime';
import type { Open, Run, RunState } from '../oz/types';
import { plain, plainLines } from '../platform/plainText';
import { age, credits, exactTime, runTime, runTitle, sourceWord, stateWord } from '../platform/words';

const { t } = vscode.l10n;

type Environments = Pick<Catalog, 'environment' | 'environmentName'>;

/** Shape and colour: no colour alone carries the meaning. */
const icons: Record<RunState, [icon: string, color: string]> = {
  QUEUED: ['clock', 'testing.iconQueued'],
  PENDING: ['circle-large-outline', 'charts.blue'],
  CLAIMED: ['debug-start', 'charts.blue'],
  INPROGRESS: ['play-circle', 'charts.blue'],
  BLOCKED: ['comment-unresolved', 'charts.yellow'],
  SUCCEEDED: ['pass', 'testing.iconPassed'],
  FAILED: ['error', 'testing.iconFailed'],
  ERROR: ['warning', 'testing.iconErrored'],
  CANCELLED: ['circle-slash', 'testing.iconSkipped'],
};

function isKnown(state: Open<RunState>): state is RunState {
  return Object.hasOwn(icons, state);
}

/** The row of a run. Its tooltip is left to `runTooltip`, which is only needed when somebody looks. */
export function runItem(
  run: Run,
  options: { id: string; hasChildren: boolean; environments: Environments; now: number },
): vscode.TreeItem {
  const item = new vscode.TreeItem(
    runTitle(run),
    options.hasChildren ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  item.id = options.id;
  item.description = runDescription(run, options.environments, options.now);
  const [icon, color] = isKnown(run.state) ? icons[run.state] : ['question', 'testing.iconUnset'];
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
  item.contextValue = contextValue(run);
  item.accessibilityInformation = { label: [runTitle(run), stateWord(run.state), item.description].join(', ') };
  item.command = {
    command: 'agentRuns.openConversation',
    title: t('Open Conversation'),
    arguments: [{ runId: run.run_id }],
  };
  return item;
}

/** "Slack · 4 min ago · triage-issues". */
export function runDescription(run: Run, environments: Environments, now: number): string {
  return [
    isKnown(run.state) ? '' : stateWord(run.state),
    sourceWord(run.source),
    age(ageTime(run), now),
    skillName(run) || environmentName(run, environments),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Everything a row has no room for, as plain text. */
export function runTooltip(run: Run, environments: Environments, now: number): string {
  const environment = environments.environment(run.agent_config?.environment_id ?? '');
  const repositories = environment?.config.github_repos?.map(({ owner, repo }) => `${owner}/${repo}`).join(', ');
  const message = plainLines(run.status_message?.message ?? '', 3, 300);
  const facts: [string, string | undefined][] = [
    [t('State'), message ? `${stateWord(run.state)}: ${message}` : stateWord(run.state)],
    [t('Source'), sourceWord(run.source)],
    [t('Schedule'), run.schedule?.schedule_name],
    [t('Creator'), run.creator?.display_name ?? run.creator?.email],
    [t('Skill'), skillName(run)],
    [t('Model'), run.agent_config?.model_id],
    [t('Environment'), environmentName(run, environments)],
    [t('Repository'), repositories],
    [t('Created'), exactTime(run.created_at)],
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

/** For `when` clauses: words, such as `run active cancellable session`. */
function contextValue(run: Run): string {
  const phase = isActive(run.state)
    ? 'active'
    : hasEnded(run.state)
      ? 'ended'
      : run.state === 'BLOCKED'
        ? 'blocked'
        : 'unknown';
  return [
    'run',
    phase,
    ...(whyNotCancellable(run) === undefined ? ['cancellable'] : []),
    ...(hasLiveSession(run) ? ['session'] : []),
  ].join(' ');
}

/** The skill's name, else the folder that its file is in. */
function skillName(run: Run): string {
  const path = run.agent_config?.skill_spec?.replace(/\/SKILL\.md$/, '') ?? '';
  return plain(run.agent_skill?.name ?? path.split(/[/:]/).at(-1) ?? '', 60);
}

/** Empty until the environments were read: an id says nothing to a person. */
function environmentName(run: Run, environments: Environments): string {
  const id = run.agent_config?.environment_id;
  return plain((id && environments.environmentName(id)) ?? '', 60);
}
