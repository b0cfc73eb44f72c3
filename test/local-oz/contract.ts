import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

type Json = Record<string, unknown>;

/** A part of the description and where it stands, as a JSON pointer. */
interface Part {
  node: Json;
  pointer: string;
}

export interface Parameter {
  name: string;
  in: 'query' | 'path' | 'header';
  required: boolean;
  /** `array`, `integer`, `number`, `boolean` or anything else that stays text. */
  type: unknown;
  itemType: unknown;
  check: string;
}

/** Media type to the pointer of its schema. */
type Content = Readonly<Record<string, string>>;

export interface Operation {
  /** `GET /agent/runs/{runId}`: unique, whatever the description calls the operation. */
  key: string;
  method: string;
  path: string;
  operationId: string;
  parameters: Parameter[];
  body?: { required: boolean; content: Content };
  responses: Map<string, Content>;
}

/** Statuses that the service may give to any call, whether an operation lists them or not. */
const SERVICE_WIDE = new Set([401, 403, 404, 409, 429, 500, 503]);
const METHODS = ['get', 'post', 'put', 'delete', 'patch'];
const BODYLESS = new Set([204, 302, 304]);

export const OPENAPI_FILE = path.join(__dirname, '../../src/oz/openapi.yaml');

let shared: Contract | undefined;

/** The contract of this project's openapi.yaml, read and compiled once for all servers of a process. */
export function sharedContract(): Contract {
  shared ??= new Contract();
  return shared;
}

/** openapi.yaml as a judge: what the operations are, and whether requests and answers keep to it. */
export class Contract {
  readonly operations: Operation[] = [];
  readonly #root: Json;
  readonly #ajv: Ajv2020;

  constructor(file = OPENAPI_FILE) {
    this.#root = parse(readFileSync(file, 'utf8')) as Json;
    // The description as a whole is not a JSON schema, and its `discriminator`s are hints: neither is checked here.
    this.#ajv = new Ajv2020({ strict: false, validateSchema: false, allowUnionTypes: true });
    addFormats(this.#ajv);
    this.#ajv.addSchema(this.#root, 'oz');
    for (const [template, item] of entries(this.#at('/paths'))) this.#readPath(template, item);
  }

  /** What is wrong with a value, or undefined. `pointer` names a schema of the description; compiled at first use. */
  check(pointer: string, value: unknown): string | undefined {
    const validate = this.#ajv.getSchema(`oz#${pointer}`) as ValidateFunction | undefined;
    if (!validate) throw new Error(`openapi.yaml has no schema at ${pointer}`);
    return validate(value) ? undefined : explain(validate.errors ?? []);
  }

  checkSchema(name: string, value: unknown): string | undefined {
    return this.check(`/components/schemas/${name}`, value);
  }

  /** `body` is the parsed JSON; undefined when nothing was sent. */
  checkAnswer(operation: Operation, status: number, mediaType: string | undefined, body: unknown): string | undefined {
    const declared = operation.responses.get(String(status)) ?? operation.responses.get('default');
    if (!declared && !(status >= 400 && SERVICE_WIDE.has(status))) return `status ${status} is not described`;
    if (BODYLESS.has(status)) return body === undefined ? undefined : `a body with status ${status}`;
    const types = declared ? Object.keys(declared) : [];
    const pointer = declared?.[mediaType ?? ''];
    if (pointer !== undefined) return this.check(pointer, body);
    // Errors arrive as problem+json although most operations describe them as plain JSON.
    if (status >= 400 && mediaType === 'application/problem+json') {
      return this.check(Object.values(declared ?? {})[0] ?? '/components/schemas/Error', body);
    }
    return `content type ${mediaType ?? 'none'} where ${types.join(' or ') || 'nothing'} is described`;
  }

  #readPath(template: string, item: Part): void {
    const shared = this.#parameters(item);
    for (const method of METHODS) {
      if (!(method in item.node)) continue;
      const part = this.#child(item, method);
      const own = this.#parameters(part);
      const isOwn = (one: Parameter): boolean => own.some((other) => other.name === one.name && other.in === one.in);
      const body = 'requestBody' in part.node ? this.#child(part, 'requestBody') : undefined;
      this.operations.push({
        key: `${method.toUpperCase()} ${template}`,
        method: method.toUpperCase(),
        path: template,
        operationId: String(part.node.operationId),
        parameters: [...shared.filter((one) => !isOwn(one)), ...own],
        ...(body && { body: { required: body.node.required === true, content: this.#content(body) } }),
        responses: new Map(
          entries(this.#child(part, 'responses')).map(([status, response]) => [
            status,
            this.#content(this.#resolve(response)),
          ]),
        ),
      });
    }
  }

  #parameters(owner: Part): Parameter[] {
    if (!('parameters' in owner.node)) return [];
    return entries(this.#child(owner, 'parameters')).map(([, part]) => {
      const { node, pointer } = this.#resolve(part);
      const schema = this.#resolve({ node: node.schema as Json, pointer: `${pointer}/schema` }).node;
      const items = schema.items === undefined ? {} : this.#resolve({ node: schema.items as Json, pointer: '' }).node;
      return {
        name: String(node.name),
        in: node.in as Parameter['in'],
        required: node.required === true,
        type: schema.type,
        itemType: items.type,
        check: `${pointer}/schema`,
      };
    });
  }

  #content(owner: Part): Content {
    if (!('content' in owner.node)) return {};
    return Object.fromEntries(
      entries(this.#child(owner, 'content')).map(([type, part]) => [type, `${part.pointer}/schema`]),
    );
  }

  #child(parent: Part, key: string): Part {
    return this.#resolve({ node: parent.node[key] as Json, pointer: `${parent.pointer}/${escapeKey(key)}` });
  }

  #resolve(part: Part): Part {
    const { $ref } = part.node;
    return typeof $ref === 'string' ? this.#resolve(this.#at($ref.replace(/^#/, ''))) : part;
  }

  #at(pointer: string): Part {
    const keys = pointer.split('/').slice(1);
    const node = keys.reduce<unknown>((value, key) => (value as Json)[unescapeKey(key)], this.#root);
    if (typeof node !== 'object' || node === null) throw new Error(`openapi.yaml has nothing at ${pointer}`);
    return { node: node as Json, pointer };
  }
}

function entries(part: Part): [string, Part][] {
  return Object.entries(part.node).map(([key, node]) => [
    key,
    { node: node as Json, pointer: `${part.pointer}/${escapeKey(key)}` },
  ]);
}

const escapeKey = (key: string): string => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
const unescapeKey = (key: string): string => decodeURIComponent(key).replaceAll('~1', '/').replaceAll('~0', '~');

function explain(errors: ErrorObject[]): string {
  return errors
    .slice(0, 5)
    .map(
      (error) =>
        `${error.instancePath || 'the value'} ${error.message ?? error.keyword} ${JSON.stringify(error.params)}`,
    )
    .join('; ');
}
