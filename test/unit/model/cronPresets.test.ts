import assert from 'node:assert/strict';
import { checkCron } from '../../../src/model/cronCheck';
import { cronOf, cronPresets, presetOf } from '../../../src/model/cronPresets';

describe('usual times', () => {
  it('are in the morning where the person is, on the same day in UTC', () => {
    const daily = (offset: number): string | undefined =>
      cronPresets(offset).find(({ kind }) => kind === 'daily')?.expression;
    assert.equal(daily(0), '0 9 * * *');
    assert.equal(daily(-60), '0 8 * * *', 'Berlin in winter');
    assert.equal(daily(480), '0 17 * * *', 'Los Angeles in winter');
    assert.equal(daily(-330), '30 3 * * *', 'Kolkata');
    assert.equal(daily(-840), '0 0 * * *', 'Kiritimati: not the day before');
    assert.equal(daily(720), '0 21 * * *', 'Baker Island');
  });

  it('can be sent wherever the person is', () => {
    for (let offset = -840; offset <= 720; offset += 15) {
      for (const { expression } of cronPresets(offset)) {
        assert.deepEqual(checkCron(expression), [], expression);
      }
    }
  });

  it('are read from their expressions, and written again as they were', () => {
    for (const { kind, expression } of cronPresets(-60)) {
      const preset = presetOf(expression);
      assert.ok(preset);
      assert.equal(preset.kind, kind);
      assert.equal(cronOf(preset), expression);
    }
    assert.deepEqual(presetOf('05 7 * * mon'), { kind: 'weekly', minute: 5, hour: 7, weekday: 1 });
    assert.deepEqual(presetOf('0 9 * * MON-FRI'), { kind: 'weekdays', minute: 0, hour: 9 });
  });

  it('are not what says more, or nothing that can be', () => {
    for (const other of [
      '',
      '*/5 * * * *',
      '0 9 1 * 1',
      '0 9 * 2 *',
      '60 9 * * *',
      '0 24 * * *',
      '0 9 0 * *',
      '0 9 * * 1,2',
    ]) {
      assert.equal(presetOf(other), undefined, other);
    }
  });
});
