import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { chromium, type Browser } from 'playwright-core';
import { run } from './childProcess';
import { cacheFolder, makeFolderOnce, projectFolder } from './folders';

/** A browser's program, and what must be in its environment. */
interface BrowserProgram {
  readonly executable: string;
  readonly env: NodeJS.ProcessEnv;
}

const namesOnPath = ['google-chrome-stable', 'google-chrome', 'chromium', 'chrome', 'msedge'];

const usualPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Starts a browser without a window: `CHROME_PATH`, one that is installed, or the one inside an npm package. */
export async function launchBrowser(): Promise<Browser> {
  const { executable, env } = await findBrowser();
  return chromium.launch({
    executablePath: executable,
    env: Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
    ],
  });
}

/** Finds a Chrome or Chromium; unpacks the one of `@sparticuz/chromium` into the cache where none is installed. */
export async function findBrowser(): Promise<BrowserProgram> {
  const onPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((folder) => namesOnPath.map((name) => path.join(folder, name)));
  const chromePath = process.env.CHROME_PATH;
  const executable = [...(chromePath === undefined ? [] : [chromePath]), ...onPath, ...usualPlaces].find(isProgram);
  return executable === undefined ? unpackBrowser() : { executable, env: process.env };
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

async function unpackBrowser(): Promise<BrowserProgram> {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chrome or Chromium was found: install one, or name it in CHROME_PATH.');
  }
  const packed = path.join(projectFolder, 'node_modules', '@sparticuz', 'chromium');
  const { version } = JSON.parse(fs.readFileSync(path.join(packed, 'package.json'), 'utf8')) as { version: string };
  const folder = path.join(cacheFolder, `chromium-${version}`);
  // Its own unpacking is into the machine's temporary folder, where a half one would be used by the next.
  await makeFolderOnce(folder, async (partial) => {
    console.log('Unpacking Chromium …');
    const unpack = async (name: string): Promise<Buffer> =>
      promisify(brotliDecompress)(await fs.promises.readFile(path.join(packed, 'bin', name)));
    await fs.promises.writeFile(path.join(partial, 'chromium'), await unpack('chromium.br'), { mode: 0o755 });
    for (const name of ['al2023', 'fonts', 'swiftshader']) {
      const archive = path.join(partial, `${name}.tar`);
      await fs.promises.writeFile(archive, await unpack(`${name}.tar.br`));
      await run('tar', ['-xf', archive, '-C', partial]);
      await fs.promises.rm(archive);
    }
    const fonts = `<fontconfig><dir>${path.join(folder, 'fonts')}</dir></fontconfig>\n`;
    await fs.promises.writeFile(path.join(partial, 'fonts.conf'), fonts);
  });
  const executable = path.join(folder, 'chromium');
  return { executable, env: { ...process.env, ...(await missingLibraries(executable)), ...missingFonts(folder) } };
}

/** Only where the machine lacks them: its own libraries fit better together. */
async function missingLibraries(executable: string): Promise<NodeJS.ProcessEnv> {
  try {
    await run(executable, ['--version']);
    return {};
  } catch {
    return { LD_LIBRARY_PATH: path.join(path.dirname(executable), 'lib') };
  }
}

function missingFonts(folder: string): NodeJS.ProcessEnv {
  const places = ['/usr/share/fonts', '/usr/local/share/fonts', path.join(os.homedir(), '.fonts')];
  const hasFonts = places.some((place) => fs.existsSync(place) && fs.readdirSync(place).length > 0);
  return hasFonts ? {} : { FONTCONFIG_PATH: folder };
}
