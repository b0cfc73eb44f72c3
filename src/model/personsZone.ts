import { asRecord } from '../oz/json';
import { type Disposable, Emitter } from './emitter';
import type { Memento } from './memento';
import { isZone, ZoneFormats } from './zoneFormats';

export interface PersonsZoneDeps {
  /** Of all windows. */
  memento: Memento;
  /** In which times are written. */
  language: string;
  /** The time zone of the extension's process. */
  host: string;
  /** That process may run on another machine than the one before the person. */
  isElsewhere: boolean;
}

const storageKey = 'agentRuns.zone';

/** The time zone in which a person reads times. Only a page knows it; what one said last is remembered. */
export class PersonsZone implements Disposable {
  readonly #deps: PersonsZoneDeps;
  readonly #changed = new Emitter<undefined>();
  #formats: ZoneFormats | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(deps: PersonsZoneDeps) {
    this.#deps = deps;
  }

  /** Writes times as the person reads them; the same object for as long as the zone is the same. */
  get formats(): ZoneFormats {
    const zone = this.#told ?? this.#deps.host;
    if (this.#formats?.zone !== zone) {
      this.#formats = new ZoneFormats(zone, this.#deps.language);
    }
    return this.#formats;
  }

  /** Nobody knows where the person is. */
  get isGuess(): boolean {
    return this.#deps.isElsewhere && this.#told === undefined;
  }

  /** A page said in which zone it is shown. */
  note(zone: string): void {
    if (zone === this.#told) {
      return;
    }
    const wasGuess = this.isGuess;
    const before = this.formats;
    void this.#deps.memento.update(storageKey, { zone, host: this.#deps.host });
    if (this.formats !== before || wasGuess) {
      this.#changed.fire(undefined);
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }

  get #told(): string | undefined {
    const { zone, host } = asRecord(this.#deps.memento.get(storageKey)) ?? {};
    // Where the process runs beside the person, a zone that it has not had then means that they have travelled.
    const counts = this.#deps.isElsewhere || host === this.#deps.host;
    return counts && typeof zone === 'string' && isZone(zone) ? zone : undefined;
  }
}
