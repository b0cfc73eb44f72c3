// npm run ui: the suites through the screen, two at a time: most of their time they wait for the editor.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { outputOf, startProgram } from '../vscode/childProcess';
import { projectFolder } from '../vscode/folders';
import { packageExtension } from '../vscode/packageExtension';

/** Those that take longest begin first, so that none of them is left for the end. */
const longest = ['accessibility', 'hostileText', 'followUpBox', 'conversationPlace', 'keyboardAlone'];

const sideBySide = 2;

function rank(file: string): number {
  const place = longest.indexOf(file.replace('.test.ts', ''));
  return place < 0 ? longest.length : place;
}

async function main(): Promise<void> {
  const files = readdirSync(__dirname).filter((file) => file.endsWith('.test.ts'));
  const waiting = files.sort((a, b) => rank(a) - rank(b));
  // Once for all of them.
  const env = { ...process.env, AGENT_RUNS_VSIX: await packageExtension() };
  const results: boolean[] = [];
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      results.push(await runSuite(file, env));
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
  process.exit(results.includes(false) ? 1 : 0);
}

/** Runs a suite in a process of its own, and shows what it printed when it has ended. Returns whether all of it passed. */
async function runSuite(file: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const options = ['--require', 'tsx', '--exit', '--reporter', 'test/reporter.ts', '--timeout', '120000'];
  const mocha = path.join(projectFolder, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const { child, stop } = startProgram(process.execPath, [mocha, ...options, path.join(__dirname, file)], {
    cwd: projectFolder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = outputOf(child);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  await stop();
  console.log(output().trimEnd());
  return code === 0;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
