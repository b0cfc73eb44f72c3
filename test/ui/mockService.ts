import path from 'node:path';
import { runNpm, startProgram, untilReady } from '../vscode/childProcess';
import { cacheFolder, makeFolderOnce, projectFolder } from '../vscode/folders';

export interface MockOptions {
  /** Answers made up at random within the schemas, the same ones for the same `seed`; else one plain example of each. */
  readonly seed?: string;
}

/** A service that knows nothing of Oz but its description. */
export interface MockService {
  readonly baseUrl: string;
  readonly stop: () => Promise<void>;
}

const version = '5.14.2';

/** Installs Prism, a mock server for any OpenAPI description, into the project's cache, unless it is there: 90 MB. */
export async function installMockService(): Promise<string> {
  const folder = path.join(cacheFolder, `prism-${version}`);
  await makeFolderOnce(folder, async (partial) => {
    console.log(`Installing Prism ${version} …`);
    const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
    await runNpm(
      ['install', `@stoplight/prism-cli@${version}`, '--prefix', '.', '--ignore-scripts', ...quiet],
      partial,
    );
  });
  return path.join(folder, 'node_modules', '@stoplight', 'prism-cli', 'dist', 'index.js');
}

/** Serves `src/oz/openapi.yaml`, or the description that `AGENT_RUNS_MOCK_SPEC` names, on a free port. */
export async function startMockService({ seed }: MockOptions = {}): Promise<MockService> {
  const spec = process.env.AGENT_RUNS_MOCK_SPEC ?? path.join(projectFolder, 'src', 'oz', 'openapi.yaml');
  const args = ['mock', path.resolve(spec), '--host', '127.0.0.1', '--port', '0'];
  const random = seed === undefined ? [] : ['--dynamic', '--seed', seed];
  const program = startProgram(process.execPath, [await installMockService(), ...args, ...random], { stdio: 'pipe' });
  const output = await untilReady(program, (text) => text.includes('Prism is listening on'));
  return { baseUrl: /listening on (http:\S+)/.exec(output())?.[1] ?? '', stop: program.stop };
}
