/** The newest VS Code that is tried, and the oldest that `engines.vscode` allows. */
export type Version = 'newest' | 'oldest';

export const allVersions: readonly Version[] = ['newest', 'oldest'];

/** The VS Code, the code-server on npm that contains its web server build, and the Node that this one was built for. */
export const versions: Readonly<Record<Version, { vscode: string; codeServer: string; node: string }>> = {
  newest: { vscode: '1.139.1', codeServer: '4.139.1', node: '24' },
  oldest: { vscode: '1.99.3', codeServer: '4.99.4', node: '20' },
};
