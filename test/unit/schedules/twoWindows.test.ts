import assert from 'node:assert/strict';
import { saveSchedule, type SaveScheduleDeps } from '../../../src/model/saveSchedule';
import { draftOfCopy } from '../../../src/model/scheduleDrafts';
import { emptyForm, formOf, requestOf, type ScheduleForm, withScheduleOption } from '../../../src/model/scheduleForm';
import { OzClient } from '../../../src/oz/ozClient';
import type { Schedule } from '../../../src/oz/types';
import { type LocalOz, startLocalOz } from '../../local-oz/server';
import { FakeClock, settle } from '../fakeClock';

const nobody = (): never => {
  throw new Error('nobody is asked');
};

/** Two windows at one schedule of the local Oz, which holds every request and answer against the description of the API. */
describe('a schedule edited in two windows', () => {
  let oz: LocalOz;
  let here: OzClient;
  let there: OzClient;
  let base: Schedule;
  let clock: FakeClock;

  beforeEach(async () => {
    oz = await startLocalOz({ scenario: 'demo' });
    clock = new FakeClock();
    const window = (): OzClient =>
      new OzClient({
        baseUrl: () => oz.baseUrl,
        key: () => Promise.resolve(oz.key),
        fetch: (...call) => fetch(...call),
        clock,
      });
    [here, there] = [window(), window()];
    const first = (await here.listSchedules()).find(({ enabled }) => enabled);
    assert.ok(first);
    // As a newer version of the extension, or of the service, would leave it.
    const config = { ...first.agent_config, brand_new: { deep: [1, null] }, harness: { type: 'oz', effort: 'high' } };
    const newer = { agent_uid: 'agent-1', mode: 'plan', metadata: { team: 'shop' }, timezone: 'CET' };
    const { name, cron_schedule, prompt } = first;
    const all = { ...{ name, cron_schedule, prompt, enabled: true }, agent_config: config, ...newer };
    await there.updateSchedule(first.id, all as never);
    base = await here.getSchedule(first.id);
  });

  afterEach(async () => {
    oz.assertNoViolations();
    await oz.close();
  });

  const edit = (change: (form: ScheduleForm) => ScheduleForm): ScheduleForm => change(formOf(base));
  const saveThere = async (change: (form: ScheduleForm) => ScheduleForm): Promise<void> => {
    assert.equal((await saveSchedule({ client: there, ask: nobody }, base, edit(change))).kind, 'saved');
  };

  it('has what both changed, and what neither knows', async () => {
    await saveThere((form) => withScheduleOption({ ...form, cron: '15 3 * * *' }, 'harnessModel', 'big'));
    await there.pauseSchedule(base.id);
    const form = edit((before) => withScheduleOption({ ...before, name: 'Renamed' }, 'workerHost', 'w'));
    const outcome = await saveSchedule({ client: here, ask: nobody }, base, form);
    assert.ok(outcome.kind === 'saved');
    assert.deepEqual([...outcome.kept].sort(), ['config.harness', 'cron', 'enabled']);
    const now = await here.getSchedule(base.id);
    assert.deepEqual([now.name, now.cron_schedule, now.enabled], ['Renamed', '15 3 * * *', false]);
    assert.deepEqual(now.agent_config, {
      ...base.agent_config,
      ...{ brand_new: { deep: [1, null] }, worker_host: 'w', harness: { type: 'oz', effort: 'high', model_id: 'big' } },
    });
    assert.deepEqual([now.agent_uid, now.mode, now.metadata], ['agent-1', 'plan', { team: 'shop' }]);
    assert.equal(Reflect.get(now, 'timezone'), 'CET');
    assert.deepEqual(
      [now.id, now.created_at, now.created_by, now.scope],
      [base.id, base.created_at, base.created_by, base.scope],
    );
  });

  it('is not overwritten where both changed the same', async () => {
    await saveThere((form) => ({ ...form, prompt: 'Theirs' }));
    const form = edit((before) => ({ ...before, prompt: 'Mine', name: 'Renamed' }));
    const ask: SaveScheduleDeps['ask'] = () => Promise.resolve(null);
    assert.equal((await saveSchedule({ client: here, ask }, base, form)).kind, 'declined');
    const kept = await here.getSchedule(base.id);
    assert.deepEqual([kept.prompt, kept.name], ['Theirs', base.name]);
    const mine: SaveScheduleDeps['ask'] = () => Promise.resolve(['mine']);
    const saved = await saveSchedule({ client: here, ask: mine }, base, form);
    assert.ok(saved.kind === 'saved');
    assert.deepEqual([saved.schedule.prompt, saved.schedule.name], ['Mine', 'Renamed']);
  });

  it('is not overwritten while the other one waits to try again', async () => {
    const renamed = (index: number) => (form: ScheduleForm) => ({ ...form, name: `Renamed ${index}` });
    const faults = [
      { fault: 'status', status: 429, retryAfter: '20' },
      { fault: 'status', status: 502, plain: true },
      { fault: 'reset' },
      { fault: 'commitThenDrop' },
    ] as const;
    for (const [index, fault] of faults.entries()) {
      const path = `/agent/schedules/${base.id}`;
      oz.faults.add({ ...fault, path, method: 'PUT', count: 1 });
      base = await here.getSchedule(base.id);
      const puts = (): number => oz.log.filter(({ method }) => method === 'PUT').length;
      const before = puts();
      const state = { isSaving: true };
      const saving = saveSchedule({ client: here, ask: nobody }, base, edit(renamed(index))).finally(() => {
        state.isSaving = false;
      });
      while (puts() === before) {
        await settle();
      }
      const prompt = `Theirs ${index}`;
      const enabled = index % 2 === 1;
      assert.equal(
        (
          await saveSchedule(
            { client: there, ask: nobody },
            base,
            edit((form) => ({ ...form, prompt, enabled })),
          )
        ).kind,
        'saved',
      );
      while (state.isSaving) {
        await settle();
        // Beside its deadline, it waits for its turn.
        await clock.advance(clock.waiting > 1 ? 1000 : 0);
      }
      assert.equal((await saving).kind, 'saved');
      const now = await here.getSchedule(base.id);
      assert.deepEqual([now.name, now.prompt, now.enabled], [`Renamed ${index}`, prompt, enabled], fault.fault);
    }
  });

  it('is copied with what nobody here knows', async () => {
    const copy = await here.createSchedule(requestOf({ ...emptyForm(), ...draftOfCopy(base, 'Copy') }));
    assert.deepEqual(copy.agent_config, base.agent_config);
    assert.deepEqual([copy.name, copy.cron_schedule, copy.prompt], ['Copy', base.cron_schedule, base.prompt]);
  });
});
