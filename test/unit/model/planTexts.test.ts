import assert from 'node:assert/strict';
import { PlanTexts } from '../../../src/model/planTexts';

describe('the texts of plans', () => {
  it('are compared with the last one that differs', () => {
    const plans = new PlanTexts();
    const told: string[] = [];
    plans.onDidChange((uid) => told.push(uid));
    plans.read('p', 'one');
    plans.read('p', 'one');
    assert.equal(plans.versions('p'), undefined);
    plans.read('p', 'two');
    plans.read('p', 'two');
    assert.deepEqual(plans.versions('p'), { before: 'one', now: 'two' });
    plans.read('p', 'three');
    assert.deepEqual(plans.versions('p'), { before: 'two', now: 'three' });
    assert.equal(plans.text('p'), 'three');
    assert.equal(told.length, 5);
  });

  it('are kept for the 20 plans that were read last', () => {
    const plans = new PlanTexts();
    for (let index = 0; index < 21; index++) {
      plans.read(`p${index}`, 'text');
      plans.read('p0', 'text');
    }
    assert.deepEqual([plans.text('p0'), plans.text('p1'), plans.text('p2')], ['text', undefined, 'text']);
    plans.clear();
    assert.equal(plans.text('p0'), undefined);
  });
});
