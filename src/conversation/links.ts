/** The addresses that links of one page lead to. The page knows their numbers only. */
export class Links {
  readonly #urls: string[] = [];
  readonly #numbers = new Map<string, number>();

  /** The number of an address that was checked already. */
  readonly number = (url: string): number => {
    const known = this.#numbers.get(url);
    if (known !== undefined) {
      return known;
    }
    this.#numbers.set(url, this.#urls.length);
    return this.#urls.push(url) - 1;
  };

  url(number: number): string | undefined {
    return this.#urls[number];
  }
}
