/** What an agent is asked to do something about: plain data, as a command gets it. Lines count from 0. */
export interface ProblemForAgent {
  readonly uri: string;
  readonly firstLine: number;
  /** Part of it. */
  readonly lastLine: number;
  /** What the TODO of these lines asks for; empty when it says no more. */
  readonly todo?: string;
  readonly problems?: readonly { readonly line: number; readonly words: string }[];
}

/** Whoever likes can run a command, with anything. */
export function isProblemForAgent(argument: unknown): argument is ProblemForAgent {
  const { uri, firstLine, lastLine, todo, problems = [] } = (argument ?? {}) as Partial<Record<string, unknown>>;
  const isProblem = (one: unknown): boolean => {
    const { line, words } = (one ?? {}) as Partial<Record<string, unknown>>;
    return Number.isSafeInteger(line) && typeof words === 'string';
  };
  return (
    typeof uri === 'string' &&
    [firstLine, lastLine].every((line) => Number.isSafeInteger(line) && Number(line) >= 0) &&
    (todo === undefined || typeof todo === 'string') &&
    Array.isArray(problems) &&
    problems.every(isProblem)
  );
}
