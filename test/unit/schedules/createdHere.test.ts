import assert from 'node:assert/strict';
import { ApiProblem } from '../../../src/oz/problems';
import { settle } from '../fakeClock';
import { Panel, Window } from './fakeSchedulePage';
import { drafted, hold, report } from './openForms';

describe('who made a schedule', () => {
  let window: Window;
  let panel: Panel;

  beforeEach(async () => {
    window = new Window();
    panel = await new Panel(window, drafted).open();
  });

  it('is learned where the service answers', async () => {
    await panel.act('save');
    assert.deepEqual(window.created, [report.name]);
    panel.type('name', 'Better');
    await panel.act('save');
    assert.deepEqual([window.service.sent.length, window.created.length], [2, 1], 'a change says nothing new');
  });

  it('is not learned where the schedule was found after the answer was lost: a colleague may have made it', async () => {
    window.service.changeFailures = [{ problem: new ApiProblem({ kind: 'outcomeUnknown', message: '' }), after: true }];
    panel.send({ type: 'act', name: 'save' });
    await window.clock.advance(10_000);
    assert.ok(panel.about && 'scheduleId' in panel.about);
    assert.deepEqual(window.created, []);
  });

  it('is not learned with another key than the one in use', async () => {
    const go = hold(window, 'createSchedule');
    panel.send({ type: 'act', name: 'save' });
    await settle();
    await window.changeAccount('two', []);
    await go();
    await window.clock.advance(10_000);
    assert.deepEqual([window.service.sent.length, window.created], [1, []]);
  });
});
