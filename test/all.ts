import path from 'node:path';
import { countsVariable, sumCounts } from './counts';
import { installMockService } from './ui/mockService';
import { findBrowser } from './vscode/browser';
import { outputOf, startProgram } from './vscode/childProcess';
import { projectFolder, temporaryFolder } from './vscode/folders';
import { installServer } from './vscode/installServer';
import { allVersions } from './vscode/versions';

/** A script of package.json. */
interface Step {
  readonly name: string;
  readonly script: string;
}

/**
 * Rows of lanes: the lanes of a row are run side by side, the steps of a lane one after the other. The editors come last and
 * alone: they need both of two cores.
 */
const rows: readonly (readonly (readonly Step[])[])[] = [
  [
    [
      { name: 'Lint', script: 'lint' },
      { name: 'Package', script: 'package' },
      { name: 'Types', script: 'types' },
    ],
    [{ name: 'Unit tests', script: 'unit' }],
  ],
  [[{ name: 'Integration tests in VS Code', script: 'integration' }]],
  [[{ name: 'User interface tests in VS Code', script: 'ui' }]],
];

/** `npm test`: everything, until a step fails. Its last line has the sums over all suites. */
async function main(): Promise<void> {
  const started = performance.now();
  const counts = path.join(temporaryFolder('counts'), 'counts');
  const env = { ...process.env, [countsVariable]: counts };
  const installed = Promise.all([findBrowser(), installMockService(), ...allVersions.map(installServer)]);
  installed.catch(() => undefined);

  let failed = false;
  for (const row of rows) {
    if (row[0]?.[0]?.script === 'integration') {
      await installed;
    }
    const results = await Promise.all(row.map((lane) => runLane(lane, env, row.length > 1)));
    if (results.includes(false)) {
      failed = true;
      break;
    }
  }
  const sum = sumCounts(counts);
  // A step that is no test suite counts as one failure.
  const failures = Math.max(sum.failed, failed ? 1 : 0);
  console.log(`\n${failures > 0 ? 'Failed' : 'All done'} after ${seconds(started)}`);
  console.log(`${sum.passed} passed, ${failures} failed${sum.skipped > 0 ? `, ${sum.skipped} skipped` : ''}`);
  process.exit(failures > 0 ? 1 : 0);
}

/** Runs steps until one fails; returns whether all ended well. */
async function runLane(lane: readonly Step[], env: NodeJS.ProcessEnv, beside: boolean): Promise<boolean> {
  for (const step of lane) {
    if (!(await runStep(step, env, beside))) {
      return false;
    }
  }
  return true;
}

/** A step that takes longer hangs, in milliseconds. */
const stepLimit = 720_000;

/** Runs a script; beside others, what it prints is shown when it has ended. Returns whether it ended well. */
async function runStep(step: Step, env: NodeJS.ProcessEnv, beside: boolean): Promise<boolean> {
  const started = performance.now();
  if (!beside) {
    console.log(`\n── ${step.name}`);
  }
  const { child, stop } = startProgram('npm', ['run', '--silent', step.script], {
    cwd: projectFolder,
    env,
    shell: process.platform === 'win32',
    stdio: ['ignore', beside ? 'pipe' : 'inherit', beside ? 'pipe' : 'inherit'],
  });
  const output = outputOf(child);
  const limit = setTimeout(() => {
    console.log(`${step.name} does not end`);
    void stop();
  }, stepLimit);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  clearTimeout(limit);
  await stop();
  if (beside) {
    console.log(`\n── ${step.name}\n${output().trimEnd()}`);
  }
  console.log(`── ${step.name}: ${code === 0 ? 'done' : 'FAILED'} in ${seconds(started)}`);
  return code === 0;
}

function seconds(started: number): string {
  return `${((performance.now() - started) / 1000).toFixed(1)} s`;
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
