import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readJsonText } from '../../../src/model/jsonText';
import { longestMcpFile, type McpProblem, readMcpServers } from '../../../src/model/mcpServers';

describe('readJsonText', () => {
  it('reads what JSON.parse reads, the same', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 1), (value, space) => {
        const text = JSON.stringify(value, undefined, space);
        assert.deepEqual(readJsonText(text), { value: JSON.parse(text) as unknown });
      }),
    );
  });

  it('never takes a text that JSON.parse does not, but for comments and last commas', () => {
    const part = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', '-', '.5', 'true', 'nul', ' ', '\n', '"');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        const strict = text.replace(/("[^"]*"?)|,(?=\s*[}\]])/g, (_, quoted?: string) => quoted ?? '');
        let expected: unknown;
        try {
          expected = { value: JSON.parse(strict) as unknown };
        } catch {
          expected = undefined;
        }
        const read = readJsonText(text);
        // A comma alone between brackets goes with the last commas above.
        if (expected !== undefined && !/[[{]\s*,/.test(text) && !/,\s*,/.test(text)) {
          assert.deepEqual(read, expected);
        } else if (expected === undefined) {
          assert.ok('wrongAt' in read);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('reads past comments and last commas, and never inside of texts', () => {
    const text = '\uFEFF// first\n{ "a": ["//", "/* */", 1, /* two\nlines */ ], "__proto__": {"b": 2,}, }\n// last';
    assert.equal(JSON.stringify(readJsonText(text)), '{"value":{"a":["//","/* */",1],"__proto__":{"b":2}}}');
  });

  for (const [text, wrongAt] of [
    ['', 0],
    ['{"a": x}', 6],
    ['{"a" 1}', 5],
    ['[1 2]', 3],
    ['{"a": 1', 7],
    ['"a\nb"', 0],
    ['[01]', 1],
    ['[] []', 3],
    ['/* open', 0],
    [',', 0],
  ] as const) {
    it(`says where ${JSON.stringify(text)} is wrong`, () => {
      assert.deepEqual(readJsonText(text), { wrongAt });
    });
  }

  it('refuses what is nested deeper than anybody writes', () => {
    assert.ok('wrongAt' in readJsonText('['.repeat(50_000)));
  });
});

describe('readMcpServers', () => {
  const db = { command: 'db', args: ['--x'], env: { TOKEN: 't' } };
  const web = { url: 'https://x.test/mcp', headers: { Authorization: 'a' } };
  const shared = { warp_id: 'w' };

  it('reads each form that editors write', () => {
    const servers = { db, web, shared };
    for (const form of [{ mcpServers: servers }, { servers, inputs: [] }, { mcp_servers: servers }, servers]) {
      assert.deepEqual(readMcpServers(JSON.stringify(form)), { servers, leftOut: [], hasPlaceholders: false });
    }
  });

  it('takes a server by the name of a form for a server', () => {
    const file = readMcpServers(JSON.stringify({ servers: db }));
    assert.deepEqual('servers' in file && file.servers, { servers: db });
  });

  it('leaves out what the service does not know, and says so', () => {
    const file = readMcpServers(
      JSON.stringify({ servers: { db: { ...db, type: 'stdio', disabled: true, env: { A: '${input:a}' } } } }),
    );
    assert.deepEqual(file, {
      servers: { db: { ...db, env: { A: '${input:a}' } } },
      leftOut: ['db.disabled'],
      hasPlaceholders: true,
    });
  });

  const wrong: [unknown, McpProblem][] = [
    [[], { kind: 'wrong', path: [], need: 'object' }],
    [{}, { kind: 'noServers' }],
    [{ mcpServers: 1 }, { kind: 'wrong', path: ['mcpServers'], need: 'object' }],
    [{ mcpServers: { a: null } }, { kind: 'wrong', path: ['mcpServers', 'a'], need: 'object' }],
    [{ a: { args: [] } }, { kind: 'wrong', path: ['a'], need: 'oneWay' }],
    [{ a: { ...db, url: web.url } }, { kind: 'wrong', path: ['a'], need: 'oneWay' }],
    [{ a: { command: ' ' } }, { kind: 'wrong', path: ['a', 'command'], need: 'text' }],
    [{ a: { url: 'file:///etc' } }, { kind: 'wrong', path: ['a', 'url'], need: 'address' }],
    [{ a: { command: 'c', args: [1] } }, { kind: 'wrong', path: ['a', 'args'], need: 'texts' }],
    [{ a: { command: 'c', env: [] } }, { kind: 'wrong', path: ['a', 'env'], need: 'object' }],
    [{ a: { ...web, headers: { X: 1 } } }, { kind: 'wrong', path: ['a', 'headers', 'X'], need: 'text' }],
  ];
  for (const [form, problem] of wrong) {
    it(`says what is wrong with ${JSON.stringify(form)}`, () => {
      assert.deepEqual(readMcpServers(JSON.stringify(form)), { problem });
    });
  }

  it('says the line and column of what is no JSON', () => {
    assert.deepEqual(readMcpServers('{\n  "a": oops\n}'), { problem: { kind: 'notJson', line: 2, column: 8 } });
  });

  it('refuses a file that is too long', () => {
    assert.deepEqual(readMcpServers(' '.repeat(longestMcpFile + 1)), { problem: { kind: 'tooLong' } });
  });
});
