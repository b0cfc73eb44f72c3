import type { Oz } from '../operations/operation';
import { addModels } from './team';

/** A new account: models, and nothing else. */
export function empty({ state }: Oz): void {
  addModels(state);
}
