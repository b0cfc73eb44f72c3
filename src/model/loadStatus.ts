import { ApiProblem } from '../oz/problems';

/** How reading from the service goes, apart from the data on hand. */
export type LoadStatus =
  | { kind: 'starting' } // nothing was asked yet
  | { kind: 'loading' } // the first answer is awaited
  | { kind: 'noKey' }
  | { kind: 'ready' }
  /** `lastGood`: when the data on hand was read, in milliseconds since 1970. */
  | { kind: 'failed'; problem: ApiProblem; lastGood?: number };

export function statusAfter(error: unknown, lastGood: number | undefined): LoadStatus {
  const problem = asProblem(error);
  return problem.kind === 'noKey' ? { kind: 'noKey' } : { kind: 'failed', problem, lastGood };
}

/** What keeps the data from being read, if anything does. */
export function problemIn(status: LoadStatus): ApiProblem | undefined {
  switch (status.kind) {
    case 'failed':
      return status.problem;
    case 'noKey':
      return new ApiProblem({ kind: 'noKey', message: 'There is no API key.' });
    default:
      return undefined;
  }
}

/** What is no problem of the call comes of an answer that the code did not expect. */
export function asProblem(error: unknown): ApiProblem {
  return ApiProblem.is(error)
    ? error
    : new ApiProblem({ kind: 'notOz', message: error instanceof Error ? error.message : String(error) });
}

/** Nothing can be read until there is another key. */
export function isKeyBad(status: LoadStatus): boolean {
  return isOfKey(problemIn(status));
}

/** The key is missing or refused. */
export function isOfKey(problem: Pick<ApiProblem, 'kind'> | undefined): boolean {
  return problem?.kind === 'noKey' || problem?.kind === 'keyRefused';
}

/** Something between here and the service, or in its place, is in the way. */
export function isOnTheWay({ kind }: ApiProblem): boolean {
  return kind === 'unreachable' || kind === 'timeout' || kind === 'notOz';
}

/** Asking the same again would get the same answer. */
export function isLasting({ kind }: ApiProblem): boolean {
  return kind === 'invalid' || kind === 'forbidden' || kind === 'notFound' || kind === 'unsupported';
}
