import assert from 'node:assert/strict';
import { LaunchJournal } from '../../../src/model/launchJournal';
import type { PendingLaunch } from '../../../src/model/pendingLaunch';
import { ApiProblem } from '../../../src/oz/problems';
import { accountOf } from '../../../src/platform/account';
import { FakeClock, settle } from '../fakeClock';
import { MemoryFiles } from '../model/memoryFiles';

const [a, b] = ['0b0a3a3e-1111-4c5f-9d0e-6a51c7d4e2aa', '0b0a3a3e-2222-4c5f-9d0e-6a51c7d4e2aa'] as const;

function launch(id: string, change: Partial<PendingLaunch> = {}): PendingLaunch {
  const leftOut = { attachments: [], mcpServers: [], prompt: false };
  return {
    ...{ id, at: 1, request: { prompt: id }, leftOut, isTyped: true },
    ...{ state: 'sending', window: 'w', beat: 0, ...change },
  };
}

describe('LaunchJournal', () => {
  function setUp(delay = 0) {
    const clock = new FakeClock();
    const files = new MemoryFiles(clock, () => delay);
    const open = (key = 'wk-1') => {
      const settings = { key };
      const account = () => Promise.resolve(settings.key ? accountOf('https://oz.test', settings.key) : undefined);
      const journal = new LaunchJournal({ files, account, clock });
      const states = () => journal.all().map(({ id, state }) => `${id.charAt(9)} ${state}`);
      return { journal, settings, states };
    };
    return { clock, files, open };
  }

  it('is the same in all windows of the machine', async () => {
    const { open } = setUp();
    const [one, other] = [open(), open()];
    await Promise.all([one.journal.begin(launch(a)), other.journal.begin(launch(b))]);
    await Promise.all([one.journal.refresh(), other.journal.refresh()]);
    assert.deepEqual([one.states().sort(), other.states().sort()], [one.states(), ['1 sending', '2 sending']]);
    one.journal.stop(launch(a), new ApiProblem({ kind: 'invalid', message: '' }));
    other.journal.takeOut(launch(b));
    await settle();
    await Promise.all([one.journal.refresh(), other.journal.refresh()]);
    assert.deepEqual([one.states(), other.states()], [['1 failed'], ['1 failed']]);
  });

  it('does not bring back what another window took out, nor undo what it sent again', async () => {
    const { files, open } = setUp();
    const [one, other] = [open(), open()];
    await one.journal.begin(launch(a, { state: 'unsure' }));
    await one.journal.begin(launch(b, { state: 'unsure' }));
    one.journal.release(launch(a));
    one.journal.release(launch(b));
    await other.journal.refresh();
    one.journal.takeOut(launch(a));
    await one.journal.begin(launch(b, { at: 2 }));
    await settle();
    // This window has not heard of either.
    assert.deepEqual(other.states().sort(), ['1 unsure', '2 unsure']);
    other.journal.change(launch(a), { state: 'looking' });
    other.journal.takeOut(launch(b));
    await settle();
    assert.equal(files.files.size, 1);
    const later = open();
    await later.journal.refresh();
    assert.deepEqual(later.states(), ['2 sending']);
  });

  it('stores one change after another, however slow the disk is, and reads none that is overtaken', async () => {
    const { clock, files, open } = setUp(300);
    const { journal, states } = open();
    const begun = journal.begin(launch(a));
    const read = journal.refresh();
    journal.change(launch(a), { state: 'looking' });
    journal.stop(launch(a), new ApiProblem({ kind: 'outcomeUnknown', message: '' }));
    assert.deepEqual(states(), ['1 unsure'], 'at once');
    await clock.until(Promise.all([begun, read]));
    assert.deepEqual(states(), ['1 unsure']);
    await clock.advance(5000);
    const later = open();
    await clock.until(later.journal.refresh());
    assert.deepEqual([later.states(), files.files.size], [['1 unsure'], 1]);
    journal.takeOut(launch(a));
    await clock.advance(5000);
    assert.equal(files.files.size, 0);
  });

  it('shows the launches of the account in use, and keeps the others', async () => {
    const { open } = setUp();
    const one = open();
    await one.journal.begin(launch(a, { state: 'unsure' }));
    one.settings.key = 'wk-2';
    await one.journal.accountChanged();
    assert.deepEqual(
      [one.states(), one.journal.find(a), await one.journal.stored(launch(a))],
      [[], undefined, undefined],
    );
    await one.journal.begin(launch(b));
    assert.deepEqual(one.states(), ['2 sending']);
    const other = open('wk-2');
    await other.journal.refresh();
    assert.deepEqual(other.states(), ['2 sending']);
    one.settings.key = 'wk-1';
    await one.journal.accountChanged();
    assert.deepEqual(one.states(), ['1 unsure']);
  });

  it('takes over to another key what the service did not want with the one before', async () => {
    const { files, open } = setUp();
    const one = open('');
    await assert.rejects(one.journal.begin(launch(a)), (error) => ApiProblem.is(error) && error.kind === 'noKey');
    one.journal.stop(launch(a), new ApiProblem({ kind: 'noKey', message: '' }));
    assert.deepEqual([one.states(), files.files.size], [['1 failed'], 0]);
    one.settings.key = 'wk-wrong';
    await one.journal.accountChanged();
    await settle();
    one.journal.stop(launch(a), new ApiProblem({ kind: 'keyRefused', message: '' }));
    one.settings.key = 'wk-2';
    await one.journal.accountChanged();
    await settle();
    assert.deepEqual([one.states(), files.files.size], [['1 failed'], 1]);
    const later = open('wk-2');
    await later.journal.refresh();
    assert.deepEqual(later.states(), ['1 failed']);
  });

  it('asks for no key where nothing was ever launched', async () => {
    const { files, clock } = setUp();
    let asked = 0;
    const account = (): Promise<undefined> => Promise.resolve(void (asked += 1));
    await new LaunchJournal({ files, account, clock }).refresh();
    assert.equal(asked, 0);
  });
});
