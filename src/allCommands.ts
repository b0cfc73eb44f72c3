import * as vscode from 'vscode';
import { launchCommandNames } from './commands/launchCommandNames';
import { openConversation } from './commands/openConversation';
import { runCommandNames } from './commands/runCommandNames';
import type { ConversationParts } from './conversationParts';
import type { LaunchParts } from './launchParts';
import type { Catalog } from './model/catalog';
import type { FilteredRuns } from './model/filteredRuns';
import type { Me } from './model/me';
import type { PinnedRuns } from './model/pinnedRuns';
import type { RunGroups } from './model/runGroups';
import type { RunStore } from './model/runStore';
import { RunWalk } from './model/runWalk';
import type { FormTarget } from './model/scheduleForm';
import type { SeenRuns } from './model/seenRuns';
import type { Clock } from './oz/clock';
import type { OzClient } from './oz/ozClient';
import type { LaunchRequest, Run } from './oz/types';
import type { ApiKey } from './platform/apiKey';
import { commandsAtFirstUse } from './platform/atFirstUse';
import type { LastTrace } from './platform/lastTrace';
import type { Log } from './platform/log';
import type { Command } from './platform/showErrors';
import type { WorkspaceRepositories } from './platform/workspaceRepositories';
import type { ScheduleParts } from './scheduleParts';
import type { SkillParts } from './skillParts';
import type { RunsView } from './views/runsView';

export interface CommandParts {
  client: OzClient;
  clock: Clock;
  log: Log;
  context: Pick<vscode.ExtensionContext, 'extension' | 'globalStorageUri'>;
  /** The workspace's. */
  memento: vscode.Memento;
  runs: RunStore;
  filtered: FilteredRuns;
  seen: SeenRuns;
  pinned: PinnedRuns;
  groups: RunGroups;
  catalog: Catalog;
  me: Me;
  repositories: WorkspaceRepositories;
  apiKey: ApiKey;
  baseUrl: () => string;
  webUrl: () => string;
  /** Whether the service takes a key. @throws ApiProblem */
  check: (key: string, signal: AbortSignal) => Promise<void>;
  trace: LastTrace;
  runsView: RunsView;
  conversations: ConversationParts;
  launching: LaunchParts;
  schedules: ScheduleParts;
  skills: SkillParts;
}

/** What the commands get to see: each of them names what it needs of it. */
function commandDeps({ context, runsView, conversations, launching, schedules, skills, ...parts }: CommandParts) {
  const { runs } = parts;
  const reveal = (runId: string): Promise<boolean> => runsView.reveal(runId);
  const showRuns = (): Thenable<unknown> => vscode.commands.executeCommand('agentRuns.runs.focus');
  const known = {
    get: (runId: string) => runs.get(runId),
    all: () => runs.all(),
    get status() {
      return runs.status;
    },
    refresh: () => runs.refresh(),
    put: (run: Run) => {
      runs.put(run);
    },
    putHistory: (found: readonly Run[]) => {
      runs.putHistory(found);
    },
    isLookedAt: (runId: string) => runs.isLookedAt(runId),
    selected: () => runsView.selected(),
    underKeys: () => runsView.underKeys(),
  };
  return {
    ...parts,
    runs: known,
    launcher: launching.launches,
    plans: conversations.plans,
    show: (runId: string) => conversations.show(runId),
    showConversation: conversations.showConversation.bind(conversations),
    reveal,
    showRuns,
    showText: conversations.texts.show,
    previewButtons: launching.previewButtons,
    walk: new RunWalk(),
    draftsFolder: vscode.Uri.joinPath(context.globalStorageUri, 'drafts'),
    skillReading: skills.reading,
    runOutcome: () => import('./model/runOutcome'),
    skills: skills.here,
    cloudSkills: async () => (await skills.view()).cloud,
    version: (context.extension.packageJSON as { version: string }).version,
    revealRun: async (runId: string, isOpen = false) => {
      await showRuns();
      return runsView.reveal(runId, isOpen);
    },
    schedules: schedules.view,
    revealSchedule: async (scheduleId: string) => (await schedules.view()).reveal(scheduleId),
    lastLaunched: () => launching.lastLaunched(),
    hasUnsavedChanges: async (scheduleId: string) => (await schedules.panels()).hasUnsavedChanges(scheduleId),
    openSchedule: async (what: FormTarget): Promise<void> => (await schedules.panels()).openSchedule(what),
    conversationText: conversations.text.bind(conversations),
    showConversationText: conversations.showText.bind(conversations),
    answer: (runId: string) => {
      void reveal(runId);
      return conversations.show(runId, { answer: true });
    },
    openConversation: (runId: string) => {
      void reveal(runId);
      return conversations.show(runId);
    },
    confirm: async (request: LaunchRequest) => (await launching.code()).confirmLaunch(parts, request),
  };
}

interface AllCommands {
  /** Every command of package.json by its name, whose code is loaded when it is given. */
  all: Record<string, Command>;
  deps: ReturnType<typeof commandDeps>;
}

export function allCommands(parts: CommandParts): AllCommands {
  const deps = commandDeps(parts);
  const { conversations, launching, schedules, skills, runsView, log } = parts;
  const commands = () => import('./commands/runCommands');
  const launch = launching.code;
  const all: Record<string, Command> = {
    ...commandsAtFirstUse(runCommandNames, commands, deps),
    ...commandsAtFirstUse(launchCommandNames, launch, deps),
    ...conversations.commands,
    ...schedules.commands,
    ...skills.commands,
    changeFilter: async () => (await commands()).filterRuns(deps),
    newRun: async () => (await launch()).launchFromPrompt(deps),
    runSelection: async () => (await launch()).launchFromSelection(deps),
    fixWithAgent: async (problem) => (await launch()).fixWithAgent(deps, problem),
    runFile: async (file, selected) => (await launch()).launchFromFiles(deps, file, selected),
    runFolder: async (folder, selected) => (await launch()).launchFromFiles(deps, folder, selected),
    runSkill: async (file) => (await launch()).launchSkill(deps, file),
    runSkillNow: async (skill) => (await launch()).launchSkillNow(deps, skill),
    openConversation: (run, rows) => openConversation(deps, run, rows),
    refreshRuns: () => runsView.refresh(),
    loadMoreRuns: () => runsView.loadMore(),
    launchPreviewed: () => {
      launching.previewButtons.answer('launch');
    },
    changePreviewed: () => {
      launching.previewButtons.answer('change');
    },
    openServiceSettings: () => vscode.commands.executeCommand('workbench.action.openSettings', 'agentRuns.'),
    showLog: () => {
      log.show();
    },
  };
  return { all, deps };
}
