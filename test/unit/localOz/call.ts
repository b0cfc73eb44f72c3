import type { LocalOz } from '../../local-oz/server';

export interface Reply {
  status: number;
  headers: Headers;
  /** The parsed JSON, or the text when it is none. */
  body: unknown;
}

export interface CallOptions {
  body?: unknown;
  headers?: Record<string, string>;
}

/** One call to the API with the right key; `what` is `GET /agent/runs?limit=1`. Redirects are not followed. */
export async function call(oz: LocalOz, what: string, { body, headers = {} }: CallOptions = {}): Promise<Reply> {
  const [method = 'GET', path = ''] = what.split(' ');
  const response = await fetch(oz.baseUrl + path, {
    method,
    redirect: 'manual',
    headers: {
      authorization: `Bearer ${oz.key}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: jsonOr(text) };
}

/** As `call`, for a body that is known to have this shape. */
export async function get<T>(oz: LocalOz, path: string): Promise<T> {
  const { status, body } = await call(oz, `GET ${path}`);
  if (status !== 200) throw new Error(`GET ${path} answered ${status}`);
  return body as T;
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
