import type { LaunchRequest } from '../oz/types';

/** What of a launch cannot be stored, or is not told again after the window went. */
export interface WholeLaunch {
  /** When this was sent: another window may have sent something else in its place since. */
  at: number;
  request: LaunchRequest;
  onLaunched: () => void;
}

/** Launches with the bytes and secrets that they were sent with, as long as their window lives and they are pending. */
export class WholeLaunches {
  readonly #wholes = new Map<string, WholeLaunch>();

  /** That of this try of the launch. */
  get(id: string, at: number): WholeLaunch | undefined {
    const whole = this.#wholes.get(id);
    return whole?.at === at ? whole : undefined;
  }

  /** The id of the launch that this very request was sent as, unless another was sent in its place. */
  idOf(request: LaunchRequest): string | undefined {
    return [...this.#wholes].find(([, whole]) => whole.request === request)?.[0];
  }

  set(id: string, whole: WholeLaunch): void {
    this.#wholes.set(id, whole);
  }

  /** Forgets all but those of which this is true. */
  keepOnly(isPending: (one: { id: string; at: number }) => boolean): void {
    for (const [id, { at }] of this.#wholes) {
      if (!isPending({ id, at })) {
        this.#wholes.delete(id);
      }
    }
  }
}
