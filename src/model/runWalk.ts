/** Goes from one run to the next, in a round, though the list changes on the way. */
export class RunWalk {
  #last: string | undefined;
  /** Of the present round, as far as they are still in the list. */
  #visited = new Set<string>();

  /**
   * The first of the runs not visited in this round, counted from the one on the screen, or else the one visited last. What is
   * on the screen already comes when nothing else is left. Undefined when there are none.
   */
  next(runs: readonly string[], isOnScreen: (runId: string) => boolean): string | undefined {
    const isSeen = (id: string): boolean => this.#visited.has(id) || isOnScreen(id);
    this.#visited = new Set(runs.filter(isSeen));
    const isStillThere = this.#last !== undefined && isOnScreen(this.#last);
    const here = isStillThere ? this.#last : (runs.find(isOnScreen) ?? this.#last);
    const start = here === undefined ? 0 : runs.indexOf(here) + 1;
    const order = [...runs.slice(start), ...runs.slice(0, start)];
    let next = order.find((id) => !this.#visited.has(id));
    if (next === undefined) {
      this.#visited.clear();
      next = order.find((id) => !isOnScreen(id)) ?? order[0];
    }
    if (next !== undefined) {
      this.#visited.add(next);
    }
    this.#last = next;
    return next;
  }
}
