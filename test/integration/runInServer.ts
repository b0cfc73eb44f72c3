import fs from 'node:fs';
import path from 'node:path';
import { launchBrowser } from '../vscode/browser';
import { cacheFolder, projectFolder } from '../vscode/folders';
import { startServer } from '../vscode/startServer';
import type { Version } from '../vscode/versions';
import type { SuiteOptions } from './run';

/** Tells what the suite prints from what the editor itself prints. */
const prefix = 'suite:';

/** Runs the suite in VS Code's web server build with a browser in front of it. Throws when a test fails or none ends. */
export async function runInServer(version: Version, suite: SuiteOptions): Promise<void> {
  const server = await startServer({
    ...suite,
    version,
    env: { ...suite.env, AGENT_RUNS_TEST_PREFIX: prefix },
    tests: { extensionDevelopmentPath: projectFolder, extensionTestsPath: suite.suiteFile },
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    let noise = '';
    // The names under which the page reports what is printed and how the suite ended.
    await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
      const text = args.join(' ');
      if (text.startsWith(prefix)) {
        suite.print(text.slice(prefix.length));
      } else {
        noise += `${type} ${text}\n`;
      }
    });
    const exitCode = await new Promise<number | undefined>((resolve, reject) => {
      setTimeout(resolve, suite.limit);
      page.once('crash', () => {
        resolve(undefined);
      });
      page
        .exposeFunction('codeAutomationExit', resolve)
        .then(() => page.goto(server.url))
        .catch(reject);
    });
    if (exitCode !== 0) {
      const log = path.join(cacheFolder, `integration-${version}`);
      await page.screenshot({ path: `${log}.png` });
      fs.writeFileSync(`${log}.log`, `${server.output()}\n${noise}`);
      suite.print(`What VS Code printed and showed: ${log}.log and .png`);
      throw new Error(exitCode === undefined ? 'The suite did not end' : `The suite ended with ${exitCode}`);
    }
  } finally {
    await browser.close();
    await server.stop();
  }
}
