import type { Run } from '../oz/types';
import { type Disposable, Emitter } from './emitter';
import type { Named } from './runFilter';
import type { Memento } from './memento';

const storageKey = 'agentRuns.me';

/**
 * Who starts runs with this key. The service does not tell a key whose it is, so it is learned from the first run that was
 * launched, or the first schedule that was made here, or a person says it, which then stands.
 */
export class Me implements Disposable {
  readonly #memento: Memento;
  readonly #changed = new Emitter<undefined>();

  readonly onDidChange = this.#changed.event;

  /** @param memento of all windows: it is asked each time, since another window may have learned it */
  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** The creator's uid, once it is known. */
  get uid(): string | undefined {
    return this.#stored?.id;
  }

  /** The same where the service told it by what was made with this key. */
  get learnedUid(): string | undefined {
    const stored = this.#stored;
    return stored?.isChosen === false ? stored.id : undefined;
  }

  /** As the service wrote it, or the uid. */
  get name(): string | undefined {
    return this.#stored?.name;
  }

  /** A person says who they are. */
  set(creator: Named): void {
    this.#store({ id: creator.id, name: creator.name, isChosen: true });
  }

  /** This run was launched here, or a schedule made that has this creator, with the key. */
  learn({ creator }: Pick<Run, 'creator'>): void {
    if (creator?.uid && !this.#stored?.isChosen) {
      this.#store({ id: creator.uid, name: creator.display_name ?? creator.email ?? creator.uid, isChosen: false });
    }
  }

  /** Another key is somebody else's. */
  reset(): void {
    this.#store(undefined);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  get #stored(): Stored | undefined {
    const stored = this.#memento.get(storageKey) as Partial<Record<keyof Stored, unknown>> | undefined;
    return typeof stored?.id === 'string' && typeof stored.name === 'string'
      ? { id: stored.id, name: stored.name, isChosen: stored.isChosen === true }
      : undefined;
  }

  #store(me: Stored | undefined): void {
    const before = this.#stored;
    if (me?.id === before?.id && me?.name === before?.name && me?.isChosen === before?.isChosen) {
      return;
    }
    void this.#memento.update(storageKey, me);
    this.#changed.fire(undefined);
  }
}

interface Stored extends Named {
  readonly isChosen: boolean;
}
