import assert from 'node:assert/strict';
import { Cron } from 'croner';
import fc from 'fast-check';
import { clockNotes } from '../../../src/model/clockNotes';
import { nextTimes } from '../../../src/model/cronTimes';
import { moments, seed, zones } from './clockChanges';
import { croner } from './cronLibraries';

const minute = 60_000;
const day = 24 * 60 * minute;
const shownRuns = 5;

/** Expressions in each zone. */
const runs = 40;

/** What the clocks of a zone show, told by croner alone. */
class Wall {
  readonly #matchers = new Map<number, Cron>();

  constructor(
    private readonly zone: string,
    private readonly offsets: readonly number[],
  ) {}

  /** Minutes that the clocks are before UTC. @param likely is tried first */
  offset(time: number, likely: number | undefined): number {
    const shown = (offset: number): number => (((time / minute + offset) % 1440) + 1440) % 1440;
    const found = [likely, ...this.offsets].find(
      (offset) => offset !== undefined && this.#at(shown(offset)).match(new Date(time)),
    );
    assert.notEqual(found, undefined, `${this.zone} at ${new Date(time).toISOString()}`);
    return found ?? 0;
  }

  #at(shown: number): Cron {
    const made =
      this.#matchers.get(shown) ??
      new Cron(`${shown % 60} ${Math.floor(shown / 60)} * * *`, { timezone: this.zone, mode: '5-part', paused: true });
    this.#matchers.set(shown, made);
    return made;
  }
}

/** The first run at another time of day than those before it, and by how many minutes, for each in the window. */
function felt(
  expression: string,
  wall: Wall,
  after: number,
  end: number,
): { before: number; first: number; shift: number }[] {
  const found: { before: number; first: number; shift: number }[] = [];
  // All of its times of day, also of days that the window cuts.
  const inDay = new Set((croner.next(expression, after, 200) ?? []).map((time) => time % day));
  let [before, was] = [NaN, undefined as number | undefined];
  for (const first of runsUntil(expression, after, end)) {
    const is = wall.offset(first, was);
    const shift = is - (was ?? is);
    const isOther = [...inDay].some((time) => !inDay.has((time + shift * minute + day) % day));
    if (isOther) {
      found.push({ before, first, shift });
    }
    [before, was] = [first, is];
  }
  return found;
}

function* runsUntil(expression: string, after: number, end: number): Generator<number> {
  const cron = new Cron(expression, { utcOffset: 0, mode: '5-part', paused: true });
  for (let run = cron.nextRun(new Date(after)); run && run.getTime() <= end; run = cron.nextRun(run)) {
    yield run.getTime();
  }
}

const hour = fc.integer({ min: 0, max: 23 });
const past = fc.integer({ min: 0, max: 59 });
const times = fc.oneof(
  { arbitrary: fc.tuple(past, hour).map((parts) => parts.join(' ')), weight: 4 },
  {
    arbitrary: fc.tuple(past, fc.uniqueArray(hour, { minLength: 1, maxLength: 4 })).map((parts) => parts.join(' ')),
    weight: 3,
  },
  fc.constantFrom('0 *', '0 */2', '30 0-23', '0,30 *', '5 */3', '0 1-23', '0 0-22'),
);
const days = fc.constantFrom(
  ...['* * *', '* * 1-5', '* * 1', '* * 0-6', '1-31 * *', '*/1 * *', '1,15 * *', '*/3 * *', '* 1-11 0'],
  ...['1 * *', '1 1,7 *', '28 */3 *', '15 3 *', '1 * 1'],
);
const expression = fc.tuple(times, days).map((parts) => parts.join(' '));

describe(`notes of a change of clocks, against croner (CRON_SEED=${seed})`, function () {
  this.timeout(60_000);

  for (const [index, [zone, { changes, offsets }]] of Object.entries(zones).entries()) {
    it(`are there if the times on the wall change, and only then: ${zone}`, () => {
      const wall = new Wall(zone, offsets);
      const seen = { some: 0, none: 0 };
      fc.assert(
        fc.property(expression, moments(changes), (cron, after) => {
          const shown = nextTimes(cron, after, shownRuns).at(-1) ?? after;
          const expected = felt(cron, wall, after, Math.max(after + 120 * day, shown));
          const notes = clockNotes(cron, zone, after, shown);
          // Not more than two: spring and autumn.
          assert.deepEqual(
            notes.map(({ becomes, shift }) => ({ becomes, shift })),
            expected.slice(0, 2).map(({ first, shift }) => {
              return { becomes: first + wall.offset(first, undefined) * minute, shift };
            }),
          );
          for (const [place, { change, shift, was, becomes }] of notes.entries()) {
            const { before = NaN, first = NaN } = expected[place] ?? {};
            const offset = wall.offset(first, undefined);
            assert.ok(before < change && change <= first);
            assert.equal(wall.offset(change, undefined), offset);
            assert.notEqual(wall.offset(change - minute, undefined), offset);
            assert.equal(was, becomes - shift * minute);
          }
          seen[notes.length > 0 ? 'some' : 'none'] += 1;
        }),
        { numRuns: runs, seed: seed + index },
      );
      assert.ok(seen.none > runs / 10, JSON.stringify(seen));
      assert.equal(seen.some > runs / 20, changes.length > 0, JSON.stringify(seen));
    });
  }
});
