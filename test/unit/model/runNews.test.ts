import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Emitter } from '../../../src/model/emitter';
import { type News, type NotificationRule, RunNews } from '../../../src/model/runNews';
import type { RunsChange } from '../../../src/model/runStore';
import type { Run } from '../../../src/oz/types';
import { FakeClock, noon } from '../fakeClock';
import { run } from './fakeOz';

/** What the windows of one machine have in common. */
class Machine {
  readonly clock = new FakeClock();
  readonly claims = new Set<string>();
  readonly claim = (name: string): Promise<boolean> => {
    const isFirst = !this.claims.has(name);
    this.claims.add(name);
    return Promise.resolve(isFirst);
  };
}

/** A window with what it knows of the runs, and what it told. */
class Window {
  readonly runs = new Map<string, Run>();
  readonly lookedAt = new Set<string>();
  /** What the service has of a schedule. */
  readonly scheduleRuns = new Map<string, Run[]>();
  readonly told: string[][] = [];
  readonly changed = new Emitter<RunsChange>();
  readonly looked = new Emitter<string>();
  rule: NotificationRule = 'all';
  mine = new Set<string>();
  focused = true;
  claim: (name: string) => Promise<boolean>;
  readonly news: RunNews;
  #time = noon;

  constructor(
    readonly machine = new Machine(),
    ...runs: Run[]
  ) {
    this.claim = machine.claim;
    runs.forEach((item) => this.runs.set(item.run_id, item));
    this.news = new RunNews({
      store: {
        get: (id) => this.runs.get(id),
        all: () => this.runs.values(),
        isLookedAt: (id) => this.lookedAt.has(id),
        onDidChange: this.changed.event,
        onDidLook: this.looked.event,
      },
      clock: machine.clock,
      rule: () => this.rule,
      isMine: ({ run_id: id }) => this.mine.has(id),
      isFocused: () => this.focused,
      claim: (name) => this.claim(name),
      scheduleRuns: (id) => Promise.resolve(this.scheduleRuns.get(id)),
    });
    this.news.onNews((news) => this.told.push(news.map(words)));
  }

  /** The store comes to know these states, each as a copy of its own unless `updated` (ms since 1970) is given. */
  set(states: Record<string, string>, members: Partial<Run> = {}, updated?: number): void {
    for (const [id, state] of Object.entries(states)) {
      this.#time += 1000;
      this.runs.set(id, run(id, updated ?? this.#time, { state, ...members }));
    }
    this.changed.fire({ ids: new Set(Object.keys(states)), structural: false, isHistory: false });
  }

  forgetAccount(): void {
    this.runs.clear();
    this.changed.fire({ ids: new Set(), structural: true, isHistory: false });
  }

  look(id: string): void {
    this.lookedAt.add(id);
    this.looked.fire(id);
  }

  advance(seconds: number): Promise<void> {
    return this.machine.clock.advance(seconds * 1000);
  }
}

function words({ kind, run: { run_id: id }, isFirstFailure }: News): string {
  return `${id} ${kind}${isFirstFailure ? ' first' : ''}`;
}

/** The next poll brings these states of runs that were active before. */
async function told(states: Record<string, string>, prepare?: (window: Window) => void): Promise<string[][]> {
  const window = new Window();
  prepare?.(window);
  window.set(Object.fromEntries(Object.keys(states).map((id) => [id, 'INPROGRESS'])));
  window.set(states);
  await window.advance(10);
  return window.told;
}

describe('the news of runs', () => {
  it('are what this window saw happen, told together', async () => {
    const states = {
      a: 'BLOCKED',
      b: 'FAILED',
      c: 'ERROR',
      d: 'SUCCEEDED',
      e: 'CANCELLED',
      f: 'CLAIMED',
      g: 'NEWSTATE',
    };
    assert.deepEqual(await told(states), [['a blocked', 'b failed', 'c failed', 'd finished']]);
  });

  it('are never what was so already', async () => {
    const window = new Window(new Machine(), run('known', noon, { state: 'BLOCKED' }));
    window.set({ a: 'FAILED', b: 'BLOCKED', c: 'SUCCEEDED' });
    window.set({ a: 'ERROR', b: 'BLOCKED', c: 'FAILED', known: 'BLOCKED' });
    await window.advance(100);
    assert.deepEqual(window.told, []);
    window.set({ known: 'SUCCEEDED', b: 'FAILED' });
    await window.advance(100);
    assert.deepEqual(window.told, [['known finished', 'b failed']]);
  });

  it('count from any state that has not ended', async () => {
    const window = new Window();
    window.set({ a: 'NEWSTATE', b: 'QUEUED' });
    window.set({ a: 'FAILED', b: 'NEWSTATE' });
    window.set({ b: 'BLOCKED' });
    await window.advance(10);
    assert.deepEqual(window.told, [['a failed', 'b blocked']]);
  });

  it('tell a state once, until the run is active again', async () => {
    const window = new Window();
    window.set({ a: 'INPROGRESS' });
    for (const state of ['BLOCKED', 'NEWSTATE', 'BLOCKED']) {
      window.set({ a: state });
      await window.advance(100);
    }
    assert.deepEqual(window.told, [['a blocked']]);
    window.set({ a: 'INPROGRESS' });
    window.set({ a: 'BLOCKED' });
    await window.advance(100);
    assert.deepEqual(window.told, [['a blocked'], ['a blocked']]);
  });

  describe('of a run that stopped again, its work in between missed,', () => {
    const at = (seconds: number): string => new Date(noon + seconds * 1000).toISOString();
    const asks = (message: string): Partial<Run> => ({ status_message: { message } });

    async function tales(...copies: [state: string, members: Partial<Run>, updated?: number][]): Promise<string[]> {
      const window = new Window();
      // Not the claims keep it from telling twice.
      window.claim = () => Promise.resolve(true);
      window.set({ a: 'INPROGRESS' });
      for (const [index, [state, members, updated]] of copies.entries()) {
        window.set({ a: state }, members, updated ?? noon + (index + 10) * 1000);
        await window.advance(100);
      }
      return window.told.flat();
    }

    it('are told when it asks something else, or started or ended later', async () => {
      assert.deepEqual(await tales(['BLOCKED', asks('Which?')], ['BLOCKED', asks('Why?')]), ['a blocked', 'a blocked']);
      for (const time of ['started_at', 'finished_at'] as const) {
        assert.deepEqual(await tales(['FAILED', { [time]: at(1) }], ['FAILED', { [time]: at(50) }]), [
          'a failed',
          'a failed',
        ]);
      }
    });

    it('are not told when only more is known of the same stop', async () => {
      assert.deepEqual(
        await tales(
          ['BLOCKED', {}],
          ['BLOCKED', asks('Which?')],
          ['BLOCKED', { ...asks('Which?'), started_at: at(1) }],
          ['BLOCKED', { ...asks('Why?'), started_at: at(1) }, noon + 12_000],
        ),
        ['a blocked'],
      );
      assert.deepEqual(
        await tales(
          ['FAILED', asks('Out of memory')],
          ['FAILED', { ...asks('Out of memory, again'), finished_at: at(5) }],
        ),
        ['a failed'],
      );
    });

    it('are told also of what was so at the start', async () => {
      const window = new Window(new Machine(), run('a', noon, { state: 'BLOCKED', ...asks('Which?') }));
      window.set({ a: 'BLOCKED' }, asks('Which?'));
      await window.advance(100);
      assert.deepEqual(window.told, []);
      window.set({ a: 'BLOCKED' }, asks('Why?'));
      await window.advance(100);
      assert.deepEqual(window.told, [['a blocked']]);
    });

    it('are told by one window, in whichever copy the others hear of it', async () => {
      const machine = new Machine();
      const [first, second] = [new Window(machine), new Window(machine)];
      for (const window of [first, second]) {
        window.set({ a: 'INPROGRESS' }, {}, noon);
        window.set({ a: 'BLOCKED' }, asks('Which?'), noon + 1);
      }
      await first.advance(100);
      first.set({ a: 'BLOCKED' }, asks('Why?'), noon + 2);
      await first.advance(100);
      second.set({ a: 'BLOCKED' }, asks('Why?'), noon + 3);
      await first.advance(100);
      assert.deepEqual([...first.told, ...second.told], [['a blocked'], ['a blocked']]);
    });
  });

  it('leave out what is over by the time of telling', async () => {
    const window = new Window();
    window.set({ a: 'INPROGRESS', b: 'INPROGRESS', c: 'INPROGRESS' });
    window.set({ a: 'BLOCKED', b: 'BLOCKED', c: 'BLOCKED' });
    await window.advance(1);
    window.set({ a: 'INPROGRESS', b: 'SUCCEEDED' });
    await window.advance(10);
    assert.deepEqual(window.told, [['b finished', 'c blocked']]);
  });

  it('are, of sub-runs, only their questions', async () => {
    const window = new Window();
    const states = ['a', 'b', 'c'];
    window.set(Object.fromEntries(states.map((id) => [id, 'INPROGRESS'])), { parent_run_id: 'p' });
    window.set({ a: 'FAILED', b: 'SUCCEEDED', c: 'BLOCKED' }, { parent_run_id: 'p' });
    await window.advance(10);
    assert.deepEqual(window.told, [['c blocked']]);
  });

  it('obey the rule as it is when they are told', async () => {
    const states = { a: 'SUCCEEDED', b: 'FAILED', c: 'SUCCEEDED', d: 'BLOCKED', e: 'FAILED' };
    const by = (rule: NotificationRule) => (window: Window) => {
      window.rule = rule;
      window.mine = new Set(['a', 'b', 'd']);
    };
    assert.deepEqual(await told(states, by('mine')), [['a finished', 'b failed', 'd blocked']]);
    assert.deepEqual(await told(states, by('needsYou')), [['b failed', 'd blocked']]);
    assert.deepEqual(await told(states, by('off')), []);
    assert.equal((await told(states, by('all')))[0]?.length, 5);

    const window = new Window();
    window.set({ a: 'INPROGRESS' });
    window.set({ a: 'FAILED' });
    await window.advance(1);
    window.rule = 'off';
    await window.advance(10);
    assert.deepEqual(window.told, []);
  });

  it('say which active runs are worth watching', () => {
    const window = new Window();
    window.mine = new Set(['mine']);
    const watched = (id: string, state: string, rule: NotificationRule, members: Partial<Run> = {}): boolean => {
      window.rule = rule;
      return window.news.isWatched(run(id, noon, { state, ...members }));
    };
    assert.ok(watched('mine', 'QUEUED', 'mine'));
    assert.ok(watched('mine', 'INPROGRESS', 'needsYou'));
    assert.ok(watched('mine', 'INPROGRESS', 'mine', { parent_run_id: 'p' }));
    assert.ok(watched('other', 'INPROGRESS', 'all'));
    assert.ok(!watched('other', 'INPROGRESS', 'mine'));
    assert.ok(!watched('mine', 'INPROGRESS', 'off'));
    assert.ok(!watched('mine', 'BLOCKED', 'mine'));
    assert.ok(!watched('mine', 'SUCCEEDED', 'all'));
  });
});

describe('telling the news', () => {
  it('gathers them briefly, and then tells no more for a minute', async () => {
    const window = new Window();
    window.set({ a: 'INPROGRESS', b: 'INPROGRESS', c: 'INPROGRESS', d: 'INPROGRESS', e: 'INPROGRESS' });
    window.set({ a: 'SUCCEEDED' });
    await window.advance(1);
    window.set({ b: 'SUCCEEDED' });
    assert.deepEqual(window.told, []);
    await window.advance(1);
    assert.deepEqual(window.told, [['a finished', 'b finished']]);
    window.set({ c: 'FAILED' });
    await window.advance(30);
    window.set({ d: 'BLOCKED' });
    await window.advance(29);
    assert.equal(window.told.length, 1);
    await window.advance(1);
    assert.deepEqual(window.told[1], ['c failed', 'd blocked']);
    await window.advance(600);
    window.set({ e: 'SUCCEEDED' });
    await window.advance(2);
    assert.deepEqual(window.told[2], ['e finished']);
  });

  it('keeps quiet about a run that a person looks at, or has opened meanwhile', async () => {
    const window = new Window();
    window.set({ a: 'INPROGRESS', b: 'INPROGRESS', c: 'INPROGRESS' });
    window.look('a');
    window.set({ a: 'SUCCEEDED', b: 'SUCCEEDED', c: 'FAILED' });
    await window.advance(1);
    window.look('b');
    window.lookedAt.clear();
    await window.advance(100);
    assert.deepEqual(window.told, [['c failed']]);
  });

  it('tells of a run on the screen of a window that nobody works in', async () => {
    const window = new Window();
    window.focused = false;
    window.set({ a: 'INPROGRESS' });
    window.look('a');
    window.set({ a: 'SUCCEEDED' });
    await window.advance(10);
    assert.deepEqual(window.told, [['a finished']]);
  });

  it('forgets everything with the account', async () => {
    const window = new Window();
    window.set({ a: 'INPROGRESS', b: 'INPROGRESS' });
    window.set({ a: 'SUCCEEDED' });
    await window.advance(1);
    window.forgetAccount();
    window.set({ a: 'SUCCEEDED', b: 'SUCCEEDED' });
    await window.advance(100);
    assert.deepEqual(window.told, []);
    window.set({ c: 'INPROGRESS' });
    window.set({ c: 'SUCCEEDED' });
    await window.advance(2);
    assert.deepEqual(window.told, [['c finished']]);
  });

  it('leaves a claim under way behind with the account', async () => {
    const window = new Window();
    let answer: (isOurs: boolean) => void = () => undefined;
    window.claim = () => new Promise((resolve) => (answer = resolve));
    window.set({ a: 'INPROGRESS' });
    window.set({ a: 'SUCCEEDED' });
    await window.advance(0);
    window.forgetAccount();
    window.set({ a: 'SUCCEEDED' });
    answer(true);
    await window.advance(100);
    assert.deepEqual(window.told, []);
  });

  it('goes on when windows cannot agree, and leaves nothing behind when it ends', async () => {
    const window = new Window();
    window.claim = () => Promise.reject(new Error('disk full'));
    window.set({ a: 'INPROGRESS', b: 'INPROGRESS' });
    window.set({ a: 'SUCCEEDED' });
    await window.advance(2);
    assert.deepEqual(window.told, [['a finished']]);
    window.set({ b: 'SUCCEEDED' });
    await window.advance(1);
    window.news.dispose();
    assert.equal(window.machine.clock.waiting, 0);
    window.set({ c: 'INPROGRESS' });
    window.set({ c: 'SUCCEEDED' });
    await window.advance(100);
    assert.equal(window.told.length, 1);
  });
});

describe('news of a schedule', () => {
  const schedule = { schedule_id: 's', schedule_name: 'Nightly', cron_schedule: '0 2 * * *' };
  const day = 24 * 3600;

  /** Each run starts, ends in its state, and the next day the next one does. */
  async function nights(...states: string[]): Promise<string[]> {
    const window = new Window();
    for (const [index, state] of states.entries()) {
      const created_at = new Date(noon + index * day * 1000).toISOString();
      window.set({ [`n${index}`]: 'INPROGRESS' }, { schedule, created_at });
      window.set({ [`n${index}`]: state }, { schedule, created_at });
      await window.advance(day);
    }
    return window.told.flat();
  }

  it('is that it starts to fail, once until it ends well again', async () => {
    assert.deepEqual(await nights('SUCCEEDED', 'FAILED', 'ERROR', 'CANCELLED', 'FAILED', 'SUCCEEDED', 'FAILED'), [
      'n0 finished',
      'n1 failed first',
      'n5 finished',
      'n6 failed first',
    ]);
  });

  it('is a failed run like any other where nothing is known of the runs before', async () => {
    assert.deepEqual(await nights('FAILED', 'FAILED'), ['n0 failed']);
  });

  it('is told once where the runs before are too old to be in the list', async () => {
    const window = new Window();
    const weekly = (id: string, week: number, state: string): Run =>
      run(id, noon + week * 7 * day * 1000, { state, schedule });
    const past = [weekly('w0', 0, 'SUCCEEDED')];
    window.scheduleRuns.set('s', past);
    for (const week of [1, 2, 3]) {
      const [going, failed] = [weekly(`w${week}`, week, 'INPROGRESS'), weekly(`w${week}`, week, 'FAILED')];
      window.set({ [going.run_id]: going.state }, { schedule, created_at: going.created_at });
      window.set({ [failed.run_id]: failed.state }, { schedule, created_at: failed.created_at });
      past.push(failed);
      await window.advance(7 * day);
      // A busy account: by next week the list goes not so far back.
      window.runs.clear();
    }
    assert.deepEqual(window.told, [['w1 failed first']]);
  });

  it('is told once of runs that failed while nobody saw them', async () => {
    const machine = new Machine();
    const [here, there] = [new Window(machine), new Window(machine)];
    const night = ['a', 'b', 'c'].map((id, hour) => run(id, noon + hour * 3_600_000, { state: 'FAILED', schedule }));
    for (const window of [here, there]) {
      window.scheduleRuns.set('s', [run('before', noon - 1000, { schedule })]);
      night.forEach((item) => window.runs.set(item.run_id, item));
      window.news.tellFound(night);
    }
    await here.advance(120);
    here.news.tellFound(night);
    await here.advance(120);
    assert.deepEqual([...here.told, ...there.told], [['a failed first']]);
  });

  it('is also told of runs that were found after they were read, though nobody saw them go on', async () => {
    const window = new Window();
    window.scheduleRuns.set('s', [run('before', noon - 1000, { schedule })]);
    window.set({ going: 'INPROGRESS' });
    window.set({ night: 'FAILED' }, { schedule });
    await window.advance(120);
    assert.equal(window.told.length, 0);
    const found = [window.runs.get('night'), run('going', noon, { state: 'FAILED' })].flatMap((item) => item ?? []);
    window.news.tellFound(found);
    await window.advance(120);
    assert.deepEqual(window.told, [['night failed first']]);
    window.set({ going: 'FAILED' });
    await window.advance(120);
    assert.deepEqual(window.told.at(-1), ['going failed']);
  });

  it('is nothing of what other schedules and other runs do', async () => {
    const window = new Window();
    window.set({ before: 'SUCCEEDED' }, { schedule });
    const other = { ...schedule, schedule_id: 'other' };
    for (const [id, members] of Object.entries({ a: {}, b: { schedule: other } })) {
      window.set({ [id]: 'INPROGRESS' }, members);
      window.set({ [id]: 'FAILED' }, members);
    }
    await window.advance(120);
    assert.deepEqual(window.told.flat(), ['a failed', 'b failed']);
  });
});

describe('several windows', () => {
  function windows(count: number): Window[] {
    const machine = new Machine();
    const all = Array.from({ length: count }, () => new Window(machine));
    all.forEach((window) => (window.focused = false));
    return all;
  }

  it('leave the telling to the one that a person works in', async () => {
    const [first, second, third] = windows(3) as [Window, Window, Window];
    third.focused = true;
    for (const window of [first, second, third]) {
      window.set({ a: 'INPROGRESS' }, {}, noon);
      window.set({ a: 'FAILED' }, {}, noon + 1);
    }
    await first.advance(100);
    assert.deepEqual([first.told, second.told, third.told], [[], [], [['a failed']]]);
  });

  it('are all silent while a person looks at the run in one of them', async () => {
    const [first, second] = windows(2) as [Window, Window];
    second.focused = true;
    second.look('a');
    for (const window of [first, second]) {
      window.set({ a: 'INPROGRESS' }, {}, noon);
      window.set({ a: 'FAILED' }, {}, noon + 1);
    }
    await first.advance(100);
    assert.deepEqual([first.told, second.told], [[], []]);
  });

  it('do not tell again what one of them told, however late they hear of it and in which copy', async () => {
    const [first, second] = windows(2) as [Window, Window];
    for (const window of [first, second]) {
      window.set({ a: 'INPROGRESS' }, {}, noon);
    }
    first.set({ a: 'FAILED' }, {}, noon + 1);
    await first.advance(100);
    first.set({ a: 'FAILED' }, {}, noon + 2);
    await first.advance(3600);
    second.focused = true;
    second.set({ a: 'FAILED' }, {}, noon + 2);
    await first.advance(100);
    assert.deepEqual([first.told, second.told], [[['a failed']], []]);
  });

  it('tell every end once, whoever hears of it first', async () => {
    const ends = ['BLOCKED', 'FAILED', 'SUCCEEDED'] as const;
    const event = fc.record({
      run: fc.integer({ min: 0, max: 3 }),
      window: fc.integer({ min: 0, max: 2 }),
      wait: fc.integer({ min: 0, max: 4000 }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(event, { maxLength: 12 }),
        fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined }),
        async (events, focused) => {
          const machine = new Machine();
          const all = [0, 1, 2].map(() => new Window(machine));
          const heard = new Set<number>();
          all.forEach((window, index) => {
            window.focused = index === focused;
            window.set({ r0: 'INPROGRESS', r1: 'INPROGRESS', r2: 'INPROGRESS', r3: 'INPROGRESS' }, {}, noon);
          });
          for (const { run: index, window, wait } of events) {
            heard.add(index);
            all[window]?.set({ [`r${index}`]: ends[index % 3] ?? '' }, {}, noon + 1);
            await machine.clock.advance(wait);
          }
          await machine.clock.advance(200_000);
          const tales = all.flatMap((window) => window.told.flat()).map((tale) => tale.split(' ')[0]);
          assert.deepEqual(tales.sort(), [...heard].map((index) => `r${index}`).sort());
        },
      ),
      { numRuns: 200 },
    );
  });
});
