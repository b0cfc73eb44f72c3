import { runTests } from '@vscode/test-electron';
import { makeDesktopProfile } from '../vscode/desktop';
import { projectFolder } from '../vscode/folders';
import type { SuiteOptions } from './run';

/** Runs the suite in a desktop VS Code with an empty profile. Throws when a test fails or none ends. */
export async function runOnDesktop(executable: string, suite: SuiteOptions): Promise<void> {
  const limit = setTimeout(() => {
    console.error('The suite did not end');
    process.exit(1);
  }, suite.limit);
  try {
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: projectFolder,
      extensionTestsPath: suite.suiteFile,
      extensionTestsEnv: suite.env,
      launchArgs: [
        suite.workspace,
        ...makeDesktopProfile(suite.userSettings),
        '--disable-extensions',
        '--disable-gpu',
        '--disable-workspace-trust',
        '--skip-welcome',
      ],
    });
  } finally {
    clearTimeout(limit);
  }
}
