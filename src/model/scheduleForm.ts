import type { AgentConfig, Schedule, ScheduleRequest, ScheduleUpdate } from '../oz/types';
import { given, type LaunchOptions, optionsOf } from './launchOptions';
import { skillPlace } from './skillSpec';

/** `agent_config` without what the form has by itself; what nobody here knows is in it too, as it came. */
export type ScheduleConfig = Omit<AgentConfig, 'skill_spec' | 'environment_id' | 'model_id'>;

/** Members of a schedule that a newer service has: they are kept, and sent back as they came. */
export const newerMembers = ['agent_uid', 'mode', 'metadata'] as const;

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

/** The options of a launch that a schedule's runs can have, too: what `config` says. */
export type ScheduleOptions = Omit<
  LaunchOptions,
  'team' | 'identity' | 'attachments' | 'keptAttachments' | 'parentRun' | 'conversation' | 'interactive'
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

/**
 * What the service is sent: for a new schedule, or to replace all of `base`. Of `base` comes what is not in the form, and how
 * untouched text is spaced.
 */
export function requestOf(form: ScheduleForm): ScheduleRequest;
export function requestOf(form: ScheduleForm, base: Schedule): ScheduleUpdate;
export function requestOf(form: ScheduleForm, base?: Schedule): ScheduleRequest | ScheduleUpdate {
  const prompt = tidy(form.prompt, base?.prompt);
  const config: AgentConfig = {
    ...form.config,
    ...(form.skill !== undefined && { skill_spec: tidy(form.skill, base?.agent_config?.skill_spec) }),
    ...(form.environment !== undefined && { environment_id: form.environment }),
    ...(form.model !== undefined && { model_id: form.model }),
  };
  return {
    ...(base && formOf(base).newer),
    ...form.newer,
    name: tidy(form.name, base?.name),
    cron_schedule: tidy(form.cron, base?.cron_schedule),
    enabled: form.enabled,
    ...(prompt && { prompt }),
    ...((base?.agent_config ?? Object.keys(config).length > 0) && { agent_config: config }),
    ...(!base && form.team !== undefined && { team: form.team }),
  };
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

/** What `config` says, as the options of a launch. */
export function scheduleOptionsOf({ config }: ScheduleForm): ScheduleOptions {
  return optionsOf({ config });
}

/** Where an option is in `agent_config`. */
const placeOf: Record<keyof ScheduleOptions, readonly [keyof ScheduleConfig, string?]> = {
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

export const scheduleOptionNames = Object.keys(placeOf) as (keyof ScheduleOptions)[];

/** The form with another value of one option; undefined or empty leaves it to the service. Nothing else changes. */
export function withScheduleOption<Name extends Exclude<keyof ScheduleOptions, 'mcpServers'>>(
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

/** The form with other MCP servers, or without. */
export function withMcpServers(form: ScheduleForm, servers: ScheduleConfig['mcp_servers']): ScheduleForm {
  return { ...form, config: withMember(form.config, 'mcp_servers', servers) };
}

/** Undefined or empty takes the member away. */
function withMember(container: object, member: string, value: unknown): object {
  const others = Object.entries(container).filter(([name]) => name !== member);
  return { ...Object.fromEntries(others), ...given({ [member]: value }) };
}

/** Without the spaces around what a person typed; what was there before stays as it is. */
function tidy(text: string, before: string | undefined): string {
  return text === before ? text : text.trim();
}
