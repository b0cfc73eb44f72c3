import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Agenda } from '../../local-oz/agenda';
import { isoDuration, OzClock } from '../../local-oz/clock';

describe('local Oz: time', () => {
  it('stands still until it is advanced', () => {
    const clock = OzClock.controlled(1000);
    assert.equal(clock.now(), 1000);
    clock.advance(500);
    assert.equal(clock.now(), 1500);
  });

  it('follows a wall, and goes on from where it is when its speed changes', () => {
    let wall = 0;
    const clock = new OzClock(1000, () => wall);
    wall = 10;
    assert.equal(clock.now(), 1010);
    clock.setSpeed(100);
    wall = 20;
    assert.equal(clock.now(), 2010);
    clock.advance(5);
    clock.setSpeed(0);
    wall = 1000;
    assert.equal(clock.now(), 2015);
  });

  it('lets things happen in order of time, those of the same time in the order they were planned', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 })),
        fc.array(fc.integer({ min: 0, max: 25 })),
        (times, stops) => {
          const agenda = new Agenda();
          const happened: [time: number, index: number][] = [];
          for (const [index, time] of times.entries()) {
            agenda.at(time, () => {
              assert.equal(agenda.time, time);
              happened.push([time, index]);
            });
          }
          for (const stop of [...stops].sort((a, b) => a - b)) {
            agenda.settle(stop);
            assert.ok(happened.every(([time]) => time <= stop));
          }
          agenda.settle(30);
          const expected = times
            .map((time, index): [number, number] => [time, index])
            .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
          assert.deepEqual(happened, expected);
        },
      ),
    );
  });

  it('plays what is planned while it is playing', () => {
    const agenda = new Agenda();
    const happened: number[] = [];
    const again = (): void => {
      happened.push(agenda.time);
      agenda.at(agenda.time + 10, again);
    };
    agenda.at(10, again);
    agenda.settle(35);
    assert.deepEqual(happened, [10, 20, 30]);
  });

  it('is written as an ISO 8601 duration', () => {
    assert.deepEqual([0, 999, 59_000, 60_000, 3_600_000, 3_725_000].map(isoDuration), [
      'PT0S',
      'PT1S',
      'PT59S',
      'PT1M',
      'PT1H',
      'PT1H2M5S',
    ]);
  });
});
