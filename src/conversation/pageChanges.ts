import { shortHash } from '../model/shortHash';
import { asRecord } from '../oz/json';
import { partNames, type PageLayout, type PartName, type ToPage } from './protocol';
import type { ViewElement } from './viewNodes';

/** What a page shows besides the entries, and what it knows of those. */
export interface PageContent {
  parts: Record<PartName, ViewElement | null>;
  layout: PageLayout;
}

interface Hashes {
  parts: Map<PartName, string>;
  layout: string;
}

/** Tells a page no more than what it does not show yet. */
export class PageChanges {
  #loaded: Hashes = { parts: new Map(), layout: '' };
  #shown = this.#loaded;

  /** This is in the HTML that the page comes from. */
  loaded(content: PageContent): void {
    this.#loaded = hashesOf(content);
  }

  /** The page came from the HTML that was loaded last: what changed since then is new to it. */
  ready(): void {
    this.#shown = this.#loaded;
  }

  /** The messages after which the page shows this. */
  messages(content: PageContent): ToPage[] {
    const before = this.#shown;
    const now = hashesOf(content);
    this.#shown = now;
    return [
      ...partNames
        .filter((name) => now.parts.get(name) !== before.parts.get(name))
        .map((name): ToPage => ({ type: 'part', name, node: content.parts[name] })),
      ...(now.layout === before.layout ? [] : [{ type: 'layout', ...content.layout } as const]),
    ];
  }
}

/** Leaves out the time passed since a moment: the page itself keeps it going. */
function withoutPassing(_: string, value: unknown): unknown {
  return Array.isArray(value) && asRecord(value[1])?.since !== undefined ? value.slice(0, 2) : value;
}

function hashesOf({ parts, layout }: PageContent): Hashes {
  return {
    parts: new Map(partNames.map((name) => [name, shortHash(JSON.stringify(parts[name], withoutPassing))])),
    layout: JSON.stringify(layout),
  };
}
