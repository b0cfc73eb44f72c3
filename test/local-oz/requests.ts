import type { IncomingHttpHeaders } from 'node:http';
import type { Contract, Operation, Parameter } from './contract';

/** A request to the API as it came over the wire. */
export interface RawRequest {
  method: string;
  /** Without the base path: `/agent/runs`. */
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** A request in the types that openapi.yaml gives its members. */
export interface ReadRequest {
  operation: Operation;
  path: Record<string, string>;
  query: Record<string, unknown>;
  body: unknown;
  /** What breaks openapi.yaml; the request is answered 400 then, as the service would. */
  faults: string[];
}

/** Finds operations by method and path, and reads requests to them. */
export class RequestReader {
  readonly #routes: { operation: Operation; pattern: RegExp }[];

  constructor(private readonly contract: Contract) {
    this.#routes = contract.operations.map((operation) => ({
      operation,
      pattern: new RegExp(`^${operation.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
    }));
    // `/agent/messages/{runId}` must not shadow a path that is written out.
    this.#routes.sort((a, b) => placeholders(a.operation) - placeholders(b.operation));
  }

  /** Undefined when no operation has this method and path. */
  read(request: RawRequest): ReadRequest | undefined {
    for (const { operation, pattern } of this.#routes) {
      const match = operation.method === request.method ? pattern.exec(request.path) : null;
      if (match) return this.#readAs(operation, match.groups ?? {}, request);
    }
    return undefined;
  }

  #readAs(operation: Operation, rawPath: Record<string, string>, request: RawRequest): ReadRequest {
    const faults: string[] = [];
    const path: Record<string, string> = {};
    const query: Record<string, unknown> = {};
    for (const parameter of operation.parameters) {
      const value = this.#readParameter(parameter, rawPath, request, faults);
      if (value === undefined) {
        if (parameter.required) faults.push(`${parameter.in} ${parameter.name} is missing`);
        continue;
      }
      const wrong = this.contract.check(parameter.check, value);
      if (wrong !== undefined) faults.push(`${parameter.in} ${parameter.name}: ${wrong}`);
      if (parameter.in === 'query') query[parameter.name] = value;
      if (parameter.in === 'path' && typeof value === 'string') path[parameter.name] = value;
    }
    faults.push(...strangers(operation, request));
    return { operation, path, query, body: this.#readBody(operation, request, faults), faults };
  }

  #readParameter(parameter: Parameter, path: Record<string, string>, request: RawRequest, faults: string[]): unknown {
    if (parameter.in === 'path') return decode(path[parameter.name] ?? '', faults);
    if (parameter.in === 'header') return request.headers[parameter.name.toLowerCase()];
    const values = request.query.getAll(parameter.name);
    if (parameter.type === 'array')
      return values.length ? values.map((value) => typed(value, parameter.itemType)) : undefined;
    if (values.length > 1) faults.push(`query ${parameter.name} is given ${values.length} times`);
    return values[0] === undefined ? undefined : typed(values[0], parameter.type);
  }

  #readBody(operation: Operation, request: RawRequest, faults: string[]): unknown {
    const text = request.body.toString('utf8');
    if (!operation.body) {
      if (text.trim() !== '') faults.push('a body where none is described');
      return undefined;
    }
    if (text.trim() === '') {
      if (operation.body.required) faults.push('the body is missing');
      return undefined;
    }
    const mediaType = (request.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
    const pointer = operation.body.content[mediaType];
    if (pointer === undefined) {
      faults.push(`content type ${mediaType || 'none'} is not described`);
      return undefined;
    }
    try {
      const body: unknown = JSON.parse(text);
      const wrong = this.contract.check(pointer, body);
      if (wrong !== undefined) faults.push(`body: ${wrong}`);
      return body;
    } catch {
      faults.push('the body is not JSON');
      return undefined;
    }
  }
}

/** Parameters and headers of our own making that openapi.yaml does not know. */
function strangers(operation: Operation, request: RawRequest): string[] {
  const knows = (place: string, name: string): boolean =>
    operation.parameters.some((one) => one.in === place && one.name.toLowerCase() === name.toLowerCase());
  const names = [...new Set(request.query.keys())].filter((name) => !knows('query', name));
  const headers = Object.keys(request.headers).filter((name) => name.startsWith('x-') && !knows('header', name));
  return [
    ...names.map((name) => `query ${name} is not described`),
    ...headers.map((name) => `header ${name} is not described`),
  ];
}

const placeholders = (operation: Operation): number => operation.path.split('{').length - 1;

function typed(value: string, type: unknown): unknown {
  if ((type === 'integer' || type === 'number') && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
  if (type === 'boolean' && /^(true|false)$/.test(value)) return value === 'true';
  return value;
}

function decode(value: string, faults: string[]): string {
  try {
    return decodeURIComponent(value);
  } catch {
    faults.push(`the path is not encoded right: ${value}`);
    return value;
  }
}
