import type { OzClient } from '../oz/ozClient';
import type { PictureKind } from './protocol';
import { sniffPicture } from './sniffPicture';

export interface Picture {
  kind: PictureKind;
  bytes: Uint8Array;
}

/** Most bytes of one picture, and of all that are kept. */
const pictureCap = 10 * 1024 * 1024;
const keptBytes = 40 * 1024 * 1024;
/** Downloads at a time. */
const mostAtOnce = 2;

interface Wanted {
  uid: string;
  /** Those who asked and still wait. */
  signals: AbortSignal[];
  picture: Promise<Picture | null>;
  settle: (picture: Picture | null) => void;
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

  /** Null when there is no such picture to be had, or nobody waits for it any more. Never rejects. */
  get(uid: string, signal: AbortSignal): Promise<Picture | null> {
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
        wanted.settle(null);
      } else {
        this.#running.set(wanted.uid, wanted);
        void this.#read(wanted);
      }
    }
  }

  async #read({ uid, settle }: Wanted): Promise<void> {
    const picture = await this.client.downloadArtifact(uid, undefined, { cap: pictureCap }).then(
      ({ bytes }): Picture | null => {
        const kind = sniffPicture(bytes);
        return kind === undefined || bytes.byteLength > pictureCap ? null : { kind, bytes };
      },
      () => null,
    );
    this.#running.delete(uid);
    if (picture) {
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
  const picture = new Promise<Picture | null>((resolve) => {
    settle = resolve;
  });
  return { uid, signals: [], picture, settle };
}
