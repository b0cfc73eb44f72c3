import { Emitter } from './emitter';

/** Two versions of a plan's text. */
export interface PlanVersions {
  before: string;
  now: string;
}

/** Plans whose texts are kept. */
const mostPlans = 20;

/** The texts of plans as they were read, the newest and the one before it that differs, while the window is open. */
export class PlanTexts {
  readonly #changed = new Emitter<string>();
  /** The plan that was read last is the last. */
  readonly #texts = new Map<string, { before?: string; now: string }>();

  /** Tells the uid of a plan that was read. */
  readonly onDidChange = this.#changed.event;

  read(uid: string, text: string): void {
    const known = this.#texts.get(uid);
    const before = known === undefined || known.now === text ? known?.before : known.now;
    this.#texts.delete(uid);
    this.#texts.set(uid, { now: text, ...(before !== undefined && { before }) });
    for (const [oldest] of this.#texts) {
      if (this.#texts.size <= mostPlans) {
        break;
      }
      this.#texts.delete(oldest);
    }
    this.#changed.fire(uid);
  }

  text(uid: string): string | undefined {
    return this.#texts.get(uid)?.now;
  }

  versions(uid: string): PlanVersions | undefined {
    const { before, now } = this.#texts.get(uid) ?? {};
    return before === undefined || now === undefined ? undefined : { before, now };
  }

  clear(): void {
    this.#texts.clear();
  }
}
