import assert from 'node:assert/strict';
import type { LogEntry } from '../local-oz/requestLog';
import { startLocalOz, type LocalOz, type LocalOzOptions } from '../local-oz/server';
import type { Run } from '../local-oz/state';
import { launchBrowser } from '../vscode/browser';
import { extensionErrors } from '../vscode/extensionErrors';
import { packageExtension } from '../vscode/packageExtension';
import { makeSampleWorkspace } from '../vscode/sampleWorkspace';
import type { Settings } from '../vscode/settings';
import { startServer } from '../vscode/startServer';
import type { Version } from '../vscode/versions';
import { Workbench } from './workbench';

export interface EditorOptions {
  /** The newest unless said. */
  readonly version?: Version;
  readonly oz?: LocalOzOptions;
  /** `WARP_API_KEY` of the editor: the local Oz's key unless said, none when `null`. */
  readonly key?: string | null;
  /** Are added to the quiet ones; `workbench.colorTheme` chooses a theme. */
  readonly settings?: Settings;
  /** The folder to open; the sample project unless said. */
  readonly workspace?: string;
}

/** VS Code with the packed extension and a folder, beside an Oz of its own. */
export interface Editor {
  readonly workbench: Workbench;
  readonly oz: LocalOz;
  /** The folder that is open. */
  readonly workspace: string;
  /** The service's newest run with a title, as it is now. */
  readonly run: (title: string) => Run;
  /** What was sent to be done to a path of the API, oldest first. */
  readonly posted: (path: string) => LogEntry[];
  /** What the extension logged as an error, or threw without anybody catching it; also after the editor was closed. */
  readonly errors: () => string[];
  readonly close: () => Promise<void>;
}

const openWorkbenches = new Set<Workbench>();

// What the person saw when a test failed.
afterEach(async function () {
  if (this.currentTest?.state === 'failed') {
    const name = this.currentTest.fullTitle().replace(/[^a-z0-9]+/gi, '-');
    for (const workbench of openWorkbenches) {
      await workbench.screenshot(`failed-${name}`);
    }
  }
});

// Also what a suite left open because its start failed: mocha ends only when nothing runs any more.
const closers = new Set<() => Promise<void>>();
after(async () => {
  for (const close of closers) {
    await close();
  }
});

let vsix: Promise<string> | undefined;

/** Starts an Oz and a VS Code with an empty profile, and opens it. Takes about 5 seconds, the first time more. */
export async function openEditor(options: EditorOptions = {}): Promise<Editor> {
  const running: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    closers.delete(close);
    for (const end of running.splice(0).reverse()) {
      await end();
    }
  };
  closers.add(close);

  vsix ??= packageExtension();
  const oz = await startLocalOz({ scenario: 'demo', clock: 'real', ...options.oz });
  running.push(() => oz.close());
  const address = { 'agentRuns.baseUrl': oz.baseUrl, 'agentRuns.webUrl': oz.webUrl };
  const workspace = options.workspace ?? makeSampleWorkspace();
  const server = await startServer({
    version: options.version ?? 'newest',
    workspace,
    vsix: await vsix,
    userSettings: { ...address, ...options.settings },
    env: { WARP_API_KEY: options.key === undefined ? oz.key : (options.key ?? undefined) },
  });
  running.push(server.stop);
  const browser = await launchBrowser();
  running.push(() => browser.close());
  const workbench = await Workbench.open(browser, server.url);
  openWorkbenches.add(workbench);
  running.push(() => Promise.resolve(openWorkbenches.delete(workbench)));
  return {
    workbench,
    oz,
    workspace,
    run: (title) => runCalled(oz, title),
    posted: (path) => oz.log.filter((entry) => entry.method === 'POST' && entry.path === path),
    errors: () => extensionErrors(server.logs, 'agent-runs.agent-runs'),
    close,
  };
}

function runCalled(oz: LocalOz, title: string): Run {
  const found = [...oz.state.runs.values()].map(({ item }) => item).filter((item) => item.title === title);
  const [newest] = found.sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  if (!newest) throw new Error(`The service has no run "${title}"`);
  return newest;
}

/** Closes an editor in which nothing may have gone wrong: neither a call against the API's description nor an error. */
export async function closeInOrder(editor: Editor): Promise<void> {
  editor.oz.assertNoViolations();
  await editor.close();
  assert.deepEqual(editor.errors(), []);
}
