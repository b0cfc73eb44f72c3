import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { copyCron } from '../../src/commands/copyCron';
import { deleteSchedule } from '../../src/commands/deleteSchedules';
import {
  copySchedule,
  editSchedule,
  newSchedule,
  scheduleLastLaunch,
  scheduleRun,
} from '../../src/commands/openScheduleForm';
import { pauseSchedule, resumeSchedule } from '../../src/commands/pauseSchedules';
import { runScheduleNow, type RunScheduleNowDeps } from '../../src/commands/runScheduleNow';
import { showScheduleRuns } from '../../src/commands/showScheduleRuns';
import type { RunFilter } from '../../src/model/runFilter';
import type { FormTarget, ScheduleForm } from '../../src/model/scheduleForm';
import { ScheduleStore } from '../../src/model/scheduleStore';
import { systemClock } from '../../src/oz/clock';
import type { LaunchRequest, Run, Schedule } from '../../src/oz/types';
import { aRun, known, problem } from './knownRuns';
import { setUp } from './launchSetting';
import { localClient } from './localClient';
import { QuickInputs } from './quickInput';

const noIdentities = { identities: () => Promise.resolve([]) };

interface Row {
  kind: 'schedule';
  scheduleId: string;
}

describe('the commands of schedules', () => {
  const client = localClient();
  let inputs: QuickInputs;
  let store: ScheduleStore;
  let rows: Row[];
  let underKeys: string[] | undefined;

  beforeEach(async () => {
    inputs = new QuickInputs();
    store = new ScheduleStore(client, systemClock);
    const names = ['First', 'Second'];
    const made = await Promise.all(
      names.map((name) => client.createSchedule({ name, cron_schedule: '0 3 * * *', enabled: true, prompt: 'Look' })),
    );
    rows = made.map(({ id: scheduleId }) => ({ kind: 'schedule', scheduleId }));
    underKeys = undefined;
    await store.refresh();
  });

  afterEach(async () => {
    await inputs.dispose();
    store.dispose();
    for (const { scheduleId } of rows) {
      await client.deleteSchedule(scheduleId).catch(() => undefined);
    }
  });

  const schedules = () =>
    Promise.resolve({
      store,
      words: ({ name }: Schedule) => `the words of ${name}`,
      selected: () => [],
      underKeys: () => Promise.resolve(underKeys),
    });
  const enabled = (): (boolean | undefined)[] => rows.map(({ scheduleId }) => store.get(scheduleId)?.enabled);

  it('pause and resume what is selected; the rows follow without another reading', async () => {
    const [first, second] = rows;
    await pauseSchedule({ schedules, client }, first, [first, { ...second, kind: 'run' }]);
    assert.deepEqual(enabled(), [false, true]);
    assert.equal((await client.getSchedule(first?.scheduleId ?? '')).enabled, false);
    await pauseSchedule({ schedules, client }, first, rows);
    assert.deepEqual(enabled(), [false, false]);
    await resumeSchedule({ schedules, client }, first, rows);
    assert.deepEqual(enabled(), [true, true]);
    assert.equal((await client.getSchedule(first?.scheduleId ?? '')).enabled, true);
  });

  it('leave alone what is paused already, and say only what the rows do not show', async () => {
    const [first, second] = rows;
    await pauseSchedule({ schedules, client }, second);
    const paused = await client.getSchedule(second?.scheduleId ?? '');
    await pauseSchedule({ schedules, client }, first, rows);
    assert.deepEqual(enabled(), [false, false]);
    assert.equal((await client.getSchedule(second?.scheduleId ?? '')).updated_at, paused.updated_at);
    assert.deepEqual(inputs.messages, []);
    await pauseSchedule({ schedules, client }, first, rows);
    assert.equal(inputs.messages.length, 1);
  });

  it('delete after asking once, by name', async () => {
    const [first] = rows;
    const unsaved = new Set<string>();
    const hasUnsavedChanges = (id: string): Promise<boolean> => Promise.resolve(unsaved.has(id));
    await deleteSchedule({ schedules, client, hasUnsavedChanges }, first);
    assert.deepEqual([inputs.messages.length, store.get(first?.scheduleId ?? '')?.name], [1, 'First']);
    assert.ok(inputs.messages[0]?.includes('First'));
    unsaved.add(first?.scheduleId ?? '');
    await deleteSchedule({ schedules, client, hasUnsavedChanges }, first);
    const [before = '', after = ''] = inputs.details;
    assert.ok(after.startsWith(before) && after.length > before.length);
    inputs.answerMessages('Delete Schedule');
    underKeys = rows.map(({ scheduleId }) => scheduleId);
    await deleteSchedule({ schedules, client, hasUnsavedChanges }, { selection: true });
    assert.deepEqual([inputs.messages.length, enabled()], [3, [undefined, undefined]]);
    await assert.rejects(client.getSchedule(first?.scheduleId ?? ''), { kind: 'notFound' });
  });

  it('say what is gone, and forget it', async () => {
    const [first] = rows;
    await client.deleteSchedule(first?.scheduleId ?? '');
    await pauseSchedule({ schedules, client }, first, rows);
    assert.deepEqual(enabled(), [undefined, false]);
    assert.ok(inputs.messages.some((words) => words.includes('First')));
  });

  it('run what the service has now, once for a double click, and say that it is a run of its own', async () => {
    const [first] = rows;
    const id = first?.scheduleId ?? '';
    await client.updateSchedule(id, { name: 'First', cron_schedule: '0 3 * * *', enabled: true, prompt: 'Newer' });
    const launched: LaunchRequest[] = [];
    const opened: string[] = [];
    let sending: Promise<unknown> | undefined;
    const deps = {
      ...{ schedules, client },
      launcher: {
        launch: (request: LaunchRequest) => {
          launched.push(request);
          return Promise.resolve({ run: aRun('r1'), atCapacity: false, found: false });
        },
        once: (key: string, work: () => Promise<unknown>) => {
          assert.ok(key.startsWith(`schedule ${id} `));
          const isFirst = !sending;
          return { isFirst, outcome: (sending ??= work()) };
        },
      },
      openConversation: (runId: string) => Promise.resolve(void opened.push(runId)),
    } as unknown as RunScheduleNowDeps;
    await Promise.all([runScheduleNow(deps, first), runScheduleNow(deps, first)]);
    assert.deepEqual(launched, [{ prompt: 'Newer', title: 'First', team: true }]);
    assert.deepEqual([opened, inputs.messages.length], [['r1'], 1]);
    assert.equal(store.get(id)?.prompt, 'Newer');
  });

  it('open the form of a schedule, a copy, a run and the last launch', async () => {
    const [first] = rows;
    const id = first?.scheduleId ?? '';
    const opened: FormTarget[] = [];
    const run: Run = aRun('r1', { source: 'API', prompt: 'Look', agent_config: { environment_id: 'e' } });
    const deps = {
      ...{ schedules, client, runs: known(run), lastLaunched: () => 'r1', catalog: noIdentities },
      openSchedule: (what: FormTarget) => Promise.resolve(void opened.push(what)),
    };
    await editSchedule(deps, first);
    await copySchedule(deps, first);
    await scheduleRun(deps, { runId: 'r1' });
    await scheduleLastLaunch(deps);
    const ofRun = { draft: { name: 'Run r1', prompt: 'Look', environment: 'e', config: {} }, from: 'run r1' };
    assert.deepEqual(opened, [
      { scheduleId: id },
      {
        draft: {
          ...{ name: 'First (copy)', cron: '0 3 * * *', prompt: 'Look', enabled: true, team: true },
          config: {},
        },
        from: `copy ${id}`,
      },
      ofRun,
      ofRun,
    ]);
    await scheduleLastLaunch({ ...deps, lastLaunched: () => undefined });
    assert.deepEqual([opened.length, inputs.messages.length], [4, 1]);
  });

  it('begin a new one in the environment that a launch would choose', async () => {
    const { deps, memento } = setUp();
    const opened: FormTarget[] = [];
    const openSchedule = (what: FormTarget): Promise<void> => Promise.resolve(void opened.push(what));
    for (const environment of [
      { id: 'shop', name: 'Shop' },
      { id: 'infra', name: 'Infra' },
    ]) {
      await memento.update('agentRuns.launch.choices', { environment });
      await newSchedule({ ...deps, clock: systemClock, openSchedule });
    }
    assert.deepEqual(
      opened.map((what) => 'draft' in what && [what.draft.environment, what.from]),
      [
        ['shop', 'new'],
        ['infra', 'new'],
      ],
    );
  });

  it('open the form at what a run could not be started for', async () => {
    const [failing, other] = rows.map(({ scheduleId }) => store.get(scheduleId));
    assert.ok(failing && other);
    store.ofThisAccount().put({ ...failing, last_spawn_error: 'Environment e1 not found' });
    const opened: FormTarget[] = [];
    const deps = {
      ...{ schedules, client },
      openSchedule: (what: FormTarget) => Promise.resolve(void opened.push(what)),
    };
    for (const kind of ['spawnError', 'schedule']) {
      await editSchedule(deps, { kind, scheduleId: failing.id });
    }
    assert.deepEqual(opened, [{ scheduleId: failing.id, field: 'environment' }, { scheduleId: failing.id }]);
  });

  it('show the past runs of one', async () => {
    const [first] = rows;
    const id = first?.scheduleId ?? '';
    const filters: RunFilter[] = [];
    const deps = {
      ...{ schedules, client, runs: known() },
      filtered: { setFilter: (filter: RunFilter) => void filters.push(filter) },
      showRuns: () => Promise.resolve(),
    };
    await showScheduleRuns(deps, first);
    assert.deepEqual([filters, inputs.messages.length], [[], 1], 'none yet: the view stays as it is');
    const spawned = aRun('r1', { schedule: { schedule_id: id, schedule_name: 'First', cron_schedule: '' } });
    await showScheduleRuns({ ...deps, runs: known(spawned) }, first);
    assert.deepEqual([filters, inputs.messages.length], [[{ schedule: { id, name: 'First' } }], 1]);
  });

  it('take over whom a run acted as, where that is an identity', async () => {
    const drafts: Partial<ScheduleForm>[] = [];
    const actedAs = (uid: string): Run =>
      aRun(uid, { prompt: 'Look', executor: { type: 'service_account', uid, display_name: 'Release' } });
    const identity = { uid: 'known', name: 'Release', available: true, created_at: '' };
    const deps = {
      ...{ client, runs: known(actedAs('known'), actedAs('other')) },
      catalog: { identities: () => Promise.resolve([identity]) },
      openSchedule: (what: FormTarget) => {
        drafts.push('draft' in what ? what.draft : {});
        return Promise.resolve();
      },
    };
    await scheduleRun(deps, { runId: 'known' });
    assert.deepEqual([drafts[0]?.newer, inputs.messages], [{ agent_uid: 'known' }, []]);
    await scheduleRun(deps, { runId: 'other' });
    assert.equal(drafts[1]?.newer, undefined);
    assert.ok(inputs.messages[0]?.includes('Release'));
    const refused = { identities: () => Promise.reject(problem('forbidden')) };
    await scheduleRun({ ...deps, catalog: refused }, { runId: 'known' });
    assert.deepEqual([drafts.length, inputs.messages.length], [3, 2]);
  });

  it('copy the cron expressions', async () => {
    await copyCron({ schedules, client }, rows[0], rows);
    assert.equal(await vscode.env.clipboard.readText(), '0 3 * * *\n0 3 * * *');
  });

  it('have a person pick where nothing names a schedule', async () => {
    const pausing = pauseSchedule({ schedules, client });
    const pick = await inputs.nextPick();
    const item = pick.items.find(({ label }) => label === 'Second');
    assert.ok(item);
    assert.equal(item.description, 'the words of Second');
    pick.activeItems = [item];
    // It reaches the window later than this turn.
    await delay(50);
    await inputs.enter();
    await pausing;
    assert.deepEqual(enabled(), [true, false]);
  });
});
