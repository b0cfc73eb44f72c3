/** The newest trace id that the service gave with an error in this session: its support finds the error by it. */
export class LastTrace {
  #id: string | undefined;

  get id(): string | undefined {
    return this.#id;
  }

  readonly note = (traceId: string): void => {
    this.#id = traceId;
  };
}
