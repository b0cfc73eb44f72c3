// npm run ui: the suites through the screen, two at a time: most of their time they wait for the editor.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { type Counts, countsVariable, noteCounts, sumCounts } from '../counts';
import { outputOf, startProgram } from '../vscode/childProcess';
import { projectFolder, temporaryFolder } from '../vscode/folders';
import { packageExtension } from '../vscode/packageExtension';

/** Those that take longest begin first, so that none of them is left for the end. */
const longest = [
  'launchEntries',
  'accessibility',
  'hostileText',
  'followUpBox',
  'scheduleForm',
  'scheduleActions',
  'conversationPlace',
  'keyboardAlone',
];

const sideBySide = 2;

/** More than these do not fail by chance. */
const mostAgain = 3;

interface Suite {
  readonly file: string;
  readonly isWell: boolean;
  readonly counts: Counts;
}

function rank(file: string): number {
  const place = longest.indexOf(file.replace('.test.ts', ''));
  return place < 0 ? longest.length : place;
}

async function main(): Promise<void> {
  const files = readdirSync(__dirname).filter((file) => file.endsWith('.test.ts'));
  const waiting = files.sort((a, b) => rank(a) - rank(b));
  // Once for all of them.
  const env = { ...process.env, AGENT_RUNS_VSIX: await packageExtension() };
  const failed: Suite[] = [];
  const work = async (): Promise<void> => {
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      const suite = await runSuite(file, env);
      if (suite.isWell) {
        noteCounts(suite.counts);
      } else {
        failed.push(suite);
      }
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, work));
  const again = failed.length > mostAgain ? failed : await oneByOne(failed, env);
  again.forEach(({ counts }) => {
    noteCounts(counts);
  });
  process.exit(again.every(({ isWell }) => isWell) ? 0 : 1);
}

/**
 * A suite that failed beside another one is run once more, alone: two editors on two cores can starve one of them. What fails
 * then too is broken. Every failure is printed.
 */
async function oneByOne(suites: readonly Suite[], env: NodeJS.ProcessEnv): Promise<Suite[]> {
  const results: Suite[] = [];
  for (const { file } of suites) {
    console.log(`\n${file} failed, and is run once more, alone`);
    results.push(await runSuite(file, env));
  }
  return results;
}

/** Runs a suite in a process of its own, and shows what it printed when it has ended. */
async function runSuite(file: string, env: NodeJS.ProcessEnv): Promise<Suite> {
  const counts = path.join(temporaryFolder('ui-counts'), 'counts');
  const options = ['--require', 'tsx', '--exit', '--reporter', 'test/reporter.ts', '--timeout', '120000'];
  const mocha = path.join(projectFolder, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const { child, stop } = startProgram(process.execPath, [mocha, ...options, path.join(__dirname, file)], {
    cwd: projectFolder,
    env: { ...env, [countsVariable]: counts },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = outputOf(child);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  await stop();
  console.log(output().trimEnd());
  return { file, isWell: code === 0, counts: sumCounts(counts) };
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
