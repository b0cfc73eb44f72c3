import assert from 'node:assert/strict';
import { GatheredNews } from '../../../src/model/gatheredNews';
import { FakeClock } from '../fakeClock';

describe('gathered news', () => {
  it('are not told of the account before, however late they are claimed', async () => {
    const clock = new FakeClock();
    const news = new GatheredNews<string>({
      ...{ clock, isFocused: () => true, claim: () => Promise.resolve(true), pause: 0 },
      now: (_, text) => text,
    });
    const told: string[] = [];
    news.onNews((texts) => told.push(...texts));
    let claimed: (text: string) => void = () => undefined;
    const claim = (): Promise<string> =>
      new Promise((resolve) => {
        claimed = resolve;
      });
    const tell = async (text: string, isOther: boolean): Promise<void> => {
      news.takeSoon('a', claim);
      await clock.advance(0);
      if (isOther) {
        news.reset();
      }
      claimed(text);
      await clock.advance(60_000);
    };
    await tell('before', true);
    await tell('after', false);
    assert.deepEqual(told, ['after']);
  });
});
