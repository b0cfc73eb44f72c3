import assert from 'node:assert/strict';
import { RunSections } from '../../../src/model/runSections';
import type { Run } from '../../../src/oz/types';
import { run } from './fakeOz';

function sectionsOf(
  list: Run[],
  { pinned = [], needing = [], text = '' }: Partial<Record<'pinned' | 'needing', string[]>> & { text?: string } = {},
) {
  const runs = { get: (id: string) => list.find(({ run_id }) => run_id === id), all: () => list };
  const sections = new RunSections(runs, pinned, needing).of(text);
  return Object.fromEntries(
    Object.entries(sections).map(([name, found]) => [name, (found as Run[]).map(({ run_id }) => run_id)]),
  );
}

describe('RunSections', () => {
  const list = [
    run('old', 1000),
    run('new', 9000),
    run('blocked', 5000, { state: 'BLOCKED' }),
    run('active', 6000, { state: 'INPROGRESS', created_at: new Date(1000).toISOString() }),
    run('queued', 2000, { state: 'QUEUED' }),
    run('strange', 8000, { state: 'ASLEEP' }),
  ];

  it('lists each run once: pinned, needing, active by start, others by change', () => {
    assert.deepEqual(sectionsOf(list, { pinned: ['old', 'queued', 'gone'], needing: ['blocked', 'old'] }), {
      pinned: ['old', 'queued'],
      needsYou: ['blocked'],
      active: ['active'],
      recent: ['new', 'strange'],
    });
    assert.deepEqual(sectionsOf(list).active, ['queued', 'active']);
  });

  it('lists in every section only what fits the text', () => {
    const found = sectionsOf(list, { pinned: ['old', 'new'], needing: ['blocked'], text: 'TITLE old' });
    assert.deepEqual(found, { pinned: ['old'], needsYou: [], active: [], recent: [] });
    const everything = sectionsOf(list, { text: 'do' });
    assert.equal(Object.values(everything).flat().length, list.length);
  });

  it('lists at most 100 of a kind, and finds the others by their text', () => {
    const many = Array.from({ length: 250 }, (_, index) => run(`r${index}`, index));
    assert.deepEqual(sectionsOf(many).recent?.length, 100);
    assert.equal(sectionsOf(many).recent?.[0], 'r249');
    assert.deepEqual(sectionsOf(many, { text: 'r0' }).recent, ['r0']);
  });

  it('is sorted once, and shows the runs as they are by then', () => {
    const known = new Map(list.map((one) => [one.run_id, one]));
    let asked = 0;
    const runs = {
      get: (id: string) => known.get(id),
      all: () => {
        asked += 1;
        return known.values();
      },
    };
    const sections = new RunSections(runs, [], []);
    known.set('new', run('new', 9000, { title: 'Renamed' }));
    assert.equal(sections.of('').recent[0]?.title, 'Renamed');
    assert.deepEqual(sections.of('active').active.length, 1);
    assert.equal(asked, 1);
  });
});
