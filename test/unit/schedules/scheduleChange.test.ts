import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  changedMembers,
  type ChooseSides,
  mergeForms,
  saveSchedule,
  type Side,
} from '../../../src/model/scheduleChange';
import { formOf, requestOf, type ScheduleForm } from '../../../src/model/scheduleForm';
import type { ApiProblem } from '../../../src/oz/problems';
import type { Schedule, ScheduleUpdate } from '../../../src/oz/types';
import { problem } from '../model/fakeOz';
import { schedule } from '../model/fakeSchedules';
import { anySchedule } from './anySchedule';

const base = schedule('s', { agent_config: { model_id: 'm', harness: { type: 'oz' } } });

/** A service with one schedule, which others change, too. */
class FakeService {
  readonly sent: ScheduleUpdate[] = [];
  now: Schedule | undefined = base;
  /** Thrown instead of the next answer. */
  failure: ApiProblem | undefined;

  getSchedule(): Promise<Schedule> {
    const failure = this.failure ?? problem('notFound');
    return this.failure || !this.now ? Promise.reject(failure) : Promise.resolve(this.now);
  }

  updateSchedule(_: string, update: ScheduleUpdate): Promise<Schedule> {
    this.sent.push(update);
    this.now = { ...schedule('s'), ...update, prompt: update.prompt ?? '' };
    return Promise.resolve(this.now);
  }
}

const never: ChooseSides = () => {
  throw new Error('nobody is asked');
};

const edited = (change: Partial<ScheduleForm>): ScheduleForm => ({ ...formOf(base), ...change });

describe('saveSchedule', () => {
  it('sends what was edited and keeps what others changed meanwhile', async () => {
    const client = new FakeService();
    client.now = { ...base, enabled: false, agent_config: { ...base.agent_config, name: 'theirs' } };
    const outcome = await saveSchedule({ client }, base, edited({ name: 'Mine' }), never);
    assert.ok(outcome.kind === 'saved');
    assert.deepEqual([...outcome.kept].sort(), ['config.name', 'enabled']);
    assert.deepEqual(client.sent, [
      {
        ...{ name: 'Mine', cron_schedule: '0 9 * * *', enabled: false, prompt: 'Do it' },
        agent_config: { model_id: 'm', harness: { type: 'oz' }, name: 'theirs' },
      },
    ]);
  });

  it('sends nothing that is there already', async () => {
    const client = new FakeService();
    client.now = { ...base, name: 'Mine' };
    assert.equal((await saveSchedule({ client }, base, edited({ name: 'Mine' }), never)).kind, 'same');
    assert.equal((await saveSchedule({ client }, base, formOf(base), never)).kind, 'same');
    assert.deepEqual(client.sent, []);
  });

  it('asks which side counts where both changed the same', async () => {
    for (const [side, model] of [
      ['mine', 'a'],
      ['theirs', 'b'],
    ] as const) {
      const client = new FakeService();
      client.now = { ...base, prompt: 'Theirs', agent_config: { ...base.agent_config, model_id: 'b' } };
      const form = edited({ name: 'Mine', prompt: 'Mine', model: 'a' });
      const outcome = await saveSchedule({ client }, base, form, (conflicts, theirs) => {
        assert.equal(theirs, client.now);
        assert.deepEqual(conflicts, [
          { member: 'prompt', base: 'Do it', mine: 'Mine', theirs: 'Theirs' },
          { member: 'model', base: 'm', mine: 'a', theirs: 'b' },
        ]);
        return Promise.resolve(['theirs', side] satisfies Side[]);
      });
      assert.equal(outcome.kind, 'saved');
      assert.deepEqual(
        client.sent.map(({ name, prompt, agent_config: config }) => [name, prompt, config?.model_id]),
        [['Mine', 'Theirs', model]],
      );
    }
  });

  it('looks again after a choice, which may have taken its time', async () => {
    const client = new FakeService();
    const asked: string[][] = [];
    client.now = { ...base, prompt: 'Theirs' };
    await saveSchedule({ client }, base, edited({ name: 'Mine', prompt: 'Mine' }), (conflicts) => {
      asked.push(conflicts.map(({ member }) => member));
      if (asked.length === 1) {
        client.now = { ...base, prompt: 'Theirs', name: 'Theirs', cron_schedule: '1 1 * * *' };
      }
      return Promise.resolve(conflicts.map((): Side => 'mine'));
    });
    assert.deepEqual(asked, [['prompt'], ['name']]);
    assert.deepEqual(
      client.sent.map(({ name, prompt, cron_schedule: cron }) => [name, prompt, cron]),
      [['Mine', 'Mine', '1 1 * * *']],
    );
  });

  it('saves nothing when nobody chooses', async () => {
    const client = new FakeService();
    client.now = { ...base, name: 'Theirs' };
    const outcome = await saveSchedule({ client }, base, edited({ name: 'Mine' }), () => Promise.resolve(undefined));
    assert.deepEqual([outcome.kind, client.sent], ['cancelled', []]);
  });

  it('says that it is gone, also when that happens on the way', async () => {
    const client = new FakeService();
    client.now = undefined;
    assert.deepEqual(await saveSchedule({ client }, base, edited({ name: 'Mine' }), never), { kind: 'gone' });
    const other = new FakeService();
    other.updateSchedule = () => Promise.reject(problem('notFound'));
    assert.deepEqual(await saveSchedule({ client: other }, base, edited({ name: 'Mine' }), never), { kind: 'gone' });
  });

  it('does not go on when the schedule cannot be read', async () => {
    const client = new FakeService();
    client.failure = problem('server');
    await assert.rejects(saveSchedule({ client }, base, edited({ name: 'Mine' }), never));
    assert.deepEqual(client.sent, []);
  });
});

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
        assert.deepEqual(conflicts.map(({ member }) => member).sort(), both.sort());
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
    assert.deepEqual(requestOf(form, theirs), {
      ...{ metadata: { x: 1 }, name: 'Mine', cron_schedule: '0 9 * * *', enabled: true, prompt: 'Do it' },
      agent_config: { model_id: 'm', harness: { type: 'oz' }, brand_new: [1] },
    });
  });

  it('takes a harness and its model for one thing', () => {
    const mine = edited({ config: { harness: { type: 'claude' } } });
    const theirs = edited({ config: { harness: { type: 'oz', model_id: 'x' } } });
    assert.deepEqual(
      mergeForms(formOf(base), mine, theirs).conflicts.map(({ member }) => member),
      ['config.harness'],
    );
  });
});
