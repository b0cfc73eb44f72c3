import assert from 'node:assert/strict';
import { Inbox } from '../bench/inbox';
import { changedRun, stillness, unchangedPoll } from '../bench/treeCounts';

describe('10,000 runs in the Runs view', () => {
  let inbox: Inbox;

  before(async () => {
    inbox = await Inbox.open();
  });

  after(async () => {
    inbox.oz.assertNoViolations();
    await inbox.close();
  });

  it('are not asked for when a poll brings nothing', async () => {
    assert.deepEqual(await unchangedPoll(inbox), { events: 0, getTreeItem: 0, getChildren: 0 });
  });

  it('cost one row when a poll brings one change', async () => {
    assert.deepEqual(await changedRun(inbox), { events: 1, getTreeItem: 1, getChildren: 0 });
  });

  it('stay where they are, selected and unfolded as they are, while they are refreshed', async () => {
    const { moved, events } = await stillness(inbox, 24);
    assert.equal(moved, 0);
    assert.ok(events >= 12, String(events));
  });
});
