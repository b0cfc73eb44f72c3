/** What is said of the runs below another one, at any depth. */
export interface Family {
  readonly runs: number;
  readonly active: number;
  readonly needsYou: number;
}

/** What a run counts as in the families above it. */
export type Part = 'active' | 'needsYou' | 'other';

/** A parent that would make a longer line of parents is bad data. */
const maxDepth = 100;

const nobody: Family = { runs: 0, active: 0, needsYou: 0 };
const families: Record<Part, Family> = {
  active: { runs: 1, active: 1, needsYou: 0 },
  needsYou: { runs: 1, active: 0, needsYou: 1 },
  other: { runs: 1, active: 0, needsYou: 0 },
};

/**
 * Which run is below which, whether the upper one is known or not, and how many are below each. A parent that would close a
 * circle is not taken, so that every way up ends. A change costs as many steps as there are runs above it.
 */
export class RunFamilies {
  readonly #parts = new Map<string, Part>();
  readonly #parents = new Map<string, string>();
  readonly #children = new Map<string, Set<string>>();
  readonly #below = new Map<string, Family>();

  has(runId: string): boolean {
    return this.#parts.has(runId);
  }

  /** A run, the parent that it names and what it counts as. The runs above it that say something else now go into `changed`. */
  note(runId: string, parent: string | undefined, part: Part, changed: Set<string>): void {
    const before = this.#total(runId);
    const old = this.#parents.get(runId);
    this.#parts.set(runId, part);
    const after = this.#total(runId);
    if (old === parent) {
      this.#add(old, difference(after, before), changed);
      return;
    }
    this.#add(old, difference(nobody, before), changed);
    this.#unlink(runId, old);
    if (parent && !this.#isTooFar(parent, runId)) {
      this.#link(runId, parent);
      this.#add(parent, after, changed);
    }
  }

  /** The run that this one is below, known or not. */
  parentOf(runId: string): string | undefined {
    return this.#parents.get(runId);
  }

  childrenOf(runId: string): Iterable<string> {
    return this.#children.get(runId) ?? [];
  }

  /** All runs below this one, at any depth. */
  *descendantsOf(runId: string): Iterable<string> {
    const found = [runId];
    for (let next = found.pop(); next !== undefined; next = found.pop()) {
      for (const child of this.childrenOf(next)) {
        yield child;
        found.push(child);
      }
    }
  }

  below(runId: string): Family {
    return this.#below.get(runId) ?? nobody;
  }

  clear(): void {
    this.#parts.clear();
    this.#parents.clear();
    this.#children.clear();
    this.#below.clear();
  }

  #link(runId: string, parent: string): void {
    const siblings = this.#children.get(parent) ?? new Set();
    this.#parents.set(runId, parent);
    this.#children.set(parent, siblings.add(runId));
  }

  #unlink(runId: string, parent: string | undefined): void {
    const siblings = parent === undefined ? undefined : this.#children.get(parent);
    this.#parents.delete(runId);
    siblings?.delete(runId);
    if (parent !== undefined && siblings?.size === 0) {
      this.#children.delete(parent);
    }
  }

  #isTooFar(parent: string, runId: string): boolean {
    let ancestor: string | undefined = parent;
    for (let depth = 0; depth < maxDepth && ancestor !== runId; depth += 1) {
      ancestor = this.#parents.get(ancestor);
      if (ancestor === undefined) {
        return false;
      }
    }
    return true;
  }

  /** The run and all below it. */
  #total(runId: string): Family {
    const part = this.#parts.get(runId);
    return sum(part ? families[part] : nobody, this.below(runId));
  }

  #add(first: string | undefined, family: Family, changed: Set<string>): void {
    if (family.runs === 0 && family.active === 0 && family.needsYou === 0) {
      return;
    }
    for (let ancestor = first; ancestor !== undefined; ancestor = this.#parents.get(ancestor)) {
      this.#below.set(ancestor, sum(this.below(ancestor), family));
      changed.add(ancestor);
    }
  }
}

function sum(a: Family, b: Family): Family {
  return { runs: a.runs + b.runs, active: a.active + b.active, needsYou: a.needsYou + b.needsYou };
}

function difference(a: Family, b: Family): Family {
  return { runs: a.runs - b.runs, active: a.active - b.active, needsYou: a.needsYou - b.needsYou };
}
