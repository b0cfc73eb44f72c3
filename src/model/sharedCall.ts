/** One call under way at a time: whoever asks meanwhile gets the same answer. */
export class SharedCall<T> {
  #call: Promise<T> | undefined;

  get isUnderWay(): boolean {
    return this.#call !== undefined;
  }

  join(start: () => Promise<T>): Promise<T> {
    if (this.#call) {
      return this.#call;
    }
    const call = start().finally(() => {
      if (this.#call === call) {
        this.#call = undefined;
      }
    });
    this.#call = call;
    return call;
  }

  /** The next one to ask starts anew, whatever is under way. */
  forget(): void {
    this.#call = undefined;
  }
}
