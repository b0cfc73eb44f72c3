import assert from 'node:assert/strict';
import { mergeForms } from '../../../src/model/scheduleChange';
import {
  emptyForm,
  formOf,
  replacementOf,
  requestOf,
  scheduleOptionsOf,
  withIdentity,
} from '../../../src/model/scheduleForm';
import type { Schedule } from '../../../src/oz/types';
import { memberName, memberValue } from '../../../src/schedule/memberWords';
import { schedule } from '../model/fakeSchedules';
import { Fields, words } from './fakeSchedulePage';

const before: Schedule = schedule('s', { agent_uid: 'release', mode: 'plan', metadata: { squad: 'shop' } });
const whole = { schedule: before, raw: { ...before } };

describe('whom the runs of a schedule act as', () => {
  it('is an option of its form, of which nothing else changes', () => {
    const form = formOf(before);
    assert.deepEqual(scheduleOptionsOf(form).identity?.id, 'release');
    const sent = replacementOf(withIdentity(form, 'oncall'), whole);
    assert.deepEqual(sent, { ...replacementOf(form, whole), agent_uid: 'oncall' });
    assert.deepEqual([sent.mode, sent.metadata], ['plan', { squad: 'shop' }]);
  });

  it('is nobody else again when it is taken away', () => {
    const none = withIdentity(formOf(before), undefined);
    assert.equal(scheduleOptionsOf(none).identity, undefined);
    assert.ok(!('agent_uid' in replacementOf(none, whole)));
    assert.deepEqual(withIdentity(withIdentity(emptyForm(), 'release'), undefined).newer, undefined);
    assert.equal(requestOf(withIdentity(emptyForm(), 'release')).agent_uid, 'release');
  });

  it('is what the service has where that is no uid', () => {
    const odd = schedule('s', { agent_uid: { uid: 1 } as unknown as string });
    assert.equal(scheduleOptionsOf(formOf(odd)).identity, undefined);
    assert.deepEqual(replacementOf(formOf(odd), { schedule: odd, raw: { ...odd } }).agent_uid, { uid: 1 });
  });

  it('has a name where both changed it', () => {
    const form = formOf(before);
    const merge = mergeForms(form, withIdentity(form, 'mine'), withIdentity(form, 'theirs'));
    assert.deepEqual(merge.conflicts, ['newer.agent_uid']);
    assert.equal(memberName('newer.agent_uid', words), 'Identity');
    assert.equal(memberValue('newer.agent_uid', 'mine', new Fields(), words), 'I mine');
  });
});
