import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { startLocalOz } from '../local-oz/server';
import { launchBrowser } from '../vscode/browser';
import { cacheFolder, projectFolder, temporaryFolder } from '../vscode/folders';
import { makeSampleWorkspace } from '../vscode/sampleWorkspace';
import { startServer } from '../vscode/startServer';
import { makeExtension } from './emptyExtension';
import { type Figure, figure, median } from './figure';

const samples = 9;
/** The first windows also fill the caches of the disk and of the browser. */
const warmUps = 2;

/** Activation in the real host of what is built in dist/, as a multiple of an empty extension's in the same window. */
export async function measureActivation(): Promise<Figure> {
  const suite = path.join(cacheFolder, 'bench', 'activationInHost.js');
  await build({
    entryPoints: [path.join(__dirname, 'activationInHost.ts')],
    outfile: suite,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
  });
  const oz = await startLocalOz({ scenario: 'demo', clock: 'real' });
  const server = await startServer({
    version: 'newest',
    workspace: makeSampleWorkspace(),
    userSettings: { 'agentRuns.baseUrl': oz.baseUrl },
    env: { WARP_API_KEY: oz.key },
    extensions: [makeExtension('empty'), withoutStart()],
    tests: { extensionDevelopmentPath: makeExtension('first'), extensionTestsPath: suite },
  });
  const browser = await launchBrowser();
  const taken: { empty: number; own: number }[] = [];
  for (let window = 0; window < warmUps + samples; window++) {
    const page = await browser.newPage();
    let told: string | undefined;
    let printed = '';
    await page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
      const line = args.join(' ');
      printed += `${line}\n`;
      told ??= /figure:(\{.*\})/.exec(line)?.[1];
    });
    const ended = new Promise<void>((resolve) => {
      void page.exposeFunction('codeAutomationExit', resolve).then(() => page.goto(server.url));
    });
    await ended;
    await page.close();
    if (told === undefined) {
      throw new Error(`the extension host told no figure:\n${printed}`);
    }
    if (window >= warmUps) {
      taken.push(JSON.parse(told) as { empty: number; own: number });
    }
  }
  await browser.close();
  await server.stop();
  await oz.close();
  const empty = median(taken.map((one) => one.empty));
  return figure('activation.ratio', median(taken.map((one) => one.own)) / empty, 'x', 2, empty);
}

/** Makes a copy of the extension that VS Code does not activate by itself. */
function withoutStart(): string {
  const folder = path.join(temporaryFolder('bench'), 'agent-runs.agent-runs-1.0.0');
  for (const part of ['dist', 'media']) {
    fs.cpSync(path.join(projectFolder, part), path.join(folder, part), { recursive: true });
  }
  const manifest = JSON.parse(fs.readFileSync(path.join(projectFolder, 'package.json'), 'utf8')) as object;
  fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, activationEvents: [] }));
  return folder;
}
