import assert from 'node:assert/strict';
import fc from 'fast-check';
import { likened, settled } from '../../../src/model/formTexts';
import { changedMembers } from '../../../src/model/scheduleChange';
import {
  emptyForm,
  formOf,
  problemsIn,
  replacementOf,
  requestOf,
  type ScheduleForm,
  unshownMembers,
  withMcpServers,
  withScheduleOption,
} from '../../../src/model/scheduleForm';
import { object } from '../../../src/oz/fit';
import { wholeScheduleFrom } from '../../../src/oz/shape';
import type { Schedule } from '../../../src/oz/types';
import { schedule } from '../model/fakeSchedules';
import { anyWholeSchedule } from './anySchedule';

/** What the service tells of a schedule and is not told. */
const told = ['id', 'created_at', 'updated_at', 'scope', 'history', 'environment', 'last_spawn_error'];

/** What the service can be told of a schedule. */
function settable(raw: object): object {
  return Object.fromEntries(Object.entries(raw).filter(([name]) => !told.includes(name)));
}

/** The schedule with another value at a path; undefined takes it away. */
function withAt(container: unknown, [name = '', ...rest]: readonly string[], value: unknown): object {
  const entries = Object.entries(object(container) ?? {});
  const inner = entries.find(([one]) => one === name)?.[1];
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
function said(one: object): object {
  const { prompt, agent_config: config, ...rest } = one as { prompt: string; agent_config?: object };
  return { ...rest, prompt: prompt.trim() ? prompt : '', config: config ?? {} };
}

describe('ScheduleForm', () => {
  it('changes of a schedule what was edited and nothing else, whatever a newer service has in it', () => {
    fc.assert(
      fc.property(anyWholeSchedule, fc.constantFrom(...edits), (before, { path, value, edit }) => {
        const form = formOf(before.schedule);
        const edited = edit(form);
        // What the form does not have cannot be taken away.
        const isNothing = value === undefined && changedMembers(form, edited).length === 0;
        const after = isNothing ? settable(before.raw) : withAt(settable(before.raw), path, value);
        const sent = likened(settled(edited), form);
        assert.deepEqual(said(replacementOf(sent, before)), said(after));
      }),
      { numRuns: 400 },
    );
  });

  it('sends a schedule back as it came', () => {
    fc.assert(
      fc.property(anyWholeSchedule, (before) => {
        assert.deepEqual(replacementOf(formOf(before.schedule), before), settable(before.raw));
      }),
    );
  });

  it('sends back what it cannot read, and no more than its part of that where it is set', () => {
    const config = { harness: 'claude', idle_timeout_minutes: '30', mcp_servers: [1], session_sharing: true, x_new: 1 };
    const raw = { ...schedule('s'), timezone: 'CET', retry_policy: { most: 3 }, agent_config: config };
    const whole = wholeScheduleFrom(raw);
    const form = formOf(whole.schedule);
    const { timezone, retry_policy, name, cron_schedule, enabled, prompt } = raw;
    const all = { timezone, retry_policy, name, cron_schedule, enabled, prompt, agent_config: config };
    assert.deepEqual(replacementOf(form, whole), all);
    assert.deepEqual(replacementOf(withScheduleOption({ ...form, name: 'N' }, 'harnessModel', 'big'), whole), {
      ...{ ...all, name: 'N' },
      agent_config: { ...config, harness: { model_id: 'big' } },
    });
    // Taking away all that can be read leaves the rest.
    const { x_new, ...unread } = config;
    assert.equal(x_new, 1);
    const named = wholeScheduleFrom({ ...raw, agent_config: { ...unread, name: 'n' } });
    const unnamed = withScheduleOption(formOf(named.schedule), 'name', '');
    assert.deepEqual(replacementOf(unnamed, named).agent_config, unread);
  });

  it('sends nothing back that the service only tells', () => {
    const told = { history: { next_run: null }, environment: { name: 'e' }, last_spawn_error: 'x' };
    const person = { type: 'user', uid: 'u' };
    const whole = wholeScheduleFrom({
      ...schedule('s'),
      ...told,
      ...{ created_by: person, updated_by: person, scope: { type: 'Team', uid: 't' }, team: true },
    });
    assert.deepEqual(replacementOf({ ...formOf(whole.schedule), team: false }, whole), {
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
  });

  it('names what it has and does not show', () => {
    const config = { name: 'n', skill_spec: 's', harness: { type: 'oz' as const }, quantum_mode: true, gone: null };
    const one = { ...schedule('a', { agent_config: config }), agent_uid: 'u', mode: 'plan', metadata: { a: 1 } };
    assert.deepEqual(unshownMembers(formOf(one)), ['quantum_mode', 'metadata']);
    assert.deepEqual(unshownMembers(emptyForm()), []);
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
