import type { ChunkSize } from '../model/conversationChunks';
import type { PartName } from './protocol';
import { embeddedJson, escapeHtml, toHtml } from './viewHtml';
import type { ViewElement } from './viewNodes';

/** What the page needs before it hears from the host. */
export interface PageStart {
  runId: string;
  chunks: ChunkSize[];
  entries: number;
  active: boolean;
  /** Words that the page itself says; `{0}` is a number. */
  words: PageWords;
}

export interface PageWords {
  newMessages: string;
  copied: string;
}

export interface PageFiles {
  /** Where the page's resources may come from: the webview's `cspSource`. */
  source: string;
  /** The folder of the page's script and font, with a slash at its end. */
  base: string;
  /** The style sheet's text: inline, it costs the first paint no request. */
  style: string;
  language: string;
}

export interface FirstScreen {
  start: PageStart;
  title: string;
  /** What the conversation itself is called, for assistive technology. */
  heading: string;
  parts: Record<PartName, ViewElement | null>;
  /** Entries of the first screen, by their chunk. */
  entries: ReadonlyMap<number, ViewElement[]>;
}

/**
 * The page with its first screen in it. It is written as HTML, since that is on the screen before any script has arrived
 * (a script is one more request to the webview's service worker); all text in it is escaped, and the same closed nodes
 * make it that later make the page's DOM. Trusted Types keep the page from ever reading text as HTML again.
 */
export function pageHtml(
  { start, title, heading, parts, entries }: FirstScreen,
  files: PageFiles,
  nonce: string,
): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `font-src ${files.source}`,
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
<html lang="${escapeHtml(files.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<base href="${escapeHtml(files.base)}">
<style nonce="${nonce}">${files.style}</style>
<script type="application/json" id="start" nonce="${nonce}">${embeddedJson(start)}</script>
<script src="page.js" nonce="${nonce}" defer></script>
</head>
<body>
<div id="head">
${part('header')}
${part('banner')}
</div>
<nav id="timeline" hidden></nav>
<main>
${part('outcome')}
${part('artifacts')}
${part('note')}
<h2 class="unseen">${escapeHtml(heading)}</h2>
<div id="conversation" role="feed" aria-label="${escapeHtml(heading)}">${chunks.join('')}</div>
${part('tail')}
</main>
<footer id="foot">
${part('pending')}
</footer>
<button id="pill" class="pill" hidden></button>
<div id="target" aria-hidden="true" hidden></div>
<div id="said" role="status" class="unseen"></div>
</body>
</html>`;
}
