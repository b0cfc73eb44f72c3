import fs from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { cacheFolder, projectFolder } from '../vscode/folders';

/** Bundles the suite and each of its test files for the extension host; returns the module whose `run()` VS Code calls. */
export async function bundleSuite(): Promise<string> {
  const source = path.join(projectFolder, 'test', 'integration');
  // Inside the project, so that mocha is found.
  const outdir = path.join(cacheFolder, 'integration');
  fs.rmSync(outdir, { recursive: true, force: true });
  const tests = fs
    .readdirSync(source, { encoding: 'utf8', recursive: true })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => path.join(source, file));
  await build({
    entryPoints: [path.join(source, 'suite.ts'), ...tests],
    outbase: source,
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return path.join(outdir, 'suite.js');
}
