import type { ConversationSource } from './conversationSource';
import type { FindWords } from './findWords';
import { placeClass, placeStyle, type FirstPlace } from './firstScreen';
import type { ReadingStart } from './pageReading';
import type { PageLayout, PartName } from './protocol';
import type { PictureWords } from './pictureWords';
import { embeddedJson, escapeHtml, toHtml } from './viewHtml';
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

/** What the page is made of, all of it in its HTML: VS Code shows a page only when every file that it names has arrived. */
export interface PageFiles {
  /** The style sheet's text, with the icon font in it. */
  style: string;
  script: string;
  language: string;
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
 * The page with its first screen in it. It is written as HTML, since that is on the screen before any script has arrived
 * all text in it is escaped, and the same closed nodes
 * make it that later make the page's DOM. Trusted Types keep the page from ever reading text as HTML again.
 */
export function pageHtml(
  { start, title, heading, skip, parts, entries, from, box }: FirstScreen,
  files: PageFiles,
  nonce: string,
): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `font-src data:`,
    // Pictures are made by the page from bytes that the host checked; none has an address that leads anywhere.
    `img-src blob:`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ].join('; ');
  const part = (name: PartName): string => {
    const node = parts[name];
    return `<div id="part-${name}">${node ? toHtml(node) : ''}</div>`;
  };
  const chunks = [...entries].map(
    ([index, nodes]) => `<div class="chunk" data-chunk="${index}">${nodes.map(toHtml).join('')}</div>`,
  );
  return `<!DOCTYPE html>
<html lang="${escapeHtml(files.language)}" class="${placeClass(from)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style nonce="${nonce}">${files.style}${placeStyle(from)}</style>
<script type="application/json" id="start" nonce="${nonce}">${embeddedJson(start)}</script>
</head>
<body>
<div id="head">
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
<div id="target" aria-hidden="true" hidden></div>
<div id="said" role="status" class="unseen"></div>
<script nonce="${nonce}">${inScript(files.script)}</script>
</body>
</html>`;
}

/** A script's text where it stands in HTML: nothing in it ends its element. In a string of JavaScript both mean the same. */
function inScript(script: string): string {
  return script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}
