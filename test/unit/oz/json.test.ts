import assert from 'node:assert/strict';
import { asRecord, memberOf, parsed } from '../../../src/oz/json';

describe('reading what nobody promised the shape of', () => {
  it('finds an object’s own members alone', () => {
    assert.equal(memberOf({ id: 7 }, 'id'), 7);
    for (const other of [undefined, null, 'text', 7, [], {}, { ID: 7 }]) {
      assert.equal(memberOf(other, 'id'), undefined);
    }
    assert.equal(memberOf({}, 'constructor'), undefined);
    assert.equal(memberOf(parsed('{"__proto__": 7}'), '__proto__'), 7);
  });

  it('takes no list for a record', () => {
    assert.deepEqual(asRecord({ a: 1 }), { a: 1 });
    assert.deepEqual([asRecord([1]), asRecord(null), asRecord('a')], [undefined, undefined, undefined]);
  });

  it('parses what is JSON', () => {
    assert.deepEqual([parsed('{"a":[1]}'), parsed('null'), parsed('"a"')], [{ a: [1] }, null, 'a']);
    assert.deepEqual([parsed(''), parsed('{'), parsed('undefined')], [undefined, undefined, undefined]);
  });
});
