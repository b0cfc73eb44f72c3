import { once } from 'node:events';
import { resolveCliArgsFromVSCodeExecutablePath } from '@vscode/test-electron';
import { startLocalOz } from './local-oz/server';
import { run, startProgram } from './vscode/childProcess';
import { findDesktop, makeDesktopProfile } from './vscode/desktop';
import { packageExtension } from './vscode/packageExtension';
import { makeSampleWorkspace } from './vscode/sampleWorkspace';
import type { Settings } from './vscode/settings';
import { startServer } from './vscode/startServer';

/** What the editor is started with, whichever it is. */
interface Start {
  readonly workspace: string;
  readonly vsix: string;
  readonly userSettings: Settings;
  readonly env: NodeJS.ProcessEnv;
}

/** `npm start`: the packed extension in a VS Code with a sample project, beside a local Oz. Ends with Ctrl+C. */
async function main(): Promise<void> {
  endOnCtrlC();
  console.log('Building and packing the extension …');
  const vsix = await packageExtension();
  const oz = await startLocalOz({ scenario: 'demo', clock: 'real' });
  console.log(`Local Oz: ${oz.webUrl} (control: ${oz.webUrl}/control/)`);
  const workspace = makeSampleWorkspace();
  console.log(`Sample project: ${workspace}`);
  const start: Start = {
    workspace,
    vsix,
    userSettings: { 'agentRuns.baseUrl': oz.baseUrl, 'agentRuns.webUrl': oz.webUrl },
    env: { WARP_API_KEY: oz.key },
  };
  const desktop = await findDesktop('newest');
  if (desktop === undefined) {
    const server = await startServer({ ...start, version: 'newest' });
    console.log(`\nOpen in a browser: ${server.url}\nCtrl+C stops everything.`);
    await server.ended;
    throw new Error(`VS Code's server ended:\n${server.output()}`);
  }
  await runDesktop(desktop, start);
  process.exit();
}

/** Ctrl+C is how this program ends well. */
function endOnCtrlC(): void {
  process.exitCode = 0;
  if (process.stdin.isTTY) {
    // Read as a key it is no signal: one would reach npm's shell too, which then reports a failure.
    process.stdin.setRawMode(true).on('data', (keys: Buffer) => {
      if (keys.includes(3)) {
        process.exit();
      }
    });
  }
}

/** Opens a desktop VS Code with a profile of its own; resolves when its window is closed. */
async function runDesktop(executable: string, start: Start): Promise<void> {
  const profile = makeDesktopProfile(start.userSettings);
  const [cli = executable] = resolveCliArgsFromVSCodeExecutablePath(executable, { reuseMachineInstall: true });
  await run(cli, [...profile, '--install-extension', start.vsix], { shell: process.platform === 'win32' });
  console.log(`\nStarted ${executable}\nCtrl+C stops everything.`);
  const window = startProgram(executable, [start.workspace, ...profile, '--new-window', '--skip-welcome'], {
    env: { ...process.env, ...start.env },
    stdio: 'ignore',
  });
  await once(window.child, 'exit');
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
