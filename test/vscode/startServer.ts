import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { startProgram, untilReady } from './childProcess';
import { temporaryFolder } from './folders';
import { installServer } from './installServer';
import { quietSettings, type Settings } from './settings';
import type { Version } from './versions';

export interface ServerOptions {
  readonly version: Version;
  /** The folder that the editor opens. */
  readonly workspace: string;
  /** Are added to the quiet settings; application-scoped ones count too. */
  readonly userSettings?: Settings;
  /** Is added to the environment of the server, so of the extension host. */
  readonly env?: NodeJS.ProcessEnv;
  /** An extension to install, as a person would. */
  readonly vsix?: string;
  /** The folders of further extensions, which are there from the start. */
  readonly extensions?: readonly string[];
  /** Tests to run in the extension host. */
  readonly tests?: ExtensionTests;
}

export interface ExtensionTests {
  /** The folder of the extension that is tested: it is loaded from there. */
  readonly extensionDevelopmentPath: string;
  /** A module of Node whose `run()` is called. */
  readonly extensionTestsPath?: string;
}

/** A VS Code that is opened in a browser. */
export interface Server {
  /** Opens the workspace. */
  readonly url: string;
  /** What the server printed so far. */
  readonly output: () => string;
  /** The folder in which it and the extension hosts write their logs. */
  readonly logs: string;
  /** Resolves when the server has ended, by itself or because it was stopped. */
  readonly ended: Promise<unknown>;
  readonly stop: () => Promise<void>;
}

/** Installs VS Code's web server build where needed, and starts it with an empty profile on a free port. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const server = await installServer(options.version);
  const data = temporaryFolder('vscode');
  const extensions = path.join(data, 'extensions');
  const settingsFile = path.join(data, 'data', 'User', 'settings.json');
  fs.mkdirSync(extensions, { recursive: true });
  for (const folder of options.extensions ?? []) {
    fs.cpSync(folder, path.join(extensions, path.basename(folder)), { recursive: true });
  }
  fs.mkdirSync(path.dirname(settingsFile), { recursive: true });
  const settings: Settings = { ...quietSettings, ...options.userSettings };
  fs.writeFileSync(settingsFile, JSON.stringify(settings, null, 2));

  const args = [
    ...['--require', path.join(__dirname, 'serverPreload.cjs'), server.main],
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token', '--accept-server-license-terms'],
    ...['--force-disable-user-env', '--disable-telemetry'],
    // Else everything is trusted, whatever the setting says.
    ...(settings['security.workspace.trust.enabled'] === true ? [] : ['--disable-workspace-trust']),
    ...['--server-data-dir', data, '--extensions-dir', extensions],
    // The extension host of a window that was closed ends soon. The oldest VS Code does not know it, and says so.
    ...['--reconnection-grace-time', '5'],
    // Without it the page ignores the tests; with it, it shows no notifications.
    ...(options.tests === undefined ? [] : ['--enable-smoke-test-driver']),
    ...(options.vsix === undefined ? [] : ['--install-extension', options.vsix, '--start-server']),
  ];
  // An empty gallery: nothing is asked of any marketplace.
  const env = { ...process.env, EXTENSIONS_GALLERY: '{}', ...options.env };
  const program = startProgram(server.node, args, { env, stdio: 'pipe' });
  const output = await untilReady(
    program,
    (text) =>
      text.includes('Extension host agent started') &&
      (options.vsix === undefined || text.includes('was successfully installed')),
  );
  const port = /agent listening on (\d+)/.exec(output())?.[1] ?? '';
  return {
    url: pageUrl(`127.0.0.1:${port}`, options),
    output,
    logs: path.join(data, 'data', 'logs'),
    ended: once(program.child, 'exit'),
    stop: program.stop,
  };
}

function pageUrl(host: string, { workspace, tests }: ServerOptions): string {
  const url = new URL(`http://${host}/`);
  url.searchParams.set('folder', uriPath(workspace));
  if (tests !== undefined) {
    const payload = Object.entries<string>({ ...tests }).map(([name, file]) => [
      name,
      `vscode-remote://${host}${uriPath(file)}`,
    ]);
    url.searchParams.set('payload', JSON.stringify([...payload, ['skipWelcome', 'true']]));
  }
  return url.href;
}

function uriPath(file: string): string {
  return process.platform === 'win32' ? `/${file.replaceAll('\\', '/')}` : file;
}
