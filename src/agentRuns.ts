import * as vscode from 'vscode';
import { openConversation } from './commands/openConversation';
import { PreviewButtons } from './commands/previewButtons';
import { runCommandNames } from './commands/runCommandNames';
import { scheduleCommandNames } from './commands/scheduleCommandNames';
import type { ConversationPanels } from './conversation/conversationPanels';
import type { ConversationSource } from './conversation/conversationSource';
import { registerSkillEditor } from './editor/registerSkillEditor';
import { Catalog } from './model/catalog';
import { Emitter } from './model/emitter';
import { FilteredRuns } from './model/filteredRuns';
import { hasUnsent } from './model/followUpList';
import { KnownFacts } from './model/knownFacts';
import { Launcher } from './model/launcher';
import { Launches } from './model/launches';
import { Me } from './model/me';
import { MissingParents } from './model/missingParents';
import { MissingPins } from './model/missingPins';
import { PinnedRuns } from './model/pinnedRuns';
import { PlanTexts } from './model/planTexts';
import { Poller } from './model/poller';
import { RunGroups } from './model/runGroups';
import { RunStore } from './model/runStore';
import { RunWalk } from './model/runWalk';
import { resultOf } from './model/scheduleFailure';
import { SeenRuns } from './model/seenRuns';
import { SharedRounds } from './model/sharedRounds';
import { systemClock as clock } from './oz/clock';
import { OzClient } from './oz/ozClient';
import type { Conversation, LaunchRequest, Run } from './oz/types';
import { accountOf } from './platform/account';
import { ApiKey } from './platform/apiKey';
import { commandsAtFirstUse, once } from './platform/atFirstUse';
import { gitApi } from './platform/gitExtension';
import { documentScheme } from './platform/documentScheme';
import { LastTrace } from './platform/lastTrace';
import type { Log } from './platform/log';
import { ReadOnlyText } from './platform/readOnlyText';
import { onDidChangeBaseUrl, serviceSettings } from './platform/settings';
import { SharedFolder } from './platform/sharedFolder';
import { type Command, showingErrors } from './platform/showErrors';
import { WorkspaceRepositories } from './platform/workspaceRepositories';
import type { FormTarget } from './model/scheduleForm';
import { ScheduleParts } from './scheduleParts';
import { Attention } from './views/attention';
import { RunsTree } from './views/runsTree';
import { RunsView } from './views/runsView';
import type { Skills } from './views/skills';

/** Where the id of the run that was launched last from here is kept. */
const lastLaunchKey = 'agentRuns.launch.last';
/** Milliseconds in which VS Code has asked for the first rows and drawn them. */
const timeToDraw = 300;

export interface AgentRuns {
  /** Carries out a command of package.json. */
  run(id: string, args: readonly unknown[]): unknown;
  restoreConversation(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
  restoreSchedule(panel: vscode.WebviewPanel, state: unknown): Promise<void>;
  dispose(): void;
}

/**
 * Builds everything, top to bottom. Nothing is read or requested here: that waits until somebody looks. What the first look
 * does not need is in bundles of its own, loaded by `import()` at first use.
 */
export function buildAgentRuns(context: vscode.ExtensionContext, log: Log): AgentRuns {
  const { globalState, workspaceState: memento } = context;
  // What was typed and where somebody read must last: a window without a folder loses its own state when it is closed.
  const lasting = vscode.workspace.workspaceFolders ? memento : globalState;
  const texts = new ReadOnlyText();
  const plans = new PlanTexts();
  const trace = new LastTrace();
  const baseUrl = (): string => serviceSettings().baseUrl;
  const webUrl = (): string => serviceSettings().webUrl;
  const apiKey = new ApiKey(context.secrets, process.env, baseUrl);

  // At its first use VS Code reads the machine's certificates and answers nobody meanwhile: rows that are on hand come first.
  const rowsCameFirst = once(
    () =>
      new Promise<void>((resolve) => {
        clock.after(runs.size > 0 ? timeToDraw : 0, resolve);
      }),
  );
  // `fetch` is looked up at each call: VS Code replaces it for the user's proxy and certificates.
  const request = async (...call: Parameters<typeof fetch>): Promise<Response> => {
    await rowsCameFirst();
    return fetch(...call);
  };
  const service = { baseUrl, fetch: request, clock, log: log.info };
  const client = new OzClient({ ...service, key: async () => (await apiKey.inUse())?.value, onTrace: trace.note });

  const runs = new RunStore(client, clock);
  const catalog = new Catalog(client, clock);
  const me = new Me(globalState);
  const repositories = new WorkspaceRepositories(gitApi);
  const facts = new KnownFacts(me, repositories, catalog);
  const filtered = new FilteredRuns(client, runs, facts, memento, clock);
  const seen = new SeenRuns(globalState, clock);
  const pinned = new PinnedRuns(globalState);
  const groups = new RunGroups(runs, seen, pinned, filtered);
  const missingParents = new MissingParents(client, runs);
  const missingPins = new MissingPins(pinned, runs);

  const account = async () => {
    const key = await apiKey.inUse();
    return key && accountOf(baseUrl(), key.value);
  };
  const files = new SharedFolder(vscode.Uri.joinPath(context.globalStorageUri, 'shared').fsPath);
  const shared = new SharedRounds({ store: runs, files, account, clock });
  const launchedHere = new Set<string>();
  const onLaunched = (run: Run, { found }: { found: boolean }): void => {
    launchedHere.add(run.run_id);
    void lasting.update(lastLaunchKey, run.run_id);
    if (!found) {
      // One that was found may be a colleague's after all.
      me.learn(run);
    }
  };
  const isMine = ({ run_id: id, creator }: Run): boolean =>
    launchedHere.has(id) || pinned.has(id) || (me.uid !== undefined && creator?.uid === me.uid);
  // Whoever made a schedule is to hear that it fails, also where it runs as a service account.
  const isMineToMend = (run: Run): boolean =>
    isMine(run) || (resultOf(run.state) === 'bad' && schedules.hasStarted(run));
  const claim = (name: string): Promise<boolean> => shared.claim(name);
  const attention = new Attention({
    ...{ runs, groups, clock, isMine: isMineToMend, claim, log },
    scheduleRuns: (id) => schedules.newestRuns(id).catch(() => undefined),
  });
  const poller = new Poller(runs, clock, { shared, isWatched: (run) => attention.isWatched(run) });
  const launcher = new Launcher({
    ...{ client, runs, clock, onLaunched, claim, serverNow: () => client.serverNow(), creator: () => me.learnedUid },
  });
  const launchFiles = new SharedFolder(vscode.Uri.joinPath(context.globalStorageUri, 'launches').fsPath);
  const launches = new Launches({ files: launchFiles, account, clock, launcher, claim });

  const runsTree = new RunsTree({ runs, groups, filtered, seen, pinned, catalog, clock, launches });
  const onExpand = (runId: string): void => {
    void missingParents.readFamily(runId);
  };
  const runsView = new RunsView({ tree: runsTree, runs, filtered, groups, seen, pinned, poller, clock, onExpand });

  /** What was loaded later. */
  const made: { dispose(): unknown }[] = [];
  const accountChanged = new Emitter<void>();
  const schedules: ScheduleParts = new ScheduleParts({
    ...{ client, runs, catalog, me, clock, claim, log, extensionUri: context.extensionUri, memento: lasting },
    ...{ account, onDidChangeAccount: accountChanged.event, globalState },
    tellFailed: (failed) => {
      attention.tellFailed(failed);
    },
    fields: async () => {
      const { FormFields } = await launch();
      return () => new FormFields(deps);
    },
  });
  made.push(schedules);
  const skillReading = () => import('./model/skillReading');
  const skills = once(async () => {
    const { FoundSkills, SkillSights } = await import('./platform/foundSkills');
    const created = new FoundSkills({ reading: skillReading, sights: new SkillSights(clock), clock, log });
    made.push(created);
    return created;
  });
  const skillsView = once(async () => {
    const [{ Skills }, here] = await Promise.all([import('./views/skills'), skills()]);
    const created = new Skills({ client, clock, here, memento: globalState });
    made.push(created);
    return created;
  });
  const withSkills = (work: (loaded: Skills) => void): void => {
    skillsView().then(work, (error: unknown) => {
      log.error('skills', error);
    });
  };
  const skillEditorPart = () => import('./editor/skillEditor');
  const lensesChanged = new vscode.EventEmitter<void>();
  const skillEditor = once(async () => {
    const [{ SkillEditor }, reading] = await Promise.all([skillEditorPart(), skillReading()]);
    const created = new SkillEditor({ reading, skills, clock, lensesChanged, log });
    made.push(created);
    return created;
  });
  // In a later turn: the runs come first.
  setImmediate(() => {
    made.push(
      registerSkillEditor({
        ...{ skillEditor, log, onDidChangeCodeLenses: lensesChanged.event },
        agentActions: async () => (await skillEditorPart()).agentActions,
      }),
    );
    if (seen.isAwaiting) {
      // Somebody may wait to hear of them: what was known last says which, without a request.
      void shared.recall();
    }
    launches.recheck();
    if (hasUnsent(lasting)) {
      // They go on without a conversation being opened.
      panels().catch((error: unknown) => {
        log.error('follow-ups', error);
      });
    }
  });

  // Their code takes long to load: the first rows of the runs are drawn before.
  const stopWaiting = clock.after(timeToDraw, () => {
    schedules.withView(() => undefined);
    withSkills(() => undefined);
  });

  const documentChanged = new vscode.EventEmitter<vscode.Uri>();
  // Registered at once: VS Code asks for the documents of the last session before anybody opens a conversation.
  const documents = vscode.workspace.registerTextDocumentContentProvider(documentScheme, {
    onDidChange: documentChanged.event,
    provideTextDocumentContent: async (uri) => (await panels()).documents.text(uri),
  });
  const panels = once(async () => {
    const { ConversationPanels } = await import('./conversation/conversationPanels');
    const environmentName = (id: string): string | undefined => {
      catalog.lookUp(id);
      return catalog.environmentName(id);
    };
    const { extensionUri } = context;
    const created = new ConversationPanels({
      ...{
        client,
        runs,
        clock,
        extensionUri,
        webUrl,
        baseUrl,
        log,
        environmentName,
        texts,
        plans,
        documentChanged,
        memento: lasting,
      },
      ...{ groups, pinned, catalog, readFamily: onExpand, claim, onDidChangeAccount: accountChanged.event },
    });
    made.push(created);
    return created;
  });
  const show = async (runId: string): Promise<void> => (await panels()).open(runId);
  const showConversation = async (id: string, given?: Conversation): Promise<void> =>
    (await panels()).openConversation(id, given);
  const reveal = (runId: string): Promise<boolean> => runsView.reveal(runId);
  const showRuns = (): Thenable<unknown> => vscode.commands.executeCommand('agentRuns.runs.focus');

  const forgetAccount = (): void => {
    void shared.forget();
    void lasting.update(lastLaunchKey, undefined);
    runs.reset();
    schedules.withView((loaded) => {
      loaded.reset();
    });
    withSkills((loaded) => {
      loaded.reset();
    });
    catalog.reset();
    me.reset();
    launcher.keyChanged();
    void launches.accountChanged();
    plans.clear();
    poller.restart();
    accountChanged.fire();
  };
  const check = async (key: string, signal: AbortSignal): Promise<void> => {
    await new OzClient({ ...service, key: () => Promise.resolve(key) }).listRuns({ limit: 1 }, signal);
  };

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
  const previewButtons = new PreviewButtons();
  const deps = {
    ...{ runs: known, client, clock, filtered, seen, pinned, groups, catalog, me, repositories, memento },
    launcher: launches,
    ...{
      plans,
      apiKey,
      baseUrl,
      webUrl,
      check,
      trace,
      show,
      showConversation,
      reveal,
      showRuns,
      showText: texts.show,
      previewButtons,
      walk: new RunWalk(),
      draftsFolder: vscode.Uri.joinPath(context.globalStorageUri, 'drafts'),
    },
    skillReading,
    runOutcome: () => import('./model/runOutcome'),
    skills,
    cloudSkills: async () => (await skillsView()).cloud,
    version: (context.extension.packageJSON as { version: string }).version,
    revealRun: async (runId: string, isOpen = false) => {
      await showRuns();
      return runsView.reveal(runId, isOpen);
    },
    schedules: schedules.view,
    revealSchedule: async (scheduleId: string) => (await schedules.view()).reveal(scheduleId),
    lastLaunched: () => lasting.get<string>(lastLaunchKey),
    openSchedule: async (what: FormTarget): Promise<void> => (await schedules.panels()).openSchedule(what),
    conversationText: async (...call: Parameters<ConversationPanels['text']>) => (await panels()).text(...call),
    showConversationText: async (source: ConversationSource) => (await panels()).documents.show(source),
    answer: async (runId: string) => {
      void reveal(runId);
      await (await panels()).open(runId, { answer: true });
    },
    openConversation: (runId: string) => {
      void reveal(runId);
      return show(runId);
    },
    confirm: async (request: LaunchRequest): Promise<boolean> => (await launch()).confirmLaunch(deps, request),
  };
  const commands = () => import('./commands/runCommands');
  const launch = () => import('./commands/launch');
  runs.onDidChange(({ ids }) => {
    // Whoever reads the list may find the run of a launch that was looked for in vain.
    void launches.seen([...ids].flatMap((id) => runs.get(id) ?? []));
  });
  launches.onDidBegin((id) => {
    void runsView.revealLaunch(id);
  });
  launches.onDidSettle((settled) => {
    launch()
      .then(({ tellSettled }) => tellSettled(settled))
      .catch((error: unknown) => {
        log.error('launch', error);
      });
  });
  const all: Record<string, Command> = {
    ...commandsAtFirstUse(runCommandNames, commands, deps),
    ...commandsAtFirstUse(
      ['attachRun', 'attachToRun', 'continueInNewRun', 'runAgain', 'runAgainWithChanges'] as const,
      launch,
      deps,
    ),
    ...commandsAtFirstUse(scheduleCommandNames, launch, deps),
    ...schedules.commands,
    ...commandsAtFirstUse(['retryLaunch', 'changeLaunch', 'lookForLaunch', 'discardLaunch'] as const, launch, deps),
    changeFilter: async () => (await commands()).filterRuns(deps),
    newRun: async () => (await launch()).launchFromPrompt(deps),
    runSelection: async () => (await launch()).launchFromSelection(deps),
    fixWithAgent: async (problem) => (await launch()).fixWithAgent(deps, problem),
    runFile: async (file, selected) => (await launch()).launchFromFiles(deps, file, selected),
    runFolder: async (folder, selected) => (await launch()).launchFromFiles(deps, folder, selected),
    runSkill: async (file) => (await launch()).launchSkill(deps, file),
    runSkillNow: async (skill) => (await launch()).launchSkillNow(deps, skill),
    openConversation: (run, rows) => openConversation({ runs: known, show }, run, rows),
    findInConversation: async () => {
      (await panels()).find();
    },
    refreshRuns: () => runsView.refresh(),
    loadMoreRuns: () => runsView.loadMore(),
    refreshSkills: async () => (await skillsView()).refresh(),
    sortSkillsByName: async () => {
      (await skillsView()).sortBy('name');
    },
    sortSkillsByLastRun: async () => {
      (await skillsView()).sortBy('lastRun');
    },
    launchPreviewed: () => {
      previewButtons.answer('launch');
    },
    changePreviewed: () => {
      previewButtons.answer('change');
    },
    openServiceSettings: () => vscode.commands.executeCommand('workbench.action.openSettings', 'agentRuns.'),
    showLog: () => {
      log.show();
    },
  };
  const watchedChanged = (): void => {
    poller.watchedChanged();
  };
  const parts: { dispose(): unknown }[] = [
    ...[apiKey.onDidChange(forgetAccount), onDidChangeBaseUrl(forgetAccount)],
    ...[me, pinned, attention].map((source) => source.onDidChange(watchedChanged)),
    ...[
      { dispose: stopWaiting },
      previewButtons,
      launches,
      runsView,
      runsTree,
      attention,
      texts,
      poller,
      shared,
      missingPins,
      missingParents,
    ],
    ...[groups, pinned, seen],
    ...[filtered, facts, repositories, me, runs, catalog, apiKey, documents, documentChanged, accountChanged],
    lensesChanged,
  ];
  return {
    run: (id, args) => {
      const command = all[id.replace('agentRuns.', '')];
      if (!command) {
        throw new Error(`${id} is declared, but nothing carries it out`);
      }
      return showingErrors(id, command, log)(...args);
    },
    restoreConversation: async (panel, state) => (await panels()).restore(panel, state),
    restoreSchedule: async (panel, state) => (await schedules.panels()).restore(panel, state),
    dispose: () => {
      for (const part of [...parts, ...made]) {
        part.dispose();
      }
    },
  };
}
