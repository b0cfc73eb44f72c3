import type { LaunchRequest } from '../oz/types';
import type { Attachment } from './attachment';

/** What a person chose, with the name to show while the lists load. An `id` of undefined: none, or the default. */
export interface Choice {
  id?: string;
  name: string;
}

/** What a launch has besides prompt, skill, title, environment and model. What is missing is the service's own choice. */
export interface LaunchOptions {
  /** A label to group runs by: `config.name`. */
  name?: string;
  /** True: the team owns the run; false: the person does. */
  team?: boolean;
  /** The agent to act as; only for runs that the team owns. */
  identity?: Choice;
  /** Standing instructions before the prompt. */
  basePrompt?: string;
  mcpServers?: McpSource;
  computerUse?: boolean;
  /** 1 to 60. */
  idleTimeoutMinutes?: number;
  workerHost?: string;
  /** One of `harnesses`, or one that a newer service knows. */
  harness?: string;
  harnessModel?: string;
  harnessReasoning?: string;
  /** The name of a secret that the service keeps, never the secret itself. */
  harnessSecret?: string;
  /** What everybody with the link may do: `VIEWER` or `EDITOR`. */
  sharing?: string;
  attachments?: readonly Attachment[];
  /** The attachments of the launch that this one is like go along too. */
  keptAttachments?: true;
  /** The run that the new one belongs to. */
  parentRun?: Choice;
  /** The id of a conversation to carry on. */
  conversation?: string;
  interactive?: boolean;
}

/**
 * Where the MCP servers come from: a file of JSON, by its address, read when the launch is sent; or the launch that this one
 * is like. They may have secrets, so they are never kept themselves.
 */
export type McpSource = { file: string } | { asBefore: true };

export type OptionName = keyof LaunchOptions;

export const harnesses = ['oz', 'claude', 'gemini', 'codex'] as const;
/** The only one that the service takes the name of a secret for. */
export const harnessWithSecret = 'claude';

type Config = NonNullable<LaunchRequest['config']>;

/** What is read from files when a launch is sent. */
export interface LaunchContents {
  mcpServers?: Config['mcp_servers'];
  attachments?: LaunchRequest['attachments'];
}

/** The options of a launch. Members that are not known here are left to `withOptions`, which keeps them. */
export function optionsOf(request: LaunchRequest): LaunchOptions {
  const { config = {}, team, agent_identity_uid: identity, conversation_id: conversation, interactive } = request;
  const { parent_run_id: parent, attachments = [] } = request;
  const hasServers = Object.keys(config.mcp_servers ?? {}).length > 0;
  return given<LaunchOptions>({
    name: config.name,
    team,
    identity: identity ? { id: identity, name: identity } : undefined,
    basePrompt: config.base_prompt,
    mcpServers: hasServers ? { asBefore: true } : undefined,
    computerUse: config.computer_use_enabled,
    idleTimeoutMinutes: config.idle_timeout_minutes,
    workerHost: config.worker_host,
    harness: config.harness?.type,
    harnessModel: config.harness?.model_id,
    harnessReasoning: config.harness?.reasoning_level,
    harnessSecret: config.harness_auth_secrets?.claude_auth_secret_name,
    sharing: config.session_sharing?.public_access,
    keptAttachments: attachments.length > 0 ? true : undefined,
    parentRun: parent ? { id: parent, name: parent } : undefined,
    conversation,
    interactive,
  });
}

/**
 * The members of a request for these options.
 * @param like an earlier launch: of it come the members that no option stands for, and what is kept of it
 */
export function withOptions(
  options: LaunchOptions,
  contents: LaunchContents,
  like: LaunchRequest = {},
): { members: LaunchRequest; config: Config } {
  const { config: before = {} } = like;
  const { harness, mcpServers, keptAttachments } = options;
  const attachments = [...((keptAttachments && like.attachments) ?? []), ...(contents.attachments ?? [])];
  const isAsBefore = mcpServers !== undefined && 'asBefore' in mcpServers;
  const type = harness as NonNullable<Config['harness']>['type'];
  const model = { model_id: options.harnessModel, reasoning_level: options.harnessReasoning };
  const sharing = options.sharing as NonNullable<Config['session_sharing']>['public_access'];
  return {
    members: {
      ...like,
      team: options.team,
      agent_identity_uid: options.identity?.id,
      conversation_id: options.conversation,
      parent_run_id: options.parentRun?.id,
      interactive: options.interactive,
      attachments: attachments.length > 0 ? attachments : undefined,
    },
    config: {
      ...before,
      name: options.name,
      base_prompt: options.basePrompt,
      mcp_servers: isAsBefore ? before.mcp_servers : mcpServers && contents.mcpServers,
      computer_use_enabled: options.computerUse,
      idle_timeout_minutes: options.idleTimeoutMinutes,
      worker_host: options.workerHost,
      harness: filled({ ...before.harness, type, ...model }),
      harness_auth_secrets: filled({ ...before.harness_auth_secrets, claude_auth_secret_name: options.harnessSecret }),
      session_sharing: filled({ ...before.session_sharing, public_access: sharing }),
    },
  };
}

/** Without the members that say nothing. */
export function given<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== '')) as T;
}

function filled<T extends object>(members: T): T | undefined {
  const left = given(members);
  return Object.keys(left).length > 0 ? left : undefined;
}
