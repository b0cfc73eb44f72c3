import { spawn, spawnSync, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { atExit } from './atExit';

/** A program that ends with this process, together with everything it started. */
export interface Program {
  readonly child: ChildProcess;
  /** Ends it and all it started, at once; resolves when it is gone. */
  readonly stop: () => Promise<void>;
}

/** Starts a program in a process group of its own. */
export function startProgram(command: string, args: readonly string[], options: SpawnOptions): Program {
  const child = spawn(command, args, { ...options, detached: process.platform !== 'win32' });
  const stop = atExit(() => {
    killTree(child);
  });
  return {
    child,
    stop: async () => {
      const running = child.exitCode === null && child.signalCode === null && child.pid !== undefined;
      const ended = running ? once(child, 'exit') : undefined;
      stop();
      await ended;
    },
  };
}

/** Collects what a program prints; the function gives what has come so far. */
export function outputOf(child: ChildProcess): () => string {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  return () => output;
}

/**
 * Waits until a service says in what it prints that it is ready; the function gives what it has printed so far. Stops it
 * and throws when it ends before, or needs more than `limit` milliseconds.
 */
export async function untilReady(
  { child, stop }: Program,
  isReady: (output: string) => boolean,
  limit = 60_000,
): Promise<() => string> {
  const output = outputOf(child);
  const end = performance.now() + limit;
  while (!isReady(output())) {
    if (child.exitCode !== null || performance.now() > end) {
      await stop();
      throw new Error(`${child.spawnargs.join(' ')} did not start:\n${output()}`);
    }
    await delay(50);
  }
  return output;
}

/** Runs a program to its end; what it prints is shown only if it fails. */
export async function run(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<string> {
  const { child, stop } = startProgram(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = outputOf(child);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (code !== 0) {
      throw new Error(`${command} ${args.join(' ')} ended with ${code ?? 'a signal'}:\n${output()}`);
    }
    return output();
  } finally {
    await stop();
  }
}

/** Runs npm in `folder`; on Windows it is a script, which only a shell can start. */
export function runNpm(args: readonly string[], folder: string): Promise<string> {
  return run('npm', args, { cwd: folder, shell: process.platform === 'win32' });
}

function killTree(child: ChildProcess): void {
  if (child.pid === undefined) {
    return;
  }
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/T', '/F']);
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The whole group has ended already.
  }
}
