import { asProblem, isLasting } from '../model/loadStatus';
import { type PictureKind, sniffPicture } from '../model/sniffPicture';
import type { OzClient } from '../oz/ozClient';

export interface Picture {
  kind: PictureKind;
  bytes: Uint8Array;
}

/** Why there is none: it is no picture that can be shown, or it could not be read this time. */
export type NoPicture = 'none' | 'notRead';

/** Most bytes of one picture, and of all that are kept. */
const pictureCap = 10 * 1024 * 1024;
const keptBytes = 40 * 1024 * 1024;
/** Downloads at a time. */
const mostAtOnce = 2;

interface Wanted {
  uid: string;
  /** Those who asked and still wait. */
  signals: AbortSignal[];
  picture: Promise<Picture | NoPicture>;
  settle: (picture: Picture | NoPicture) => void;
}

/**
 * The bytes of artifacts' pictures, for all panels of a window. What was asked for last comes first: that is what is being
 * looked at.
 */
export class ArtifactPictures {
  /** What was used last is last. */
  readonly #kept = new Map<string, Picture>();
  readonly #waiting: Wanted[] = [];
  readonly #running = new Map<string, Wanted>();
  #size = 0;

  constructor(private readonly client: Pick<OzClient, 'downloadArtifact'>) {}

  /** Not read is also what nobody waits for any more. Never rejects. */
  get(uid: string, signal: AbortSignal): Promise<Picture | NoPicture> {
    const kept = this.#kept.get(uid);
    if (kept) {
      this.#keep(uid, kept);
      return Promise.resolve(kept);
    }
    const running = this.#running.get(uid);
    if (running) {
      running.signals.push(signal);
      return running.picture;
    }
    const place = this.#waiting.findIndex((wanted) => wanted.uid === uid);
    const [wanted = newWanted(uid)] = place < 0 ? [] : this.#waiting.splice(place, 1);
    wanted.signals.push(signal);
    this.#waiting.push(wanted);
    this.#next();
    return wanted.picture;
  }

  #next(): void {
    while (this.#running.size < mostAtOnce) {
      const wanted = this.#waiting.pop();
      if (!wanted) {
        return;
      }
      if (wanted.signals.every(({ aborted }) => aborted)) {
        wanted.settle('notRead');
      } else {
        this.#running.set(wanted.uid, wanted);
        void this.#read(wanted);
      }
    }
  }

  async #read({ uid, settle }: Wanted): Promise<void> {
    const picture = await this.client.downloadArtifact(uid, undefined, { cap: pictureCap }).then(
      ({ bytes }): Picture | NoPicture => {
        const kind = sniffPicture(bytes);
        return kind === undefined || bytes.byteLength > pictureCap ? 'none' : { kind, bytes };
      },
      (error: unknown): NoPicture => (isLasting(asProblem(error)) ? 'none' : 'notRead'),
    );
    this.#running.delete(uid);
    if (typeof picture === 'object') {
      this.#keep(uid, picture);
    }
    settle(picture);
    this.#next();
  }

  #keep(uid: string, picture: Picture): void {
    this.#forget(uid);
    this.#kept.set(uid, picture);
    this.#size += picture.bytes.byteLength;
    for (const [oldest] of this.#kept) {
      if (this.#size <= keptBytes) {
        return;
      }
      this.#forget(oldest);
    }
  }

  #forget(uid: string): void {
    this.#size -= this.#kept.get(uid)?.bytes.byteLength ?? 0;
    this.#kept.delete(uid);
  }
}

function newWanted(uid: string): Wanted {
  let settle: Wanted['settle'] = () => undefined;
  const picture = new Promise<Picture | NoPicture>((resolve) => {
    settle = resolve;
  });
  return { uid, signals: [], picture, settle };
}
