import { isDeepStrictEqual } from 'node:util';
import { asRecord, memberOf } from '../oz/json';
import type { AgentConfig, Schedule, ScheduleRequest, ScheduleUpdate, WholeSchedule } from '../oz/types';
import { settled } from './formTexts';
import { given, type LaunchOptions, optionsOf } from './launchOptions';
import { skillPlace } from './skillSpec';
import type { SpawnField } from './spawnHelp';

/** `agent_config` without what the form has by itself; what nobody here knows is in it too, as it came. */
export type ScheduleConfig = Omit<AgentConfig, 'skill_spec' | 'environment_id' | 'model_id'>;

/** Members of a schedule that a newer service has: they are kept, and sent back as they came. */
const newerMembers = ['agent_uid', 'mode', 'metadata'] as const;

/** What a person edits of a schedule. Plain data. */
export interface ScheduleForm {
  name: string;
  /** Five fields, in UTC. */
  cron: string;
  /** May be empty where there is a skill. */
  prompt: string;
  /** `owner/repo:path/to/SKILL.md` */
  skill?: string;
  /** A uid. */
  environment?: string;
  /** An id. */
  model?: string;
  enabled: boolean;
  /** True: the team owns it; false: the person does. It counts only for a new one. */
  team?: boolean;
  config: ScheduleConfig;
  newer?: Pick<ScheduleUpdate, (typeof newerMembers)[number]>;
}

/**
 * What a form is about: a schedule, and the field that the person is brought to; or a new one, what it begins with and where it
 * comes from, which names its draft.
 */
export type FormTarget =
  { scheduleId: string; field?: SpawnField | undefined } | { draft: Partial<ScheduleForm>; from: string };

/** The options of a launch that a schedule's runs can have, too: what `config` says, and whom they act as. */
export type ScheduleOptions = Omit<
  LaunchOptions,
  'team' | 'attachments' | 'keptAttachments' | 'parentRun' | 'conversation' | 'interactive'
>;

export type FormProblem =
  | { field: 'name' | 'cron'; kind: 'missing' }
  /** Neither a prompt nor a skill. */
  | { field: 'prompt'; kind: 'missing' }
  /** Not written `owner/repo:path`. */
  | { field: 'skill'; kind: 'notASkill' }
  /** Not a whole number from `shortestIdle` to `longestIdle`. */
  | { field: 'idleTimeoutMinutes'; kind: 'outOfRange' };

/** In minutes. */
export const shortestIdle = 1;
export const longestIdle = 60;

export function emptyForm(): ScheduleForm {
  return { name: '', cron: '', prompt: '', enabled: true, config: {} };
}

export function formOf(schedule: Schedule): ScheduleForm {
  const { skill_spec: skill, environment_id: environment, model_id: model, ...config } = schedule.agent_config ?? {};
  const owner = schedule.scope?.type;
  const newer = Object.fromEntries(
    newerMembers.filter((name) => Object.hasOwn(schedule, name)).map((name) => [name, Reflect.get(schedule, name)]),
  );
  return {
    name: schedule.name,
    cron: schedule.cron_schedule,
    prompt: schedule.prompt,
    ...(skill !== undefined && { skill }),
    ...(environment !== undefined && { environment }),
    ...(model !== undefined && { model }),
    enabled: schedule.enabled,
    ...((owner === 'User' || owner === 'Team') && { team: owner === 'Team' }),
    config,
    ...(Object.keys(newer).length > 0 && { newer }),
  };
}

/** What the service is sent for a new schedule. */
export function requestOf(form: ScheduleForm): ScheduleRequest {
  const { agent_config: config, ...body } = bodyOf(settled(form));
  return {
    ...body,
    ...(Object.keys(config).length > 0 && { agent_config: config }),
    ...(form.team !== undefined && { team: form.team }),
  };
}

/** What the service knows of a schedule and cannot be told. */
const readOnly: ReadonlySet<string> = new Set([
  ...['id', 'created_at', 'updated_at', 'created_by', 'updated_by', 'history', 'scope', 'team'],
  ...['environment', 'last_spawn_error'],
]);

/**
 * What the service is sent to make a schedule as the form is: what it sent itself, but for what it only tells, with the members
 * changed in which the form is another. So all else stays as it came, also what no form can have.
 * @param form as it is to be sent: see `settled`
 */
export function replacementOf(form: ScheduleForm, { schedule, raw }: WholeSchedule): ScheduleUpdate {
  const settable = Object.fromEntries(Object.entries(raw).filter(([name]) => !readOnly.has(name)));
  return patched(settable, bodyOf(formOf(schedule)), bodyOf(form)) as ScheduleUpdate;
}

/** By field, in the order of a form. What is wrong with the times beside that, `checkCron` says. */
export function problemsIn(form: ScheduleForm): FormProblem[] {
  const { idle_timeout_minutes: idle } = form.config;
  const skill = form.skill?.trim() ?? '';
  const isIdleFine = idle === undefined || (Number.isInteger(idle) && idle >= shortestIdle && idle <= longestIdle);
  return [
    ...(form.name.trim() ? [] : [{ field: 'name', kind: 'missing' } as const]),
    ...(form.prompt.trim() || skill ? [] : [{ field: 'prompt', kind: 'missing' } as const]),
    ...(!skill || skillPlace(skill) ? [] : [{ field: 'skill', kind: 'notASkill' } as const]),
    ...(form.cron.trim() ? [] : [{ field: 'cron', kind: 'missing' } as const]),
    ...(isIdleFine ? [] : [{ field: 'idleTimeoutMinutes', kind: 'outOfRange' } as const]),
  ];
}

export function scheduleOptionsOf({ config, newer }: ScheduleForm): ScheduleOptions {
  const identity: unknown = newer?.agent_uid;
  return optionsOf({ config, ...(typeof identity === 'string' && { agent_identity_uid: identity }) });
}

/** Where an option is in `agent_config`. */
const placeOf: Record<Exclude<keyof ScheduleOptions, 'identity'>, readonly [keyof ScheduleConfig, string?]> = {
  name: ['name'],
  basePrompt: ['base_prompt'],
  mcpServers: ['mcp_servers'],
  computerUse: ['computer_use_enabled'],
  idleTimeoutMinutes: ['idle_timeout_minutes'],
  workerHost: ['worker_host'],
  harness: ['harness', 'type'],
  harnessModel: ['harness', 'model_id'],
  harnessReasoning: ['harness', 'reasoning_level'],
  harnessSecret: ['harness_auth_secrets', 'claude_auth_secret_name'],
  sharing: ['session_sharing', 'public_access'],
};

export const scheduleOptionNames = ['identity', ...Object.keys(placeOf)] as (keyof ScheduleOptions)[];

/** What a form has that none of its fields shows: it is kept as it is. */
export function unshownMembers({ config, newer = {} }: ScheduleForm): string[] {
  const shown = new Set<string>([...Object.values(placeOf).map(([member]) => member), 'agent_uid', 'mode']);
  const members: [string, unknown][] = [...Object.entries(config), ...Object.entries(newer)];
  return members
    .filter(([name, value]) => !shown.has(name) && value !== undefined && value !== null)
    .map(([name]) => name);
}

/** The form with another value of one option; undefined or empty leaves it to the service. Nothing else changes. */
export function withScheduleOption<Name extends Exclude<keyof ScheduleOptions, 'mcpServers' | 'identity'>>(
  form: ScheduleForm,
  name: Name,
  value: ScheduleOptions[Name],
): ScheduleForm {
  const [member, inner] = placeOf[name];
  if (inner === undefined) {
    return { ...form, config: withMember(form.config, member, value) };
  }
  const changed = withMember((form.config[member] ?? {}) as object, inner, value);
  const isEmpty = Object.keys(changed).length === 0;
  return { ...form, config: withMember(form.config, member, isEmpty ? undefined : changed) };
}

/** The form with runs that act as another identity, or as the owner of the API key. */
export function withIdentity(form: ScheduleForm, uid: string | undefined): ScheduleForm {
  const newer = withMember(form.newer ?? {}, 'agent_uid', uid);
  return { ...form, newer: Object.keys(newer).length > 0 ? newer : undefined };
}

/** The form with other MCP servers, or without. */
export function withMcpServers(form: ScheduleForm, servers: ScheduleConfig['mcp_servers']): ScheduleForm {
  return { ...form, config: withMember(form.config, 'mcp_servers', servers) };
}

/** Undefined or empty takes the member away. */
function withMember(container: object, member: string, value: unknown): object {
  const others = Object.entries(container).filter(([name]) => name !== member);
  return { ...Object.fromEntries(others), ...given({ [member]: value }) };
}

/** All members of a form as the service has them, but its owner. */
function bodyOf({
  name,
  cron,
  prompt,
  enabled,
  skill,
  environment,
  model,
  config,
  newer,
}: ScheduleForm): ScheduleUpdate & {
  agent_config: AgentConfig;
} {
  return {
    ...newer,
    name,
    cron_schedule: cron,
    enabled,
    ...(prompt && { prompt }),
    agent_config: {
      ...config,
      ...(skill !== undefined && { skill_spec: skill }),
      ...(environment !== undefined && { environment_id: environment }),
      ...(model !== undefined && { model_id: model }),
    },
  };
}

/** `value` with what is different between `before` and `after`, as deep as all three are objects. */
function patched(value: unknown, before: unknown, after: unknown): unknown {
  if (isDeepStrictEqual(before, after)) {
    return value;
  }
  const [json, old, now] = [asRecord(value), asRecord(before), asRecord(after)];
  if (!json || !old || !now) {
    return after;
  }
  const names = new Set([...Object.keys(json), ...Object.keys(now)]);
  return Object.fromEntries(
    [...names]
      .map((name) => [name, patched(memberOf(json, name), memberOf(old, name), memberOf(now, name))] as const)
      .filter(([, member]) => member !== undefined),
  );
}
