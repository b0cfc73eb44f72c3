import { type Fit, list, object } from './fit';
import { ApiProblem } from './problems';

/** The answer is JSON but none of the service's. */
export function notOz(what: string): never {
  throw new ApiProblem({
    kind: 'notOz',
    message: `The answer is not ${what}.`,
    code: 'unexpected_shape',
    retryable: false,
  });
}

/** @throws ApiProblem `notOz` when the answer has no such list. */
export function listIn(body: unknown, name: string, fit: Fit): unknown {
  return list(fit)(object(body)?.[name]) ?? notOz(`a list of ${name}`);
}

/** Without those that nothing can be done with: they have no id. */
export function withIds<T>(items: T[], id: (item: T) => string | undefined): T[] {
  return items.filter((item) => id(item));
}
