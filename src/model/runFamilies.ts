import type { Run } from '../oz/types';

/** A longer line of parents is a circle or other bad data. */
const maxDepth = 32;

/** Which runs name which parent, known or not. */
export class RunFamilies {
  readonly #get: (runId: string) => Run | undefined;
  readonly #children = new Map<string, Set<string>>();

  constructor(get: (runId: string) => Run | undefined) {
    this.#get = get;
  }

  note({ run_id: id, parent_run_id: parent }: Run): void {
    if (parent === undefined) {
      return;
    }
    const siblings = this.#children.get(parent);
    if (siblings) {
      siblings.add(id);
    } else {
      this.#children.set(parent, new Set([id]));
    }
  }

  /** The runs that name this one as their parent, or once did. */
  childrenOf(runId: string): Iterable<string> {
    return this.#children.get(runId) ?? [];
  }

  /** The parent, when it is known and its own line of parents comes to an end. */
  parentOf(run: Run): string | undefined {
    const parent = this.#parentOf(run);
    let ancestor = parent;
    for (let depth = 0; ancestor; depth += 1) {
      if (depth === maxDepth) {
        return undefined;
      }
      ancestor = this.#parentOf(ancestor);
    }
    return parent?.run_id;
  }

  clear(): void {
    this.#children.clear();
  }

  #parentOf({ parent_run_id: id }: Run): Run | undefined {
    return id === undefined ? undefined : this.#get(id);
  }
}
