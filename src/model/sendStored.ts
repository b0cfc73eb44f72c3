import { ApiProblem } from '../oz/problems';
import type { LaunchRequest } from '../oz/types';
import type { Launched, Launcher, LaunchSteps } from './launcher';
import type { LaunchJournal } from './launchJournal';
import type { Settled } from './launchSearch';
import { asProblem } from './loadStatus';
import { keptProblem, type PendingLaunch } from './pendingLaunch';

interface Options {
  journal: LaunchJournal;
  launcher: Pick<Launcher, 'launch'>;
  /** What is done when the run of this launch is known. */
  ending: LaunchSteps;
  /** What is done when nothing was sent. */
  giveBack: () => void;
  /** Hears what came of a launch that a person stopped waiting for. */
  onSettled: (settled: Settled) => void;
}

/** Sends a launch that is in the journal. Rejects as soon as a person stops waiting, while the rest goes on by itself. */
export function sendStored(
  launch: PendingLaunch,
  request: LaunchRequest,
  signal: AbortSignal | undefined,
  { journal, launcher, ending, giveBack, onSettled }: Options,
): Promise<Launched> {
  return new Promise((resolve, reject) => {
    let isLeft = false;
    const leave = (): void => {
      if (journal.current(launch)?.state === 'looking') {
        isLeft = true;
        journal.change(launch, { isCancelled: true });
        reject(new ApiProblem({ kind: 'outcomeUnknown', code: 'aborted', message: '' }));
      }
    };
    signal?.addEventListener('abort', leave, { once: true });
    const sending = launcher.launch(request, signal, {
      onAnswer: (runId) => journal.note(launch, { runId }),
      onLooking: (problem) => {
        journal.change(launch, { state: 'looking', problem: keptProblem(problem) });
        if (signal?.aborted) {
          leave();
        }
      },
      ...ending,
    });
    void sending
      .then(resolve, (error: unknown) => {
        const problem = asProblem(error);
        if (problem.kind === 'aborted') {
          giveBack();
        } else {
          journal.stop(launch, problem);
        }
        reject(error instanceof Error ? error : problem);
      })
      .then(async () => {
        signal?.removeEventListener('abort', leave);
        const run = await sending.then(
          (launched) => launched.run,
          () => undefined,
        );
        if (isLeft && !journal.isDisposed) {
          onSettled({ launch: { ...launch, isCancelled: true }, run, why: 'cancelled' });
        }
      });
  });
}

/** What a launch fails with that sends nothing. */
export function nothingSent(code?: 'elsewhere' | 'not_stored'): ApiProblem {
  return new ApiProblem({ kind: 'aborted', code, message: '' });
}

/** False as soon as the signal aborts; never settles otherwise. */
export function aborted(signal: AbortSignal | undefined): Promise<false> {
  return new Promise((resolve) => {
    const abort = (): void => {
      resolve(false);
    };
    if (signal?.aborted) {
      abort();
    }
    signal?.addEventListener('abort', abort, { once: true });
  });
}
