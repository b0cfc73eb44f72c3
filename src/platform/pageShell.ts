/** What a page is made of, all of it in its HTML: VS Code shows a page only when every file that it names has arrived. */
export interface PageFiles {
  /** The style sheet's text, with the icon font in it. */
  style: string;
  script: string;
  language: string;
}

export interface PageShell {
  title: string;
  /** What the page's script reads before it hears from the host. */
  start: unknown;
  /** HTML in which all text is escaped. */
  body: string;
  /** Of the document's element. */
  className?: string;
  /** Rules that only this page has, behind those of the style sheet. */
  style?: string;
  /** The page shows pictures that it makes itself. */
  hasPictures?: boolean;
}

/**
 * The HTML of a page that may load nothing: what it runs and looks like stands in it, under a nonce. Trusted Types keep it from
 * ever reading text as HTML.
 */
export function pageShell(shell: PageShell, files: PageFiles, nonce: string): string {
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `font-src data:`,
    // Pictures are made by the page from bytes that the host checked; none has an address that leads anywhere.
    ...(shell.hasPictures ? [`img-src blob:`] : []),
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types 'none'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escapeHtml(files.language)}" class="${shell.className ?? ''}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(shell.title)}</title>
<style nonce="${nonce}">${files.style}${shell.style ?? ''}</style>
<script type="application/json" id="start" nonce="${nonce}">${embeddedJson(shell.start)}</script>
</head>
<body>
${shell.body}
<div id="said" role="status" class="unseen"></div>
<script nonce="${nonce}">${inScript(files.script)}</script>
</body>
</html>`;
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** JSON that can stand in a script element: no `<` in it could end the element. */
export function embeddedJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** A script's text where it stands in HTML: nothing in it ends its element. In a string of JavaScript both mean the same. */
function inScript(script: string): string {
  return script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
}
