import assert from 'node:assert/strict';
import { OnePerKey } from '../../../src/model/onePerKey';
import { oncePerClick } from '../../../src/model/oncePerClick';
import { FakeClock, settle } from '../fakeClock';

describe('a click that launches', () => {
  it('is one with a second click for which Git is much slower', async () => {
    const { clock, click, launched } = setUp([100, 30_000]);
    const clicks = [click(), click()];
    await clock.until(Promise.all(clicks));
    await clock.advance(60_000);
    assert.equal(launched(), 1);
  });

  it('is another one soon after the launch ended, while what is asked about that still stands there', async () => {
    const { clock, click, launched } = setUp([100, 100], () => new Promise(() => undefined));
    void click();
    await clock.advance(200);
    void click();
    await settle();
    assert.equal(launched(), 1);
    await clock.advance(2000);
    void click();
    await clock.advance(200);
    assert.equal(launched(), 2);
  });

  it('is another one at once when the first came to nothing', async () => {
    const { clock, click, launched } = setUp(['fails', 100]);
    const [first, second] = [click(), click()];
    await assert.rejects(first);
    await second;
    assert.equal(launched(), 0);
    void click();
    await clock.advance(200);
    assert.equal(launched(), 1);
  });

  it('is forgotten at once when its work fails', async () => {
    const works = new OnePerKey(new FakeClock());
    await assert.rejects(works.begin('a', () => Promise.reject(new Error('x'))).outcome);
    assert.equal(works.begin('a', () => Promise.resolve(1)).isFirst, true);
  });

  /** @param git milliseconds that Git takes for each click */
  function setUp(git: (number | 'fails')[], after: () => Promise<void> = () => Promise.resolve()) {
    const clock = new FakeClock();
    const works = new OnePerKey(clock);
    let launched = 0;
    const launcher: Parameters<typeof oncePerClick>[0] = {
      once: (key, work) => works.begin(key, work),
      launch: () => {
        launched += 1;
        return Promise.reject(new Error('refused'));
      },
    };
    const click = (): Promise<void> =>
      oncePerClick(launcher, 'skill x', async ({ launch }) => {
        const takes = git.shift() ?? 0;
        if (takes === 'fails') {
          throw new Error('not here');
        }
        await new Promise<void>((resolve) => clock.after(takes, resolve));
        await launch({ prompt: 'x' }).catch(() => undefined);
        await after();
      });
    return { clock, click, launched: () => launched };
  }
});
