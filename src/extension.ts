import * as vscode from 'vscode';
import { openConversation } from './commands/openConversation';
import { Catalog } from './model/catalog';
import { Launcher } from './model/launcher';
import { Poller } from './model/poller';
import { RunGroups } from './model/runGroups';
import { RunStore } from './model/runStore';
import { SeenRuns } from './model/seenRuns';
import { systemClock as clock } from './oz/clock';
import type { OzClient } from './oz/ozClient';
import { ApiKey } from './platform/apiKey';
import { atFirstCall, once } from './platform/atFirstCall';
import { Log } from './platform/log';
import { ReadOnlyText } from './platform/readOnlyText';
import { registerCommands } from './platform/register';
import { onDidChangeServiceSettings, serviceSettings } from './platform/settings';
import { RunsTree } from './views/runsTree';
import { RunsView } from './views/runsView';
import type { Schedules } from './views/schedules';

/**
 * Builds everything, top to bottom. Nothing is read or requested here: that waits until somebody looks. What the first look
 * does not need either is in bundles of its own, loaded by `import()` at first use.
 */
export function activate(context: vscode.ExtensionContext): void {
  const log = new Log();
  const texts = new ReadOnlyText();
  const baseUrl = (): string => serviceSettings().baseUrl;
  const webUrl = (): string => serviceSettings().webUrl;
  const apiKey = new ApiKey(context.secrets, process.env, baseUrl);

  const newClient = async (key: () => Promise<string | undefined>): Promise<OzClient> => {
    const { OzClient } = await import('./oz/ozClient');
    // `fetch` is looked up at each call: VS Code replaces it for the user's proxy and certificates.
    return new OzClient({ baseUrl, key, fetch: (...call) => fetch(...call), clock, log: log.info });
  };
  let loaded: OzClient | undefined;
  const client = atFirstCall(once(async () => (loaded = await newClient(async () => (await apiKey.inUse())?.value))));

  const runs = new RunStore(client, clock);
  const seen = new SeenRuns(context.globalState, clock);
  const groups = new RunGroups(runs, seen);
  const poller = new Poller(runs, clock);
  const catalog = new Catalog(client, clock);
  const launcher = new Launcher({ client, runs, clock, serverNow: () => loaded?.serverNow() });

  const runsTree = new RunsTree(runs, groups, catalog, clock);
  const runsView = new RunsView(runsTree, runs, groups, poller, clock);

  const schedules = once(async () => {
    const { Schedules } = await import('./views/schedules');
    const made = new Schedules({ client, runs, catalog, clock });
    context.subscriptions.push(made);
    return made;
  });
  const withSchedules = (work: (loaded: Schedules) => void): void => {
    schedules().then(work, (error: unknown) => {
      log.error('schedules', error);
    });
  };
  // After activation: the runs come first.
  setImmediate(() => {
    withSchedules(() => undefined);
  });

  const panels = once(async () => {
    const { ConversationPanels } = await import('./conversation/conversationPanels');
    const environmentName = (id: string): string | undefined => {
      catalog.lookUp(id);
      return catalog.environmentName(id);
    };
    const { extensionUri } = context;
    const made = new ConversationPanels({ client, runs, clock, extensionUri, webUrl, log, environmentName, texts });
    context.subscriptions.push(made);
    return made;
  });
  const show = async (runId: string): Promise<void> => (await panels()).open(runId);

  const forgetAccount = (): void => {
    runs.reset();
    withSchedules((loaded) => {
      loaded.reset();
    });
    catalog.reset();
    launcher.keyChanged();
    poller.restart();
  };
  const checkKey = async (key: string, signal: AbortSignal): Promise<void> => {
    await (await newClient(() => Promise.resolve(key))).listRuns({ limit: 1 }, signal);
  };

  const commands = () => import('./commands/runCommands');
  const launch = () => import('./commands/launch');
  const launching = {
    launcher,
    catalog,
    memento: context.workspaceState,
    showText: texts.show,
    openConversation: (runId: string) => {
      void runsView.reveal(runId);
      return show(runId);
    },
  };
  const registered = registerCommands(
    {
      newRun: async () => (await launch()).launchFromPrompt(launching),
      runSelection: async () => (await launch()).launchFromSelection(launching),
      runSkill: async (file) => (await launch()).launchSkill(launching, file),
      openConversation: (run) => openConversation({ runs, show }, run),
      openInBrowser: async (run) => (await commands()).openInBrowser({ runs, webUrl }, run),
      openSession: async (run) => (await commands()).openSession({ runs, client }, run),
      openArtifact: async (artifact) =>
        (await commands()).openArtifact({ runs, client, showText: texts.show }, artifact),
      copyRunId: async (run) => (await commands()).copyRunId({ runs }, run),
      copyRunLink: async (run) => (await commands()).copyRunLink({ runs, webUrl }, run),
      cancelRun: async (run) => (await commands()).cancelRun({ runs, client }, run),
      refreshRuns: () => runsView.refresh(),
      loadMoreRuns: () => runsView.loadMore(),
      refreshSchedules: async () => (await schedules()).refresh(),
      loadMoreScheduleRuns: async (schedule) => (await schedules()).loadMoreRuns(schedule),
      setApiKey: async () => (await commands()).setApiKey({ apiKey, baseUrl, check: checkKey }),
      signOut: async () => (await commands()).signOut({ apiKey }),
      openKeyPage: async () => (await commands()).openKeyPage({ webUrl }),
      openServiceSettings: () => vscode.commands.executeCommand('workbench.action.openSettings', 'agentRuns.'),
      showLog: () => {
        log.show();
      },
    },
    log,
  );
  const serializer = vscode.window.registerWebviewPanelSerializer('agentRuns.conversation', {
    deserializeWebviewPanel: async (panel, state: unknown) => (await panels()).restore(panel, state),
  });

  context.subscriptions.push(registered, serializer, runsView, runsTree, texts);
  context.subscriptions.push(apiKey.onDidChange(forgetAccount), onDidChangeServiceSettings(forgetAccount));
  context.subscriptions.push(poller, groups, seen, runs, catalog, apiKey, log);
}
