import { escapeHtml, type PageFiles, pageShell } from '../platform/pageShell';
import type { ConversationSource } from './conversationSource';
import type { FindWords } from './findWords';
import { placeClass, placeStyle, type FirstPlace } from './firstScreen';
import type { ReadingStart } from './pageReading';
import type { PageLayout, PartName } from './protocol';
import type { PictureWords } from './pictureWords';
import { toHtml } from './viewHtml';
import type { ViewElement } from './viewNodes';

/** What the page needs before it hears from the host. */
export interface PageStart extends PageLayout {
  source: ConversationSource;
  /** Where reading goes on, as the host knows it; null where it was never read. */
  reading: ReadingStart | null;
  /** Words that the page itself says; `{0}` is a number. */
  words: PageWords;
}

export interface PageWords {
  newMessages: string;
  /** How many messages came, for those who do not see them. */
  arrived: { one: string; many: string };
  copied: string;
  find: FindWords;
  pictures: PictureWords;
  steps: string;
}

export interface FirstScreen {
  start: PageStart;
  title: string;
  /** What the conversation itself is called, for assistive technology. */
  heading: string;
  /** What leads past the conversation says. */
  skip: string;
  parts: Record<PartName, ViewElement | null>;
  /** Entries of the first screen, by their chunk. */
  entries: ReadonlyMap<number, ViewElement[]>;
  /** Where those are in the conversation. */
  from: FirstPlace;
  /** The box for a follow-up, written by `followUpBoxHtml`. */
  box: string;
}

/**
 * The page with its first screen in it. It is written as HTML, since that is on the screen before any script has arrived: all
 * text in it is escaped, and the same closed nodes make it that later make the page's DOM.
 */
export function pageHtml(
  { start, title, heading, skip, parts, entries, from, box }: FirstScreen,
  files: PageFiles,
  nonce: string,
): string {
  const part = (name: PartName): string => {
    const node = parts[name];
    return `<div id="part-${name}">${node ? toHtml(node) : ''}</div>`;
  };
  const chunks = [...entries].map(
    ([index, nodes]) => `<div class="chunk" data-chunk="${index}">${nodes.map(toHtml).join('')}</div>`,
  );
  const body = `<div id="head">
${part('header')}
${part('banner')}
</div>
<main>
${part('outcome')}
${part('links')}
${part('artifacts')}
${part('note')}
<button id="skip">${escapeHtml(skip)}</button>
<h2 class="unseen">${escapeHtml(heading)}</h2>
<div id="conversation" role="feed" aria-label="${escapeHtml(heading)}">${chunks.join('')}</div>
${part('tail')}
</main>
<footer id="foot">
${part('pending')}
${box}
</footer>
<nav id="timeline" hidden></nav>
<button id="pill" class="pill" hidden></button>
<div id="target" aria-hidden="true" hidden></div>`;
  const shell = { title, start, body, className: placeClass(from), style: placeStyle(from), hasPictures: true };
  return pageShell(shell, files, nonce);
}
