import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changedMembers, mergeForms } from '../../../src/model/scheduleChange';
import { formOf, replacementOf, type ScheduleForm } from '../../../src/model/scheduleForm';
import { wholeScheduleFrom } from '../../../src/oz/shape';
import { schedule } from '../model/fakeSchedules';
import { anySchedule } from './anySchedule';

const base = schedule('s', { agent_config: { model_id: 'm', harness: { type: 'oz' } } });

const edited = (change: Partial<ScheduleForm>): ScheduleForm => ({ ...formOf(base), ...change });

describe('mergeForms', () => {
  const forms = fc.tuple(anySchedule, anySchedule, anySchedule).map((three) => three.map(formOf));
  const none = { name: '', cron: '', prompt: '', enabled: true, config: {} };

  it('takes the side that changed, and nothing is anybody else’s', () => {
    fc.assert(
      fc.property(anySchedule, anySchedule, (first, second) => {
        const [a, b] = [formOf(first), formOf(second)];
        for (const merge of [mergeForms(a, a, b), mergeForms(a, b, a), mergeForms(a, b, b)]) {
          assert.deepEqual(changedMembers(merge.form, b), []);
          assert.deepEqual(merge.conflicts, []);
        }
      }),
    );
  });

  it('tells each member that both changed, and loses none', () => {
    fc.assert(
      fc.property(forms, ([start = none, mine = none, theirs = none]) => {
        const { form, conflicts } = mergeForms(start, mine, theirs);
        const byMine = new Set(changedMembers(start, mine));
        const byTheirs = changedMembers(start, theirs);
        const differ = new Set(changedMembers(mine, theirs));
        const both = byTheirs.filter((member) => byMine.has(member) && differ.has(member));
        assert.deepEqual(conflicts.sort(), both.sort());
        // What the result has from neither side is nothing.
        const [fromMine, fromTheirs] = [changedMembers(form, mine), changedMembers(form, theirs)];
        assert.deepEqual(
          fromMine.filter((member) => fromTheirs.includes(member)),
          [],
        );
        assert.deepEqual(
          fromMine.filter((member) => byMine.has(member)),
          [],
        );
      }),
    );
  });

  it('keeps members of a newer service that only they have', () => {
    const theirs = { ...base, metadata: { x: 1 }, agent_config: { ...base.agent_config, brand_new: [1] } };
    const { form } = mergeForms(formOf(base), edited({ name: 'Mine' }), formOf(theirs));
    assert.deepEqual(replacementOf(form, wholeScheduleFrom(theirs)), {
      ...{ metadata: { x: 1 }, name: 'Mine', cron_schedule: '0 9 * * *', enabled: true, prompt: 'Do it' },
      agent_config: { model_id: 'm', harness: { type: 'oz' }, brand_new: [1] },
    });
  });

  it('takes a harness and its model for one thing', () => {
    const mine = edited({ config: { harness: { type: 'claude' } } });
    const theirs = edited({ config: { harness: { type: 'oz', model_id: 'x' } } });
    assert.deepEqual(mergeForms(formOf(base), mine, theirs).conflicts, ['config.harness']);
  });
});
