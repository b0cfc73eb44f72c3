import type { ServerResponse } from 'node:http';
import type { OzState } from './state';

/** Pages in place of the service's web app, so that "open in browser" has something to show. */
export function webPage(state: OzState, path: string, response: ServerResponse): void {
  const [, kind = '', id = ''] = path.split('/');
  const run = kind === 'runs' ? state.runs.get(decodeURIComponent(id))?.item : undefined;
  const title = run?.title ?? (kind === '' ? 'Local Oz' : `${kind} ${id}`.trim());
  const facts = run
    ? [run.state, run.source ?? '', run.created_at, run.run_id]
    : ['This page stands in for the web app.'];
  const isKnown = run !== undefined || kind !== 'runs';
  response.writeHead(isKnown ? 200 : 404, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
  });
  response.end(
    [
      '<!doctype html><meta charset="utf-8">',
      `<title>${escape(title)}</title>`,
      '<style>body { font: 16px/1.5 system-ui; max-width: 40em; margin: 4em auto }</style>',
      `<h1>${escape(title)}</h1>`,
      ...facts.map((fact) => `<p>${escape(fact)}</p>`),
      run ? `<pre style="white-space: pre-wrap">${escape(run.prompt)}</pre>` : '',
    ].join('\n'),
  );
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
