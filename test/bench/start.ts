import fs from 'node:fs';
import path from 'node:path';
import { packageExtension } from '../vscode/packageExtension';
import { run } from '../vscode/childProcess';
import { projectFolder } from '../vscode/folders';
import { measureActivation } from './activation';
import { type Figure, figure } from './figure';
import { measureFirstRows } from './firstRows';

/** Group `start`: what a person waits for, and downloads, before the first row. */
export async function measureStart(): Promise<Figure[]> {
  const vsix = await packageExtension();
  const listed = await run('npx', ['vsce', 'ls', '--no-dependencies'], { cwd: projectFolder });
  // npm's own lines are not files.
  const files = listed
    .split('\n')
    .filter((line) => fs.existsSync(path.join(projectFolder, line.trim())) && line.trim());
  return [
    figure('bundle.main', kilobytes(bundle('extension')), 'KB', 60),
    figure('bundle.firstRows', kilobytes(bundle('extension')) + kilobytes(bundle('agentRuns')), 'KB', 130),
    figure('vsix.size', kilobytes(vsix), 'KB', 300),
    figure('vsix.files', files.length, 'files', 25),
    await measureActivation(),
    await measureFirstRows(vsix),
  ];
}

function bundle(name: string): string {
  return path.join(projectFolder, 'dist', `${name}.js`);
}

function kilobytes(file: string): number {
  return fs.statSync(file).size / 1000;
}
