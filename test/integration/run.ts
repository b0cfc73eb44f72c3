import { parseArgs } from 'node:util';
import { startLocalOz } from '../local-oz/server';
import { findDesktop } from '../vscode/desktop';
import { buildExtension } from '../vscode/packageExtension';
import { makeSampleWorkspace } from '../vscode/sampleWorkspace';
import type { Settings } from '../vscode/settings';
import { allVersions, versions, type Version } from '../vscode/versions';
import { bundleSuite } from './bundle';
import { runInServer } from './runInServer';
import { runOnDesktop } from './runOnDesktop';

/** What the suite needs, wherever it runs. */
export interface SuiteOptions {
  /** The module whose `run()` VS Code calls. */
  readonly suiteFile: string;
  readonly workspace: string;
  readonly userSettings: Settings;
  readonly env: Record<string, string>;
  /** How long the whole suite may take, in milliseconds. */
  readonly limit: number;
  readonly print: (line: string) => void;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { version: { type: 'string' } } });
  const chosen = allVersions.filter((version) => values.version === undefined || values.version === version);
  if (chosen.length === 0) {
    throw new Error(`--version is one of ${allVersions.join(', ')}`);
  }
  await buildExtension();
  const suiteFile = await bundleSuite();
  const wanted = process.env.VSCODE_EXECUTABLE === undefined ? chosen : chosen.slice(0, 1);
  // Side by side: most of its time an editor waits. What the suite prints in one of them stays together.
  await Promise.all(
    wanted.map(async (version) => {
      const lines: string[] = [];
      await runSuite(version, suiteFile, (line) => lines.push(line)).finally(() => {
        console.log(lines.join('\n'));
      });
    }),
  );
}

async function runSuite(version: Version, suiteFile: string, print: (line: string) => void): Promise<void> {
  const oz = await startLocalOz({ scenario: 'demo', clock: 'real' });
  const suite: SuiteOptions = {
    suiteFile,
    workspace: makeSampleWorkspace(),
    userSettings: {
      'agentRuns.baseUrl': oz.baseUrl,
      'agentRuns.webUrl': oz.webUrl,
      // The oldest VS Code opens no repository outside of the workspace otherwise.
      'git.openRepositoryInParentFolders': 'always',
      // In a browser the editor saves by itself a second later: unsaved changes would last as long as a test is quick.
      'files.autoSave': 'off',
    },
    env: {
      WARP_API_KEY: oz.key,
      AGENT_RUNS_TEST_BASE_URL: oz.baseUrl,
      AGENT_RUNS_TEST_WEB_URL: oz.webUrl,
      ...(process.stdout.isTTY ? { AGENT_RUNS_TEST_COLORS: '1' } : {}),
    },
    limit: 240_000,
    print,
  };
  const desktop = await findDesktop(version);
  if (desktop === undefined) {
    print(`\nVS Code ${versions[version].vscode}, web server build`);
    await runInServer(version, suite);
  } else {
    print(`\n${desktop}`);
    await runOnDesktop(desktop, suite);
  }
  oz.assertNoViolations();
  await oz.close();
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
