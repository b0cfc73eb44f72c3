import assert from 'node:assert/strict';
import { PageLoading } from '../../../src/platform/pageLoading';
import { FakeClock } from '../fakeClock';

describe('the loading of a page', () => {
  let clock: FakeClock;
  let did: string[];
  let loading: PageLoading;

  beforeEach(() => {
    clock = new FakeClock();
    did = [];
    const note = (what: string) => () => {
      did.push(what);
    };
    loading = new PageLoading({ load: note('load'), gaveUp: note('gaveUp') }, clock);
    loading.setVisible(true);
    loading.load();
  });

  it('begins anew for whoever wants that after it was given up', async () => {
    await clock.advance(24_000);
    assert.deepEqual(did, ['load', 'load', 'load', 'gaveUp']);
    loading.restart();
    await clock.advance(24_000);
    assert.deepEqual(did.slice(4), ['load', 'load', 'load', 'gaveUp']);
    loading.restart();
    loading.ready();
    await clock.advance(60_000);
    assert.deepEqual(did.slice(8), ['load']);
    assert.equal(loading.isReady, true);
  });

  it('is over once the page is closed, also for whoever wants it anew then', async () => {
    await clock.advance(24_000);
    did = [];
    loading.dispose();
    loading.restart();
    loading.setVisible(false);
    loading.setVisible(true);
    await clock.advance(60_000);
    assert.deepEqual(did, []);
    assert.equal(clock.waiting, 0);
  });
});
