/** What links of one page lead to: addresses, or runs by their ids. The page knows their numbers only. */
export class Links {
  readonly #goals: string[] = [];
  readonly #numbers = new Map<string, number>();

  /** The number of a goal; an address was checked already. */
  readonly number = (goal: string): number => {
    const known = this.#numbers.get(goal);
    if (known !== undefined) {
      return known;
    }
    this.#numbers.set(goal, this.#goals.length);
    return this.#goals.push(goal) - 1;
  };

  at(number: number): string | undefined {
    return this.#goals[number];
  }
}
