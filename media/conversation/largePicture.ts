import type { PictureWords } from '../../src/conversation/pictureWords';
import { button } from '../elements/elements';
import { send } from './pageState';

/** One step of zooming, and the largest size as a multiple of the picture's own. */
const zoomStep = 1.25;
const mostZoom = 8;
/** Pixels that an arrow key moves a picture by that is larger than the window. */
const panStep = 60;
/** Pixels around a picture that does not fit as it is, for the buttons beside it and for its edge to be seen. */
const gutter = { x: 48, y: 12 };

/** A picture as large as the window, over the page. Its elements are made when it is first shown. */
export class LargePicture {
  readonly #dialog = document.createElement('dialog');
  readonly #title = document.createElement('span');
  readonly #count = document.createElement('span');
  readonly #size: HTMLButtonElement;
  readonly #stage = document.createElement('div');
  readonly #image = new Image();
  readonly #failure = document.createElement('p');
  readonly #sides: readonly [HTMLButtonElement, HTMLButtonElement];
  /** Where it was opened from, and what it shows. */
  #opener = '';
  #hash = '';
  #item = 0;
  /** Times the size that fits. */
  #zoom = 1;
  #x = 0;
  #y = 0;

  /** @param blob gives a thumbnail's picture, or undefined when it will arrive */
  constructor(
    private readonly words: PictureWords,
    private readonly blob: (thumb: HTMLElement) => Blob | undefined,
  ) {
    const bar = element('div', 'large-bar');
    const tools = element('div', 'large-tools');
    this.#size = button('large-size', words.fit, () => {
      this.#setZoom(1);
    });
    tools.append(
      button('icon zoom-out', words.zoomOut, () => {
        this.#setZoom(this.#zoom / zoomStep);
      }),
      this.#size,
      button('icon zoom-in', words.zoomIn, () => {
        this.#setZoom(this.#zoom * zoomStep);
      }),
      button('icon save', words.save, () => {
        send({ type: 'artifact', item: this.#item, act: 'save' });
      }),
      button('icon go-to-file', words.openInEditor, () => {
        this.#dialog.close();
        send({ type: 'artifact', item: this.#item, act: 'open' });
      }),
      button('icon close', words.close, () => {
        this.#dialog.close();
      }),
    );
    const about = element('div', 'large-about');
    about.setAttribute('aria-live', 'polite');
    this.#title.className = 'large-title';
    this.#count.className = 'large-count';
    about.append(this.#title, this.#count);
    bar.append(about, tools);
    this.#failure.className = 'large-failure';
    this.#stage.className = 'large-stage';
    this.#stage.append(this.#image, this.#failure);
    this.#sides = [
      button('icon chevron-left side before', words.previous, () => {
        this.#go(-1);
      }),
      button('icon chevron-right side after', words.next, () => {
        this.#go(1);
      }),
    ];
    this.#dialog.className = 'large';
    this.#dialog.tabIndex = -1;
    this.#dialog.append(bar, this.#stage, ...this.#sides);
    document.body.append(this.#dialog);
    this.#listen();
  }

  show(thumb: HTMLElement): void {
    this.#opener = thumb.dataset.hash ?? '';
    // Before it is open: its name is said as it takes the focus, and only then.
    this.#put(thumb);
    this.#dialog.showModal();
    // Not one of its buttons: what is read first is what the picture shows.
    this.#dialog.focus();
  }

  /** The bytes of a thumbnail's picture came, or there are none. */
  arrived(thumb: HTMLElement, blob: Blob | undefined): void {
    if (this.#dialog.open && thumb.dataset.hash === this.#hash && this.#image.hidden) {
      this.#draw(blob);
    }
  }

  #put(thumb: HTMLElement): void {
    const thumbs = allThumbs();
    const { hash = '', item } = thumb.dataset;
    this.#hash = hash;
    this.#item = Number(item);
    const name = thumb.getAttribute('aria-label') ?? '';
    this.#title.textContent = name;
    this.#image.alt = name;
    this.#dialog.setAttribute('aria-label', name);
    this.#count.textContent = this.words.count
      .replace('{0}', String(thumbs.indexOf(thumb) + 1))
      .replace('{1}', String(thumbs.length));
    this.#count.hidden = thumbs.length < 2;
    for (const side of this.#sides) {
      side.hidden = thumbs.length < 2;
    }
    this.#forget();
    const blob = this.blob(thumb);
    if (blob) {
      this.#draw(blob);
    }
  }

  #draw(blob: Blob | undefined): void {
    this.#failure.textContent = blob ? '' : this.words.notAvailable;
    if (!blob) {
      return;
    }
    const url = URL.createObjectURL(blob);
    this.#image.src = url;
    this.#image.decode().then(
      () => {
        if (this.#image.src === url) {
          this.#image.hidden = false;
          this.#setZoom(1);
        }
      },
      () => {
        if (this.#image.src === url) {
          this.#failure.textContent = this.words.notAvailable;
        }
      },
    );
  }

  #forget(): void {
    URL.revokeObjectURL(this.#image.src);
    this.#image.removeAttribute('src');
    this.#image.hidden = true;
    this.#failure.textContent = '';
    this.#size.textContent = '';
  }

  /** To the next picture, from the last one to the first. */
  #go(by: 1 | -1): void {
    const thumbs = allThumbs();
    const at = thumbs.findIndex(({ dataset }) => dataset.hash === this.#hash);
    const next = thumbs[(at + by + thumbs.length) % thumbs.length];
    if (next && thumbs.length > 1) {
      this.#put(next);
    }
  }

  /** The size at which all of it is seen, at most its own. */
  #fit(): number {
    const { clientWidth, clientHeight } = this.#stage;
    const { naturalWidth, naturalHeight } = this.#image;
    if (naturalWidth <= clientWidth && naturalHeight <= clientHeight) {
      return 1;
    }
    return Math.min(
      1,
      Math.max(1, clientWidth - 2 * gutter.x) / Math.max(1, naturalWidth),
      Math.max(1, clientHeight - 2 * gutter.y) / Math.max(1, naturalHeight),
    );
  }

  /** @param at the point of the stage, from its middle, that stays where it is */
  #setZoom(zoom: number, at = { x: 0, y: 0 }): void {
    const before = this.#zoom;
    this.#zoom = Math.min(Math.max(1, zoom), mostZoom / this.#fit());
    const grown = this.#zoom / before;
    this.#x = at.x - (at.x - this.#x) * grown;
    this.#y = at.y - (at.y - this.#y) * grown;
    this.#place();
  }

  #pan(x: number, y: number): void {
    this.#x += x;
    this.#y += y;
    this.#place();
  }

  #place(): void {
    const scale = this.#fit() * this.#zoom;
    const spareX = Math.max(0, (this.#image.naturalWidth * scale - this.#stage.clientWidth) / 2);
    const spareY = Math.max(0, (this.#image.naturalHeight * scale - this.#stage.clientHeight) / 2);
    this.#x = Math.min(spareX, Math.max(-spareX, this.#x));
    this.#y = Math.min(spareY, Math.max(-spareY, this.#y));
    this.#image.style.transform = `translate(-50%, -50%) translate(${this.#x}px, ${this.#y}px) scale(${scale})`;
    // One pixel of the window, whatever the picture's are.
    this.#image.style.outlineWidth = `${1 / scale}px`;
    this.#stage.classList.toggle('larger', spareX > 0 || spareY > 0);
    const percent = `${Math.round(scale * 100)} %`;
    this.#size.textContent = percent;
    this.#size.setAttribute('aria-label', `${percent}, ${this.words.fit}`);
  }

  #listen(): void {
    this.#dialog.addEventListener('close', () => {
      this.#forget();
      allThumbs()
        .find(({ dataset }) => dataset.hash === this.#opener)
        ?.focus({ preventScroll: true });
    });
    this.#dialog.addEventListener('keydown', (event) => {
      this.#key(event);
    });
    this.#dialog.addEventListener('click', (event) => {
      // On what is around the picture.
      if (event.target === this.#dialog) {
        this.#dialog.close();
      }
    });
    this.#stage.addEventListener(
      'wheel',
      (event) => {
        event.preventDefault();
        if (event.ctrlKey) {
          const box = this.#stage.getBoundingClientRect();
          const at = { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
          this.#setZoom(this.#zoom * 2 ** (-event.deltaY / 200), at);
        } else {
          this.#pan(-event.deltaX, -event.deltaY);
        }
      },
      { passive: false },
    );
    this.#stage.addEventListener('pointerdown', (event) => {
      this.#stage.setPointerCapture(event.pointerId);
    });
    this.#stage.addEventListener('pointermove', (event) => {
      if (this.#stage.hasPointerCapture(event.pointerId)) {
        this.#pan(event.movementX, event.movementY);
      }
    });
    this.#stage.addEventListener('dragstart', (event) => {
      event.preventDefault();
    });
    new ResizeObserver(() => {
      if (this.#dialog.open && !this.#image.hidden) {
        this.#place();
      }
    }).observe(this.#stage);
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const act = this.#acts(event.shiftKey)[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
    // The page behind has keys of its own; the editor's go on.
    if (act || event.key.length === 1) {
      event.stopPropagation();
    }
  }

  #acts(shift: boolean): Partial<Record<string, () => void>> {
    const zoom = (factor: number) => () => {
      this.#setZoom(this.#zoom * factor);
    };
    const pan = (x: number, y: number) => () => {
      this.#pan(x * panStep, y * panStep);
    };
    const go = (by: 1 | -1) => () => {
      this.#go(by);
    };
    return {
      '+': zoom(zoomStep),
      '=': zoom(zoomStep),
      '-': zoom(1 / zoomStep),
      '0': () => {
        this.#setZoom(1);
      },
      ArrowLeft: shift ? pan(1, 0) : go(-1),
      ArrowRight: shift ? pan(-1, 0) : go(1),
      ArrowUp: pan(0, 1),
      ArrowDown: pan(0, -1),
      Escape: () => {
        this.#dialog.close();
      },
    };
  }
}

function allThumbs(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>('.thumb')];
}

function element(tag: 'div', className: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  return made;
}
