import assert from 'node:assert/strict';
import { RunFeed } from '../../../src/model/runFeed';
import { RunStore } from '../../../src/model/runStore';
import type { Run } from '../../../src/oz/types';
import { FakeClock, noon } from '../fakeClock';
import { FakeOz, run } from './fakeOz';

const second = 1000;

function manyRuns(count: number, members: Partial<Run> = {}): Run[] {
  return Array.from({ length: count }, (_, index) => run(`r${index}`, noon - index * second, members));
}

function setUp(...runs: Run[]) {
  const oz = new FakeOz(...runs);
  const store = new RunStore(oz, new FakeClock());
  return { oz, store, feed: new RunFeed(store) };
}

/** The feed as another window gets it. */
function taken(text: string): ReturnType<typeof setUp> {
  const other = setUp();
  assert.equal(other.feed.take(text), true);
  return other;
}

function lines(text: string): number {
  return text.split('\n').length - 1;
}

describe('RunFeed', () => {
  it('has nothing to write before anything was read', () => {
    assert.equal(setUp().feed.next(undefined), undefined);
  });

  it('brings another store to where this one is', async () => {
    const { store, feed } = setUp(...manyRuns(50, { title: 'two\nlines\u2028and more' }));
    await store.refresh();
    const other = taken(feed.next(undefined)?.text ?? '');
    assert.equal(other.feed.joins(0), true);
    assert.deepEqual(new Set(other.store.all()), new Set(store.all()));
    assert.deepEqual(other.store.head, { ...store.head, lastHead: 0 });
    assert.equal(other.store.hasMore, false);
  });

  it('is written again only when something changed, or when another one lies there', async () => {
    const { oz, store, feed } = setUp(...manyRuns(50));
    await store.refresh();
    const first = feed.next(undefined);
    await store.poll();
    assert.equal(feed.next(first?.version), undefined);
    assert.ok(feed.next('another'));
    assert.ok(feed.next(undefined));
    oz.set(run('r20', noon + second));
    await store.poll();
    const second_ = feed.next(first?.version);
    assert.ok(second_ && second_.version !== first?.version);
    assert.equal(feed.next(second_.version), undefined);
  });

  it('holds the newest 200 runs, and says from when on it is complete', async () => {
    const { oz, store, feed } = setUp(...manyRuns(90));
    await store.refresh();
    for (let index = 0; index < 150; index += 1) {
      oz.set(run(`n${index}`, noon + (index + 1) * second));
      await store.poll();
    }
    const { text = '' } = feed.next(undefined) ?? {};
    assert.equal(lines(text), 200);
    const other = taken(text);
    const since = noon - 50 * second + 1;
    assert.equal(other.store.head?.since, since);
    assert.deepEqual(
      [...store.all()].filter((one) => Date.parse(one.updated_at) >= since && !other.store.get(one.run_id)),
      [],
    );
    assert.equal(other.store.hasMore, true);
    // What was cut off once is not forgotten when the rest moves on.
    oz.set(run('r0', noon + 1000 * second));
    await store.poll();
    assert.equal(taken(feed.next(undefined)?.text ?? '').store.head?.since, since);
  });

  it('holds fewer runs when they are long', async () => {
    const { store, feed } = setUp(...manyRuns(60, { prompt: 'x'.repeat(100_000) }));
    await store.refresh();
    const { text = '' } = feed.next(undefined) ?? {};
    assert.ok(text.length < 4_100_000 && lines(text) < 40 && lines(text) > 30, `${lines(text)} runs`);
    assert.equal(taken(text).store.hasMore, true);
  });

  it('says that a gap is one', async () => {
    const { oz, store, feed } = setUp(...manyRuns(10));
    await store.refresh();
    const other = taken(feed.next(undefined)?.text ?? '');
    assert.equal(other.feed.joins(0), true);
    oz.set(...Array.from({ length: 700 }, (_, index) => run(`n${index}`, noon + (index + 1) * second)));
    await store.refresh();
    const { text = '', version } = feed.next(undefined) ?? {};
    assert.equal(other.feed.take(text), true);
    assert.equal(other.feed.has(version), true);
    assert.equal(other.feed.joins(0), false);
    assert.equal(other.store.head?.covered, noon, 'what lies between is still to be read');
  });

  it('forgets everything with the store', async () => {
    const { store, feed } = setUp(...manyRuns(10));
    await store.refresh();
    const { version } = feed.next(undefined) ?? {};
    const { generation } = feed;
    assert.equal(feed.has(version), true);
    store.reset();
    assert.notEqual(feed.generation, generation);
    assert.equal(feed.has(version), false);
    assert.equal(feed.next(undefined), undefined);
    await store.refresh();
    assert.equal(lines(feed.next(undefined)?.text ?? ''), 10);
  });

  it('knows what the store knew before', async () => {
    const { store } = setUp(...manyRuns(10));
    await store.refresh();
    assert.equal(lines(new RunFeed(store).next(undefined)?.text ?? ''), 10);
  });

  it('takes no other text for a feed', async () => {
    const { store, feed } = setUp(...manyRuns(2));
    await store.refresh();
    const { text = '' } = feed.next(undefined) ?? {};
    const [head = '', ...rest] = text.split('\n');
    const wrong = [
      '',
      '{}',
      'null',
      head.replace('"format":1', '"format":2'),
      head.replace(/"since":\d+/, '"since":null'),
      [head, 'no json'].join('\n'),
      [head, '[]'].join('\n'),
      [head, '{"run_id":7}'].join('\n'),
      rest.join('\n'),
    ];
    for (const one of wrong) {
      const other = setUp();
      assert.equal(other.feed.take(one), false, one);
      assert.equal(other.feed.joins(0), false);
      assert.equal(other.store.size, 0);
    }
  });

  describe('of runs with links that are as good as a key', () => {
    const signed = 'https://files.test/a.png?X-Amz-Expires=60&X-Amz-Signature=5ec2e7';
    const page = 'https://git.test/pull/1?tab=files';
    const linked = run('a', noon, {
      prompt: 'https://git.test/issues?q=open',
      session_link: 'https://oz.test/session?pwd=1',
      trigger_url: page,
      artifacts: [
        { artifact_type: 'PULL_REQUEST', created_at: '', data: { url: page, branch: 'b' } },
        {
          artifact_type: 'FILE',
          created_at: '',
          data: { filename: 'a', thumbnail: signed, preview: page, url: signed },
        },
      ] as unknown as Run['artifacts'],
    });

    it('leaves those out, and nothing else', async () => {
      const { store, feed } = setUp(linked);
      await store.refresh();
      const text = feed.next(undefined)?.text ?? '';
      assert.ok(!text.includes('5ec2e7') && !text.includes('files.test'));
      const { prompt, session_link, trigger_url, artifacts } = taken(text).store.get('a') ?? {};
      assert.deepEqual([prompt, session_link, trigger_url], [linked.prompt, linked.session_link, page]);
      assert.deepEqual(
        artifacts?.map(({ data }) => data),
        [
          { url: page, branch: 'b' },
          { filename: 'a', thumbnail: '', preview: '', url: '' },
        ],
      );
      assert.deepEqual(store.get('a'), linked);
    });

    it('never takes a copy without them for a newer one of the same time', async () => {
      const { store, feed } = setUp(linked);
      await store.refresh();
      const first = feed.next(undefined);
      const other = taken(first?.text ?? '');
      other.oz.set(linked);
      await other.store.refresh();
      assert.deepEqual(other.store.get('a'), linked, 'what is read has more');
      assert.equal(other.feed.next(first?.version), undefined, 'but is no other feed');
      // One that has read it before it takes any feed.
      const reader = setUp(linked);
      await reader.store.refresh();
      let changes = 0;
      reader.store.onDidChange(() => (changes += 1));
      assert.equal(reader.feed.take(first?.text ?? ''), true);
      assert.deepEqual([reader.store.get('a'), changes], [linked, 0]);
      assert.equal(reader.feed.next(first?.version), undefined);
    });
  });
});
