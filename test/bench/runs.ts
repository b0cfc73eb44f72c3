import { packageExtension } from '../vscode/packageExtension';
import type { Figure } from './figure';
import { measureHeap } from './heap';
import { measureSixWindows } from './sixWindows';
import { measureTraffic } from './traffic';
import { measureTree } from './treeCounts';

/** Group `runs`: what it costs to keep many runs fresh, in requests, rows and memory. */
export async function measureRuns(): Promise<Figure[]> {
  return [
    // First: what another measurement leaves to be collected would hide what grows.
    ...(await measureHeap()),
    ...(await measureTraffic()),
    ...(await measureTree()),
    ...(await measureSixWindows(await packageExtension())),
  ];
}
