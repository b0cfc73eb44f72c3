import assert from 'node:assert/strict';
import { schedule } from '../model/fakeSchedules';
import { Window } from './fakeSchedulePage';
import { known, open } from './openForms';

describe('the time zone of a form', () => {
  it('is what any page of the window told last', async () => {
    const window = new Window([schedule('a')]);
    await window.store.refresh();
    const first = await open(window, known);
    assert.equal(first.form.cron.zone, 'Europe/Berlin');
    await first.open('Asia/Kolkata');
    assert.deepEqual([window.zone.formats.zone, first.form.cron.zone], ['Asia/Kolkata', 'Asia/Kolkata']);
    window.zone.note('Asia/Tokyo');
    assert.equal(first.form.cron.zone, 'Asia/Tokyo');
  });
});

describe('a form that is opened at a field', () => {
  it('brings the person there once it is there, and once only', async () => {
    const window = new Window([schedule('a')]);
    await window.store.refresh();
    const panel = await open(window, known);
    const focused = (): unknown[] => panel.posted.filter(({ type }) => type === 'focus');
    panel.page.focusOn?.('model');
    await panel.load();
    panel.page.focusOn?.('environment');
    assert.deepEqual(focused(), [{ type: 'focus', part: 'model' }]);
    panel.send({ type: 'ready', zone: 'UTC' });
    panel.send({ type: 'ready', zone: 'UTC' });
    assert.deepEqual(focused().slice(1), [{ type: 'focus', part: 'environment' }]);
  });
});
