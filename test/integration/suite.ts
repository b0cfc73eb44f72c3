import fs from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import { noteCounts } from '../counts';

/** Is called by VS Code in the extension host: runs every test file that was bundled beside this one. */
export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  // Mocha is an ES module, which the Node inside of the oldest VS Code cannot require.
  const { default: Mocha } = await import('mocha');
  const prefix = process.env.AGENT_RUNS_TEST_PREFIX ?? '';
  Mocha.reporters.Base.consoleLog = (...args: unknown[]) => {
    console.log(prefix + format(...args));
  };
  const mocha = new Mocha({
    timeout: 30_000,
    color: process.env.AGENT_RUNS_TEST_COLORS !== undefined,
    forbidOnly: process.env.CI !== undefined,
  });
  const files = fs.readdirSync(__dirname, { encoding: 'utf8', recursive: true });
  for (const file of files.filter((name) => name.endsWith('.test.js')).sort()) {
    mocha.addFile(path.join(__dirname, file));
  }
  await mocha.loadFilesAsync().catch((error: unknown) => {
    Mocha.reporters.Base.consoleLog(error);
    throw error;
  });
  await new Promise<void>((resolve, reject) => {
    const { stats } = mocha.run((failures) => {
      if (stats !== undefined) {
        noteCounts({ passed: stats.passes, failed: stats.failures, skipped: stats.pending });
      }
      if (failures > 0 || stats?.tests === 0) {
        reject(new Error(failures > 0 ? `${failures} tests failed` : 'no test was found'));
      } else {
        resolve();
      }
    });
  });
}
