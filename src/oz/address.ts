import { ApiProblem } from './problems';

/** This machine by its names and addresses, as `URL.hostname` writes them. */
const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * The base URL without a slash at its end, query or fragment.
 * @throws ApiProblem `notOz` (`invalid_base_url`) unless it is an https address without a name and password, or an http one
 * of this machine: elsewhere http would show the key to everybody on the way.
 */
export function baseAddress(baseUrl: string): string {
  const text = baseUrl.trim();
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname));
  if (!url || !isSafe || url.username || url.password) {
    const message = 'The base URL is no https address, or http on this machine.';
    throw new ApiProblem({ kind: 'notOz', code: 'invalid_base_url', message, retryable: false });
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/**
 * An id that may become one segment of a path. Ids come from the service and from links.
 * @throws ApiProblem `invalid` for one that would lead to another path.
 */
export function pathId(id: string): string {
  if (id === '' || id === '.' || id === '..' || /\p{Surrogate}/u.test(id)) {
    throw new ApiProblem({
      kind: 'invalid',
      code: 'invalid_id',
      message: 'This id cannot be asked for.',
      retryable: false,
    });
  }
  return id;
}

/** How the log names a request: its path below the base URL and the names, never the values, of its query. */
export function logName(url: URL, base: string): string {
  const names = [...new Set(url.searchParams.keys())].join('&');
  return `${url.pathname.slice(new URL(base).pathname.replace(/\/+$/, '').length)}${names ? `?${names}` : ''}`;
}
