import fs from 'node:fs';
import path from 'node:path';
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { run } from './childProcess';
import { cacheFolder, temporaryFolder } from './folders';
import { quietSettings, type Settings } from './settings';
import { versions, type Version } from './versions';

const downloadServer = 'https://update.code.visualstudio.com/api/releases/stable';
const probeLimit = 3_000;

const found = new Map<Version, Promise<string | undefined>>();

/**
 * The program of a desktop VS Code that can be started here, or undefined: `VSCODE_EXECUTABLE`, for the newest version
 * the `code` on the PATH, or one that is downloaded. Where no window can be shown only the first is looked at. Is
 * decided once.
 */
export function findDesktop(version: Version): Promise<string | undefined> {
  const known = found.get(version) ?? decide(version);
  found.set(version, known);
  return known;
}

/** Makes an empty profile with these settings; returns the arguments with which VS Code uses it. */
export function makeDesktopProfile(settings: Settings): string[] {
  const profile = temporaryFolder('vscode');
  const file = path.join(profile, 'User', 'settings.json');
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  return [
    `--user-data-dir=${profile}`,
    `--extensions-dir=${path.join(profile, 'extensions')}`,
    // Chromium refuses to start in its sandbox for root.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
}

async function decide(version: Version): Promise<string | undefined> {
  const named = process.env.VSCODE_EXECUTABLE;
  if (named !== undefined) {
    return named;
  }
  const hasDisplay =
    process.platform !== 'linux' || process.env.DISPLAY !== undefined || process.env.WAYLAND_DISPLAY !== undefined;
  if (!hasDisplay) {
    return undefined;
  }
  return (version === 'newest' ? await installedDesktop() : undefined) ?? (await downloadedDesktop(version));
}

/** `code` is a script that hands its work to a window that is open already: the program beside it is what is wanted. */
async function installedDesktop(): Promise<string | undefined> {
  const script = (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, process.platform === 'win32' ? 'code.cmd' : 'code'))
    .find((file) => fs.existsSync(file));
  if (script === undefined) {
    return undefined;
  }
  const bin = path.dirname(fs.realpathSync(script));
  const program = {
    darwin: path.join(bin, '..', '..', '..', 'MacOS', 'Electron'),
    win32: path.join(bin, '..', 'Code.exe'),
  }[process.platform as string];
  const executable = path.resolve(program ?? path.join(bin, '..', 'code'));
  try {
    await run(executable, ['--version'], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
    return executable;
  } catch {
    return undefined;
  }
}

async function downloadedDesktop(version: Version): Promise<string | undefined> {
  try {
    const answer = await fetch(downloadServer, { method: 'HEAD', signal: AbortSignal.timeout(probeLimit) });
    if (!answer.ok) {
      return undefined;
    }
    return await downloadAndUnzipVSCode({
      version: versions[version].vscode,
      cachePath: path.join(cacheFolder, 'vscode-desktop'),
    });
  } catch {
    return undefined;
  }
}
