import type { PictureWords } from '../../src/conversation/pictureWords';
import type { ToPage } from '../../src/conversation/protocol';
import { LargePicture } from './largePicture';
import { send } from './pageState';

type PictureMessage = Extract<ToPage, { type: 'picture' }>;

/** How near a thumbnail is to the window when its picture is asked for. */
const nearby = '800px 0px';

/** Fills the boxes of pictures near the window, with bytes that the host sends. Nothing else on the page makes an `<img>`. */
export class Pictures {
  /** By the hash of the artifact: its place in the list may change. */
  readonly #blobs = new Map<string, Blob>();
  /** Addresses of what is shown, by their thumbnails. */
  readonly #urls = new Map<HTMLElement, string>();
  readonly #observer: IntersectionObserver;
  #large: LargePicture | undefined;

  constructor(private readonly words: PictureWords) {
    this.#observer = new IntersectionObserver(
      (changes) => {
        for (const { target, isIntersecting } of changes) {
          if (isIntersecting) {
            this.#fill(target as HTMLElement);
          } else {
            this.#empty(target as HTMLElement);
          }
        }
      },
      { root: document, rootMargin: nearby },
    );
    document.addEventListener('click', (event) => {
      const thumb = event.target instanceof Element ? event.target.closest<HTMLElement>('.thumb') : null;
      if (thumb?.classList.contains('failed')) {
        this.#mend(thumb);
        ask(thumb);
      } else if (thumb) {
        this.#large ??= new LargePicture(this.words, (one) => this.#blob(one));
        this.#large.show(thumb);
      }
    });
  }

  /** Takes care of the thumbnails in a place whose elements are new. */
  look(place: Element): void {
    for (const thumb of place.querySelectorAll<HTMLElement>('.thumb')) {
      this.#observer.observe(thumb);
    }
  }

  take({ item, kind, bytes, canRetry }: PictureMessage): void {
    const thumb = document.querySelector<HTMLElement>(`.thumb[data-item="${item}"]`);
    const { hash = '' } = thumb?.dataset ?? {};
    if (!thumb) {
      return;
    }
    if (bytes) {
      // The host owns no part of the bytes any more.
      this.#blobs.set(hash, new Blob([bytes as Uint8Array<ArrayBuffer>], { type: kind }));
      this.#mend(thumb);
      this.#fill(thumb);
    } else {
      this.#fail(thumb, canRetry);
    }
    this.#large?.arrived(thumb, this.#blobs.get(hash));
  }

  /** The picture's bytes; undefined when they are on their way. */
  #blob(thumb: HTMLElement): Blob | undefined {
    const blob = this.#blobs.get(thumb.dataset.hash ?? '');
    if (!blob) {
      ask(thumb);
    }
    return blob;
  }

  #fill(thumb: HTMLElement): void {
    const blob = this.#blob(thumb);
    if (!blob || this.#urls.has(thumb)) {
      return;
    }
    const url = URL.createObjectURL(blob);
    this.#urls.set(thumb, url);
    const image = new Image();
    // The button has the name; what a picture shows is its own.
    image.alt = thumb.getAttribute('aria-label') ?? '';
    image.src = url;
    image.decode().then(
      () => {
        if (this.#urls.get(thumb) === url) {
          thumb.querySelector('img')?.remove();
          thumb.append(image);
        }
      },
      () => {
        // A picture by its first bytes only.
        this.#blobs.delete(thumb.dataset.hash ?? '');
        this.#empty(thumb);
        this.#fail(thumb, false);
      },
    );
  }

  /** Far away, or no longer on the page: its memory is free again. The host may still have the bytes. */
  #empty(thumb: HTMLElement): void {
    const url = this.#urls.get(thumb);
    if (url !== undefined) {
      URL.revokeObjectURL(url);
      this.#urls.delete(thumb);
      thumb.querySelector('img')?.remove();
    }
    if (!thumb.isConnected) {
      this.#observer.unobserve(thumb);
    }
    const { hash = '' } = thumb.dataset;
    const others = [...document.querySelectorAll<HTMLElement>('.thumb')].filter(({ dataset }) => dataset.hash === hash);
    // One that was made anew in its place will be filled in a moment.
    if (others.every((other) => other === thumb)) {
      this.#blobs.delete(hash);
    }
  }

  #fail(thumb: HTMLElement, canRetry: boolean): void {
    const { notAvailable, again } = this.words;
    thumb.classList.add('failed');
    thumb.title = again;
    thumb.dataset.failure = canRetry ? again : notAvailable;
    thumb.setAttribute('aria-description', `${notAvailable}. ${again}`);
  }

  #mend(thumb: HTMLElement): void {
    thumb.classList.remove('failed');
    thumb.title = '';
    thumb.removeAttribute('aria-description');
  }
}

function ask(thumb: HTMLElement): void {
  send({ type: 'picture', item: Number(thumb.dataset.item) });
}
