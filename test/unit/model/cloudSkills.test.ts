import assert from 'node:assert/strict';
import { CloudSkills, lastRunOf, skillsInOrder } from '../../../src/model/cloudSkills';
import { RunStore } from '../../../src/model/runStore';
import type { CloudSkill, Run } from '../../../src/oz/types';
import { FakeClock, noon, settle } from '../fakeClock';
import { FakeOz, problem, run } from './fakeOz';
import { cloudSkill, FakeCloud, place } from './fakeSkills';

const minute = 60_000;
const malformedToo = { include_malformed_skills: true };

function setUp(...skills: CloudSkill[]) {
  const oz = new FakeCloud(...skills);
  const clock = new FakeClock();
  const runs = new RunStore(new FakeOz(), clock);
  const store = new CloudSkills(oz, clock, runs);
  const changes: number[] = [];
  store.onDidChange(() => changes.push(store.size));
  return { oz, clock, runs, store, changes };
}

const names = (store: CloudSkills): string[] => store.all.map(({ name }) => name);

/** A gate that a test opens. */
function closed(): { gate: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { gate, open };
}

describe('CloudSkills', () => {
  it('reads the skills, malformed ones too, and again only after some minutes', async () => {
    const { oz, clock, store, changes } = setUp(cloudSkill('a'), cloudSkill('b'));
    assert.equal(store.status.kind, 'starting');
    await store.keepFresh();
    assert.deepEqual(names(store), ['a', 'b']);
    assert.equal(store.status.kind, 'ready');
    await clock.advance(4 * minute);
    await store.keepFresh();
    assert.deepEqual(oz.asked, [malformedToo]);
    await clock.advance(minute);
    await store.keepFresh();
    assert.deepEqual(oz.asked, [malformedToo, malformedToo]);
    assert.deepEqual(changes, [2], 'the same list is no change');
  });

  it('makes one call for all who ask meanwhile', async () => {
    const { oz, store } = setUp(cloudSkill('a'));
    await Promise.all([store.keepFresh(), store.keepFresh()]);
    await Promise.all([store.refresh(), store.refresh()]);
    assert.deepEqual(oz.asked, [malformedToo, { ...malformedToo, refresh: true }]);
  });

  it('gives up an answer that may come from the cache when somebody asks for the newest', async () => {
    const { oz, store } = setUp(cloudSkill('old'));
    const { gate, open } = closed();
    oz.gate = gate;
    const reading = store.keepFresh();
    oz.gate = Promise.resolve();
    oz.skills = [cloudSkill('new')];
    await store.refresh();
    assert.deepEqual(names(store), ['new']);
    oz.skills = [cloudSkill('old')];
    open();
    await reading;
    assert.deepEqual(names(store), ['new']);
    assert.deepEqual(oz.asked.at(-1), { ...malformedToo, refresh: true });
  });

  it('keeps what it has when reading fails, and rests before it tries again', async () => {
    const { oz, clock, store } = setUp(cloudSkill('a'));
    await store.keepFresh();
    oz.failures = [problem('server')];
    await store.refresh();
    assert.deepEqual(names(store), ['a']);
    assert.ok(store.status.kind === 'failed' && store.status.lastGood === noon);
    await store.keepFresh();
    assert.equal(oz.asked.length, 2);
    await clock.advance(minute);
    await store.keepFresh();
    assert.equal(oz.asked.length, 3);
    assert.equal(store.status.kind, 'ready');
  });

  it('waits as long as the service asks, and with a bad key for another one', async () => {
    const { oz, clock, store } = setUp(cloudSkill('a'));
    oz.failures = [problem('rateLimited', { retryAfter: 10 * minute }), problem('keyRefused'), problem('noKey')];
    await store.keepFresh();
    await clock.advance(9 * minute);
    await store.keepFresh();
    assert.equal(oz.asked.length, 1);
    await clock.advance(minute);
    await store.keepFresh();
    await clock.advance(60 * minute);
    await store.keepFresh();
    assert.equal(oz.asked.length, 2);
    store.reset();
    await store.keepFresh();
    await clock.advance(60 * minute);
    await store.keepFresh();
    assert.equal(oz.asked.length, 3);
    assert.equal(store.status.kind, 'noKey');
    store.reset();
    await store.keepFresh();
    assert.equal(store.size, 1);
  });

  it('forgets everything with the key, and an answer to the old one', async () => {
    const { oz, store, changes } = setUp(cloudSkill('a'));
    await store.keepFresh();
    const { gate, open } = closed();
    oz.gate = gate;
    const reading = store.refresh();
    store.reset();
    assert.deepEqual([store.size, store.status.kind], [0, 'starting']);
    assert.equal(store.bySpec('acme/web:.agents/skills/a/SKILL.md'), undefined);
    open();
    await reading;
    await settle();
    assert.deepEqual([store.size, store.status.kind], [0, 'starting']);
    assert.deepEqual(changes, [1, 0]);
  });

  it('finds a skill by its place, whichever case the repository is written in', async () => {
    const { store } = setUp(cloudSkill('a', place('Acme/Web:.agents/skills/A/SKILL.md')));
    await store.keepFresh();
    assert.ok(store.bySpec('acme/WEB:.agents/skills/A/SKILL.md'));
    assert.equal(store.bySpec('acme/web:.agents/skills/a/SKILL.md'), undefined, 'files differ by case');
    assert.equal(store.bySpec(''), undefined);
  });

  it('has no name and no place twice, whatever the service lists', async () => {
    const { store } = setUp(
      cloudSkill('a', place('x/y:1/SKILL.md'), place('X/Y:1/SKILL.md')),
      cloudSkill(
        'a',
        place('x/y:2/SKILL.md'),
        place('', { source: { owner: 'x', name: 'y', skill_path: '3/SKILL.md' } }),
      ),
      cloudSkill('b', place('x/y:1/SKILL.md')),
      { name: 'nowhere', variants: [place('')] },
      { name: 'none', variants: [] },
    );
    await store.keepFresh();
    assert.deepEqual(
      store.all.map(({ name, variants }) => [name, ...variants.map(({ id }) => id)]),
      [['a', 'x/y:1/SKILL.md', 'x/y:2/SKILL.md', 'x/y:3/SKILL.md']],
    );
  });
});

describe('when a skill was last run', () => {
  const spec = 'acme/web:.agents/skills/a/SKILL.md';
  const old = '2026-01-01T00:00:00Z';
  const runOf = (skill: string, created: string): Run =>
    run(`of ${skill} at ${created}`, created, { agent_config: { skill_spec: skill } });
  const listed = (time: string | null): CloudSkill => cloudSkill('a', place(spec, { last_run_timestamp: time }));
  const lastRun = (store: CloudSkills): (string | null | undefined)[] => [
    store.bySpec(spec)?.last_run_timestamp,
    ...store.all.map(lastRunOf),
  ];

  it('is told by a run that became known since the list was read, and the list is another one', async () => {
    const { runs, store, changes } = setUp(listed(old), cloudSkill('b'));
    await store.keepFresh();
    runs.put(runOf('ACME/web:.agents/skills/a/SKILL.md', '2026-02-01T00:00:00Z'));
    assert.deepEqual(lastRun(store), ['2026-02-01T00:00:00Z', '2026-02-01T00:00:00Z', undefined]);
    assert.deepEqual(changes, [2, 2]);
  });

  it('is told by a run that was known before', async () => {
    const { oz, clock, runs } = setUp(listed(null));
    runs.put(runOf(spec, old));
    const store = new CloudSkills(oz, clock, runs);
    await store.keepFresh();
    assert.deepEqual(lastRun(store), [old, old]);
  });

  it('is told by the list where that has the later time', async () => {
    const { oz, runs, store, changes } = setUp(listed('2026-03-01T00:00:00Z'));
    await store.keepFresh();
    runs.put(runOf(spec, old));
    assert.deepEqual(lastRun(store), ['2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z']);
    runs.put(runOf(spec, '2026-04-01T00:00:00Z'));
    oz.skills = [listed('2026-05-01T00:00:00Z')];
    await store.refresh();
    assert.deepEqual(lastRun(store), ['2026-05-01T00:00:00Z', '2026-05-01T00:00:00Z']);
    assert.deepEqual(changes, [1, 1, 1], 'an older run is no change');
  });

  it('is not told by runs without a skill, of one that is not listed, or of another account', async () => {
    const { runs, store, changes } = setUp(listed(old));
    await store.keepFresh();
    runs.put(run('plain', noon));
    runs.put(runOf('acme/web:b/SKILL.md', '2026-02-01T00:00:00Z'));
    assert.deepEqual(changes, [1]);
    runs.put(runOf(spec, '2026-02-01T00:00:00Z'));
    runs.reset();
    store.reset();
    await store.keepFresh();
    assert.deepEqual(lastRun(store), [old, old]);
  });
});

describe('the order of skills', () => {
  const ran = (name: string, ...times: (string | null)[]): CloudSkill =>
    cloudSkill(name, ...times.map((time, index) => place(`x/${name}:${index}`, { last_run_timestamp: time })));
  const order = (skills: CloudSkill[], by: 'name' | 'lastRun'): string[] =>
    skillsInOrder(skills, by).map(({ name }) => name);

  it('is by name, numbers by their value', () => {
    assert.deepEqual(order([cloudSkill('b10'), cloudSkill('b9'), cloudSkill('A')], 'name'), ['A', 'b9', 'b10']);
  });

  it('has those first that ran last anywhere, and at the end those that never did', () => {
    const skills = [
      ran('never', null),
      ran('also never', 'string'),
      ran('old', '2026-01-01T00:00:00Z'),
      ran('several', null, '2025-01-01T00:00:00Z', '2026-11-01T00:00:00+01:00', '2026-02-01T00:00:00Z'),
    ];
    assert.deepEqual(order(skills, 'lastRun'), ['several', 'old', 'also never', 'never']);
    assert.equal(lastRunOf(skills[3] ?? assert.fail()), '2026-11-01T00:00:00+01:00');
    assert.equal(lastRunOf(skills[0] ?? assert.fail()), undefined);
  });
});
