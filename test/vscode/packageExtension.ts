import path from 'node:path';
import { runNpm } from './childProcess';
import { cacheFolder, projectFolder } from './folders';

/** Builds dist/ for development: with source maps, not minified. */
export async function buildExtension(): Promise<void> {
  await runNpm(['run', 'build'], projectFolder);
}

/**
 * Builds the extension and packs it as it is published; returns the file. `AGENT_RUNS_VSIX` names one that is packed
 * already.
 */
export async function packageExtension(): Promise<string> {
  const packed = process.env.AGENT_RUNS_VSIX;
  if (packed !== undefined) {
    return path.resolve(packed);
  }
  await runNpm(['run', 'package'], projectFolder);
  return path.join(cacheFolder, 'agent-runs.vsix');
}
