import * as vscode from 'vscode';
import { allCommands } from './allCommands';
import { ConversationParts } from './conversationParts';
import { LaunchParts } from './launchParts';
import { Catalog } from './model/catalog';
import { type Disposable, disposeAll, Emitter } from './model/emitter';
import { FilteredRuns } from './model/filteredRuns';
import { KnownFacts } from './model/knownFacts';
import { Me } from './model/me';
import { MissingParents } from './model/missingParents';
import { MissingPins } from './model/missingPins';
import { PinnedRuns } from './model/pinnedRuns';
import { Poller } from './model/poller';
import { RunGroups } from './model/runGroups';
import { RunStore } from './model/runStore';
import { resultOf } from './model/scheduleFailure';
import { SeenRuns } from './model/seenRuns';
import { SharedRounds } from './model/sharedRounds';
import { systemClock as clock } from './oz/clock';
import { OzClient } from './oz/ozClient';
import type { Run } from './oz/types';
import { accountOf } from './platform/account';
import { ApiKey } from './platform/apiKey';
import { once } from './platform/atFirstUse';
import { gitApi } from './platform/gitExtension';
import { LastTrace } from './platform/lastTrace';
import type { Log } from './platform/log';
import { onDidChangeBaseUrl, serviceSettings } from './platform/settings';
import { SharedFolder } from './platform/sharedFolder';
import { showingErrors } from './platform/showErrors';
import { WorkspaceRepositories } from './platform/workspaceRepositories';
import { ScheduleParts } from './scheduleParts';
import { SkillParts } from './skillParts';
import { Attention } from './views/attention';
import { RunsTree } from './views/runsTree';
import { RunsView } from './views/runsView';

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
  const claim = (name: string): Promise<boolean> => shared.claim(name);

  const launching = new LaunchParts({
    ...{ client, runs, me, clock, account, claim, memento: lasting, log },
    globalStorageUri: context.globalStorageUri,
  });
  const { launches } = launching;
  const isMine = ({ run_id: id, creator }: Run): boolean =>
    launching.hasLaunched(id) || pinned.has(id) || (me.uid !== undefined && creator?.uid === me.uid);
  // Whoever made a schedule is to hear that it fails, also where it runs as a service account.
  const isMineToMend = (run: Run): boolean =>
    isMine(run) || (resultOf(run.state) === 'bad' && schedules.hasStarted(run));
  const attention = new Attention({
    ...{ runs, groups, launches, clock, isMine: isMineToMend, claim, log },
    scheduleRuns: (id) => schedules.newestRuns(id).catch(() => undefined),
  });
  const poller = new Poller(runs, clock, { shared, isWatched: (run) => attention.isWatched(run) });

  const runsTree = new RunsTree({ runs, groups, filtered, seen, pinned, catalog, clock, launches });
  const readFamily = (runId: string): void => {
    void missingParents.readFamily(runId);
  };
  const runsView = new RunsView({
    ...{ tree: runsTree, runs, filtered, groups, seen, pinned, poller, clock, onExpand: readFamily },
  });
  launches.onDidBegin((id) => {
    void runsView.revealLaunch(id);
  });

  const accountChanged = new Emitter<void>();
  const { extensionUri } = context;
  const conversations = new ConversationParts({
    ...{ client, runs, groups, pinned, catalog, clock, claim, readFamily, log, extensionUri, memento: lasting },
    ...{ baseUrl, webUrl, onDidChangeAccount: accountChanged.event },
  });
  const schedules: ScheduleParts = new ScheduleParts({
    ...{ client, runs, catalog, me, clock, account, claim, log, extensionUri, memento: lasting, globalState },
    onDidChangeAccount: accountChanged.event,
    texts: conversations.texts,
    tellFailed: (failed) => {
      attention.tellFailed(failed);
    },
    fields: async () => {
      const { FormFields } = await launching.code();
      return () => new FormFields(commands.deps);
    },
  });
  const skills = new SkillParts({ client, clock, runs, log, memento: globalState });
  // In a later turn: the runs come first.
  setImmediate(() => {
    skills.registerEditor();
    if (seen.isAwaiting) {
      // Somebody may wait to hear of them: what was known last says which, without a request.
      void shared.recall();
    }
    launches.recheck();
    conversations.resumeUnsent();
  });
  // Their code takes long to load: the first rows of the runs are drawn before.
  const stopWaiting = clock.after(timeToDraw, () => {
    schedules.withView(() => undefined);
    skills.withView(() => undefined);
  });

  const forgetAccount = (): void => {
    void shared.forget();
    runs.reset();
    schedules.withView((loaded) => {
      loaded.reset();
    });
    skills.withView((loaded) => {
      loaded.reset();
    });
    catalog.reset();
    me.reset();
    launching.accountChanged();
    conversations.plans.clear();
    poller.restart();
    accountChanged.fire();
  };
  const check = async (key: string, signal: AbortSignal): Promise<void> => {
    await new OzClient({ ...service, key: () => Promise.resolve(key) }).listRuns({ limit: 1 }, signal);
  };
  const commands = allCommands({
    ...{ client, clock, log, context, memento, runs, filtered, seen, pinned, groups, catalog, me, repositories },
    ...{ apiKey, baseUrl, webUrl, check, trace, runsView, conversations, launching, schedules, skills },
  });

  const watchedChanged = (): void => {
    poller.watchedChanged();
  };
  const parts: Disposable[] = [
    ...[apiKey.onDidChange(forgetAccount), onDidChangeBaseUrl(forgetAccount)],
    ...[me, pinned, attention].map((source) => source.onDidChange(watchedChanged)),
    ...[{ dispose: stopWaiting }, launching, runsView, runsTree, attention, poller, shared],
    ...[missingPins, missingParents, groups, pinned, seen, filtered, facts, repositories, me, runs, catalog, apiKey],
    ...[schedules, skills, conversations, accountChanged],
  ];
  return {
    run: (id, args) => {
      const command = commands.all[id.replace('agentRuns.', '')];
      if (!command) {
        throw new Error(`${id} is declared, but nothing carries it out`);
      }
      return showingErrors(id, command, log)(...args);
    },
    restoreConversation: (panel, state) => conversations.restore(panel, state),
    restoreSchedule: async (panel, state) => (await schedules.panels()).restore(panel, state),
    dispose: () => {
      disposeAll(parts);
    },
  };
}
