import type { LaunchFiles } from './launchFiles';
import type { PendingLaunch } from './pendingLaunch';

/** Where each launch is stored, and what is being stored, of each launch one after another. */
export class LaunchWritings {
  /** By id. What nobody had a key for is nowhere, and goes with the window. */
  readonly #places = new Map<string, LaunchFiles>();
  /** By id: the last of those on their way, and how many there were. */
  readonly #underWay = new Map<string, Promise<boolean>>();
  readonly #counts = new Map<string, number>();

  /** @param known how a launch stands, as far as this window knows; undefined takes it out */
  constructor(private readonly known: (id: string) => PendingLaunch | undefined) {}

  place(id: string): LaunchFiles | undefined {
    return this.#places.get(id);
  }

  setPlace(id: string, place: LaunchFiles): void {
    this.#places.set(id, place);
  }

  /** Tells whether a launch was written since this call, or is being written. */
  watch(): (id: string) => boolean {
    const before = new Map(this.#counts);
    return (id) => this.#underWay.has(id) || this.#counts.get(id) !== before.get(id);
  }

  /** Resolves when nothing of this launch is being stored. */
  async settled(id: string): Promise<void> {
    await this.#underWay.get(id);
  }

  /**
   * Stores what is known of a launch when its turn comes. False when it could not be stored, and when this try is not there
   * any more because another window took it out or sent it again, unless it `isNew`. Never rejects.
   */
  write({ id, at }: Pick<PendingLaunch, 'id' | 'at'>, isNew = false): Promise<boolean> {
    this.#counts.set(id, (this.#counts.get(id) ?? 0) + 1);
    const write = async (): Promise<boolean> => {
      const place = this.#places.get(id);
      const there = isNew ? undefined : await place?.find(id);
      if (!place || (!isNew && there?.at !== at)) {
        return false;
      }
      const entry = this.known(id);
      // The window that this one took it over from may have noted the run.
      await (entry ? place.put({ ...entry, runId: entry.runId ?? there?.runId }) : place.remove(id));
      return true;
    };
    const writing = (this.#underWay.get(id) ?? Promise.resolve(true)).then(write).catch(() => false);
    this.#underWay.set(id, writing);
    void writing.then(() => {
      if (this.#underWay.get(id) === writing) {
        this.#underWay.delete(id);
      }
    });
    return writing;
  }
}
