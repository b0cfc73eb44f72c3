import { createHmac } from 'node:crypto';
import { iso, type OzClock } from './clock';

/** What is behind a signed address. */
export interface StoredObject {
  contentType: string;
  bytes: () => Buffer;
  filename?: string;
}

export const LIFETIME = 15 * 60 * 1000;

/** Addresses in the storage's origin that are good for 15 minutes and need no key. */
export class SignedUrls {
  readonly #objects = new Map<string, StoredObject>();
  /** Set when the storage listens. */
  origin = 'http://storage.invalid';

  constructor(
    private readonly clock: OzClock,
    private readonly secret: string,
  ) {}

  sign(name: string, object: StoredObject): { url: string; expiresAt: string } {
    this.#objects.set(name, object);
    const expires = this.clock.now() + LIFETIME;
    const query = new URLSearchParams({ expires: String(expires), signature: this.#signature(name, expires) });
    return { url: `${this.origin}/objects/${encodeURIComponent(name)}?${query.toString()}`, expiresAt: iso(expires) };
  }

  /** The object, or the status and the words of the refusal. */
  open(url: URL): StoredObject | { status: number; code: string } {
    const name = decodeURIComponent(/^\/objects\/([^/]+)$/.exec(url.pathname)?.[1] ?? '');
    const expires = Number(url.searchParams.get('expires'));
    const object = this.#objects.get(name);
    if (!object) return { status: 404, code: 'NoSuchKey' };
    if (url.searchParams.get('signature') !== this.#signature(name, expires)) {
      return { status: 403, code: 'SignatureDoesNotMatch' };
    }
    return this.clock.now() > expires ? { status: 403, code: 'ExpiredToken' } : object;
  }

  #signature(name: string, expires: number): string {
    return createHmac('sha256', this.secret).update(`${name}\n${expires}`).digest('hex');
  }
}
