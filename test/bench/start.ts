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
    figure('bundle.main', kilobytes(path.join(projectFolder, 'dist', 'extension.js')), 'KB', 60),
    figure('vsix.size', kilobytes(vsix), 'KB', 300),
    figure('vsix.files', files.length, 'files', 25),
    await measureActivation(vsix),
    await measureFirstRows(vsix),
  ];
}

function kilobytes(file: string): number {
  return fs.statSync(file).size / 1000;
}
