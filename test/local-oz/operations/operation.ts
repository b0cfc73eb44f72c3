import type { paths } from '../../../src/oz/openapi';
import type { Lifecycle } from '../lifecycle';
import type { Scheduler } from '../scheduler';
import type { SignedUrls } from '../signedUrls';
import type { OzState } from '../state';

type Method = 'get' | 'post' | 'put' | 'delete';

/** `GET /agent/runs` and so on: every operation of openapi.yaml. */
export type OperationKey = {
  [P in keyof paths]: {
    [M in Method]: [NonNullable<paths[P][M]>] extends [never] ? never : `${Uppercase<M>} ${P}`;
  }[Method];
}[keyof paths];

type Operation<K extends OperationKey> = K extends `${infer M} ${infer P extends keyof paths}`
  ? Lowercase<M> extends Method
    ? NonNullable<paths[P][Lowercase<M>]>
    : never
  : never;

type PathOf<O> = O extends { parameters: { path: infer T } } ? T : unknown;
type QueryOf<O> = O extends { parameters: { query?: infer T } } ? NonNullable<T> : unknown;
type BodyOf<O> = O extends { requestBody: { content: { 'application/json': infer T } } } ? T : undefined;

export interface Oz {
  state: OzState;
  lifecycle: Lifecycle;
  scheduler: Scheduler;
  signedUrls: SignedUrls;
}

/** A request that keeps to openapi.yaml. */
export interface Call<O> {
  path: PathOf<O>;
  query: QueryOf<O>;
  body: BodyOf<O>;
}

export interface Answer {
  status: number;
  headers?: Record<string, string>;
  /** Sent as JSON; nothing is sent when undefined. */
  body?: unknown;
}

/** Throws a `Problem` for every answer that says no. */
export type Handlers = { readonly [K in OperationKey]: (oz: Oz, call: Call<Operation<K>>) => Answer };

export const ok = (body: unknown): Answer => ({ status: 200, body });
