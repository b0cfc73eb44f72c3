import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';

/** Is called by VS Code in the extension host: tells in milliseconds how long each activation took. */
export async function run(): Promise<void> {
  // VS Code's own extensions start meanwhile: what is measured must not wait for them.
  await delay(2000);
  // The first activation of all pays for what the host itself loads.
  await activate('bench.first');
  const empty = await activate('bench.empty');
  const own = await activate('agent-runs.agent-runs');
  console.log(`figure:${JSON.stringify({ empty, own })}`);
}

async function activate(id: string): Promise<number> {
  const extension = vscode.extensions.getExtension(id);
  if (!extension || extension.isActive) {
    throw new Error(`${id} is ${extension ? 'active already' : 'missing'}`);
  }
  const start = performance.now();
  await extension.activate();
  return performance.now() - start;
}
