import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addItem, totals } from '../src/cart';

const mug = { sku: 'mug', price: 1250, quantity: 1 };

test('an item that is in the cart gets a higher quantity', () => {
  assert.deepEqual(addItem([mug], { ...mug, quantity: 2 }), [{ ...mug, quantity: 3 }]);
});

test('only the best discount counts', () => {
  const expires = new Date('2030-01-01');
  const discounts = [
    { code: 'FIVE', percent: 5, expires },
    { code: 'TEN', percent: 10, expires },
  ];
  assert.equal(totals([mug], discounts, new Date('2029-12-31')).total, 1125);
});
