import { execFile, type ExecFileException } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface GitOutcome {
  /** 0 when it did what was asked. */
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs Git with these arguments in a folder. Rejects only when it cannot be started, or was stopped by the signal: then it
 * has ended, so that the next one finds no lock of it.
 */
export type RunGit = (args: readonly string[], folder: string, signal?: AbortSignal) => Promise<GitOutcome>;

/** Git said no to something that was to go well. The message is what it said. */
export class GitFailure extends Error {
  override readonly name = 'GitFailure';

  constructor(outcome: GitOutcome) {
    super(gitWords(outcome) || `git ended with ${outcome.code}`);
  }
}

/** These would lead Git to another repository than that of the folder: they are set when a hook of Git started the editor. */
const elsewhere = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_NAMESPACE',
];

/** The environment for looking: Git is not to fetch what a partial clone lacks (2.44 and later heed it). */
export function withoutFetching(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...environment, GIT_NO_LAZY_FETCH: '1' };
}

/** Most bytes of what Git prints. */
const outputCap = 64 * 1024 * 1024;

/** @param program the path of Git's program; it is never run through a shell */
export function gitRunner(program: string, environment: NodeJS.ProcessEnv): RunGit {
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(Object.entries(environment).filter(([name]) => !elsewhere.includes(name))),
    // Nobody sits at its terminal, and looking must not hold a lock that the editor's own Git waits for.
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    // `LANGUAGE` wins over `LC_ALL`; some of what Git says is told by its English words.
    LANGUAGE: 'en',
    LC_ALL: 'en_US.UTF-8',
  };
  return async (args, folder, signal) => {
    signal?.throwIfAborted();
    const running = run(program, [...args], { cwd: folder, env, maxBuffer: outputCap, windowsHide: true });
    const stop = (): void => {
      // A hook may live on with what Git prints to: nobody waits for that.
      running.child.stdout?.destroy();
      running.child.stderr?.destroy();
      running.child.kill();
    };
    signal?.addEventListener('abort', stop, { once: true });
    try {
      return { code: 0, ...(await running) };
    } catch (error) {
      const { code, stdout = '', stderr = '' } = error as ExecFileException;
      if (typeof code === 'number') {
        return { code, stdout, stderr };
      }
      throw error;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  };
}

/** What Git has to say, without its hints and the word before it. */
export function gitWords({ stdout, stderr }: GitOutcome): string {
  const lines = (stderr.trim() || stdout).split(/\r?\n/);
  return lines
    .filter((line) => line.trim() !== '' && !line.startsWith('hint:'))
    .join('\n')
    .replace(/^(?:fatal|error): /, '');
}
