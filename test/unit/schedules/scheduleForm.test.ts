import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  emptyForm,
  formOf,
  newerMembers,
  problemsIn,
  requestOf,
  type ScheduleForm,
  withMcpServers,
  withScheduleOption,
} from '../../../src/model/scheduleForm';
import type { Schedule, ScheduleUpdate } from '../../../src/oz/types';
import { schedule } from '../model/fakeSchedules';
import { anySchedule } from './anySchedule';

/** What a service makes of a full replace: what it was not sent is lost. */
function replaced(before: Schedule, update: ScheduleUpdate): object {
  const lost: readonly string[] = ['name', 'cron_schedule', 'enabled', 'prompt', 'agent_config', ...newerMembers];
  const kept = Object.entries(before).filter(([name]) => !lost.includes(name));
  return { ...Object.fromEntries(kept), prompt: '', ...(JSON.parse(JSON.stringify(update)) as object) };
}

/** The schedule with another value at a path; undefined takes it away. */
function withAt(container: object | undefined, [name = '', ...rest]: readonly string[], value: unknown): object {
  const entries = Object.entries(container ?? {});
  const inner = entries.find(([one]) => one === name)?.[1] as object | undefined;
  const changed = rest.length > 0 ? withAt(inner, rest, value) : value;
  const others = entries.filter(([one]) => one !== name);
  return Object.fromEntries([...others, ...(changed === undefined ? [] : [[name, changed] as const])]);
}

const servers = { db: { command: 'run-db' } };

/** One edit of each field: of the form, and where it must be in the schedule. */
const edits: { path: string[]; value: unknown; edit: (form: ScheduleForm) => ScheduleForm }[] = [
  { path: ['name'], value: 'Nightly', edit: (form) => ({ ...form, name: ' Nightly ' }) },
  { path: ['cron_schedule'], value: '5 4 * * *', edit: (form) => ({ ...form, cron: '5 4 * * *' }) },
  { path: ['prompt'], value: 'Look', edit: (form) => ({ ...form, prompt: 'Look\n' }) },
  { path: ['enabled'], value: false, edit: (form) => ({ ...form, enabled: false }) },
  { path: ['agent_config', 'skill_spec'], value: 'a/b:c', edit: (form) => ({ ...form, skill: 'a/b:c' }) },
  { path: ['agent_config', 'environment_id'], value: 'e', edit: (form) => ({ ...form, environment: 'e' }) },
  { path: ['agent_config', 'environment_id'], value: undefined, edit: (form) => ({ ...form, environment: undefined }) },
  { path: ['agent_config', 'model_id'], value: 'm', edit: (form) => ({ ...form, model: 'm' }) },
  { path: ['agent_config', 'name'], value: 'n', edit: (form) => withScheduleOption(form, 'name', 'n') },
  { path: ['agent_config', 'base_prompt'], value: 'b', edit: (form) => withScheduleOption(form, 'basePrompt', 'b') },
  {
    path: ['agent_config', 'computer_use_enabled'],
    value: false,
    edit: (form) => withScheduleOption(form, 'computerUse', false),
  },
  {
    path: ['agent_config', 'idle_timeout_minutes'],
    value: 7,
    edit: (form) => withScheduleOption(form, 'idleTimeoutMinutes', 7),
  },
  { path: ['agent_config', 'worker_host'], value: 'w', edit: (form) => withScheduleOption(form, 'workerHost', 'w') },
  {
    path: ['agent_config', 'worker_host'],
    value: undefined,
    edit: (form) => withScheduleOption(form, 'workerHost', ''),
  },
  { path: ['agent_config', 'harness', 'type'], value: 'h', edit: (form) => withScheduleOption(form, 'harness', 'h') },
  {
    path: ['agent_config', 'harness', 'model_id'],
    value: 'hm',
    edit: (form) => withScheduleOption(form, 'harnessModel', 'hm'),
  },
  {
    path: ['agent_config', 'harness_auth_secrets', 'claude_auth_secret_name'],
    value: 's',
    edit: (form) => withScheduleOption(form, 'harnessSecret', 's'),
  },
  {
    path: ['agent_config', 'session_sharing', 'public_access'],
    value: 'VIEWER',
    edit: (form) => withScheduleOption(form, 'sharing', 'VIEWER'),
  },
  { path: ['agent_config', 'mcp_servers'], value: servers, edit: (form) => withMcpServers(form, servers) },
  { path: ['agent_config', 'mcp_servers'], value: undefined, edit: (form) => withMcpServers(form, undefined) },
];

/** Without a configuration that says nothing, and with a prompt that is no more than spaces taken for none. */
function settled(one: object): object {
  const { prompt, agent_config: config, ...rest } = one as { prompt: string; agent_config?: object };
  return { ...rest, prompt: prompt.trim() ? prompt : '', config: config ?? {} };
}

describe('ScheduleForm', () => {
  it('changes of a schedule what was edited and nothing else, whatever a newer service has in it', () => {
    fc.assert(
      fc.property(anySchedule, fc.constantFrom(...edits), (before, { path, value, edit }) => {
        const after = replaced(before, requestOf(edit(formOf(before)), before));
        assert.deepEqual(settled(after), settled(withAt(before, path, value)));
      }),
      { numRuns: 400 },
    );
  });

  it('sends a schedule back as it came', () => {
    fc.assert(
      fc.property(anySchedule, (before) => {
        assert.deepEqual(settled(replaced(before, requestOf(formOf(before), before))), settled(before));
      }),
    );
  });

  it('keeps what a newer service has where a form does not have it', () => {
    const before = { ...schedule('s'), agent_uid: 'a', metadata: { x: [1] }, not_to_send: 1 };
    const sent = requestOf({ ...formOf(before), newer: undefined }, before);
    assert.deepEqual(sent, {
      ...{ agent_uid: 'a', metadata: { x: [1] } },
      ...{ name: 'Name of s', cron_schedule: '0 9 * * *', enabled: true, prompt: 'Do it' },
    });
  });

  it('says who owns a new one, and not of one that is there', () => {
    const form = { ...emptyForm(), name: ' A ', cron: '0 9 * * * ', prompt: 'x', team: false };
    assert.deepEqual(requestOf(form), {
      name: 'A',
      cron_schedule: '0 9 * * *',
      enabled: true,
      prompt: 'x',
      team: false,
    });
    assert.equal(Object.hasOwn(requestOf(form, schedule('s')), 'team'), false);
  });

  it('knows who owns one', () => {
    const team = (type: string) => formOf(schedule('s', { scope: { type, uid: 'x' } } as Partial<Schedule>)).team;
    assert.deepEqual(['Team', 'User', 'Org'].map(team), [true, false, undefined]);
  });

  it('names what keeps it from being saved, by field', () => {
    const fields = (form: Partial<ScheduleForm>) => problemsIn({ ...emptyForm(), ...form }).map(({ field }) => field);
    assert.deepEqual(fields({}), ['name', 'prompt', 'cron']);
    assert.deepEqual(fields({ name: ' ', cron: '\t', prompt: '\n', skill: ' ' }), ['name', 'prompt', 'cron']);
    const whole = { name: 'a', cron: '0 9 * * *', prompt: 'x' };
    assert.deepEqual(fields(whole), []);
    assert.deepEqual(fields({ ...whole, prompt: '', skill: 'acme/web:a/SKILL.md' }), []);
    assert.deepEqual(fields({ ...whole, skill: 'acme' }), ['skill']);
    for (const [idle, isFine] of [
      [1, true],
      [60, true],
      [0, false],
      [61, false],
      [1.5, false],
    ] as const) {
      const expected = isFine ? [] : ['idleTimeoutMinutes'];
      assert.deepEqual(fields({ ...whole, config: { idle_timeout_minutes: idle } }), expected);
    }
  });
});
