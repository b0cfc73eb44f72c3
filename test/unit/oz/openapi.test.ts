import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import openapiTS, { astToString, COMMENT_HEADER } from 'openapi-typescript';
import { parse } from 'yaml';

interface Described {
  description?: string;
  $ref?: string;
}

interface Operation extends Described {
  operationId: string;
  summary: string;
  parameters?: Described[];
  responses: Record<string, Described & { content?: Record<string, unknown> }>;
}

interface Description {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Described>; responses: Record<string, { content: Record<string, unknown> }> };
}

const oz = path.join(__dirname, '../../../src/oz');
const file = path.join(oz, 'openapi.yaml');
const methods = new Set(['get', 'post', 'put', 'delete', 'patch']);

describe('openapi.yaml', () => {
  const description = parse(readFileSync(file, 'utf8')) as Description;
  const operations = Object.values(description.paths).flatMap((item) =>
    Object.entries(item).flatMap(([method, operation]) => (methods.has(method) ? [operation] : [])),
  );

  it('describes every operation of the service', () => {
    assert.equal(operations.length, 31);
    assert.equal(new Set(operations.map((operation) => operation.operationId)).size, 31);
  });

  it('says in words what each operation, parameter, answer and schema is', () => {
    const silent = (one: Described): boolean => one.$ref === undefined && !one.description;
    for (const operation of operations) {
      assert.ok(operation.summary && operation.description, operation.operationId);
      assert.ok(!(operation.parameters ?? []).some(silent), operation.operationId);
      assert.ok(!Object.values(operation.responses).some(silent), operation.operationId);
    }
    assert.deepEqual(
      Object.entries(description.components.schemas).flatMap(([name, schema]) => (silent(schema) ? [name] : [])),
      [],
    );
  });

  it('lets errors be problems or plain JSON', () => {
    for (const response of Object.values(description.components.responses)) {
      assert.deepEqual(Object.keys(response.content).sort(), ['application/json', 'application/problem+json']);
    }
  });

  it('has its types in openapi.ts, up to date', async () => {
    const generated = COMMENT_HEADER + astToString(await openapiTS(pathToFileURL(file)));
    const committed = readFileSync(path.join(oz, 'openapi.ts'), 'utf8');
    assert.ok(generated === committed, 'run: npx openapi-typescript src/oz/openapi.yaml -o src/oz/openapi.ts');
  }).timeout(20_000);
});
