import { availableParallelism } from 'node:os';
import path from 'node:path';
import type { ClickResult } from '../fault-proxy/launchClick';
import { faultsOf } from '../fault-proxy/launchMatrix';
import { run } from '../vscode/childProcess';
import { projectFolder } from '../vscode/folders';
import { type Figure, figure } from './figure';
import { measureCancel } from './launchCancel';

/** Clicks of each fault point. */
const seeds = 1000;

/** Group `launch`: what becomes of a click on a bad connection. */
export async function measureLaunch(): Promise<Figure[]> {
  // First: it is in real time, and wants the machine for itself.
  const cancel = await measureCancel();
  const clicks = await clicked();
  const failed = clicks.filter((click) => faultsOf(click).length > 0);
  console.log(`${clicks.length} clicks, ${seeds} of each fault point; ${failed.length} ended as they must not`);
  failed.slice(0, 20).forEach((click) => {
    console.log(`  ${click.name}: ${faultsOf(click).join(', ')}`);
  });
  const count = (isSo: (click: ClickResult) => boolean): number => clicks.filter(isSo).length;
  const sum = (of: (click: ClickResult) => number): number => clicks.reduce((total, click) => total + of(click), 0);
  return [
    figure('runsPerClick.most', Math.max(...clicks.flatMap(({ runs }) => runs)), 'runs', 1),
    figure(
      'outcome.unknown',
      count(({ isUnknown }) => isUnknown),
      'clicks',
      0,
    ),
    figure(
      'outcome.denied',
      count(({ isDenied }) => isDenied),
      'clicks',
      0,
    ),
    figure(
      'typed.lost',
      count(({ isLost }) => isLost),
      'clicks',
      0,
    ),
    figure(
      'adopted.wrong',
      sum(({ wrong }) => wrong),
      'runs',
      0,
    ),
    figure(
      'runs.unaccounted',
      sum(({ unaccounted }) => unaccounted),
      'runs',
      0,
    ),
    figure(
      'click.toPendingRow.late',
      count(({ isRowLate }) => isRowLate),
      'clicks',
      0,
    ),
    ...cancel,
  ];
}

/** All clicks, in a process for each core. */
async function clicked(): Promise<ClickResult[]> {
  const processes = Math.min(availableParallelism(), 4);
  const share = Math.ceil(seeds / processes);
  const shares = Array.from({ length: processes }, async (_, index) => {
    const first = index * share;
    const script = path.join(__dirname, 'launchShare.ts');
    const args = ['tsx', script, String(first), String(Math.min(share, seeds - first))];
    const printed = await run('npx', args, { cwd: projectFolder });
    return JSON.parse(printed.trim().split('\n').at(-1) ?? '') as ClickResult[];
  });
  return (await Promise.all(shares)).flat();
}
