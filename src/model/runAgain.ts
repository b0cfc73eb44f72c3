import { memberOf } from '../oz/json';
import type { AgentConfig, LaunchRequest, Run } from '../oz/types';

/** What a new run does not have of the run that it repeats. */
export type LeftOut =
  /** The service shows that there is a value, not which. `member` is `env` or `headers` of an MCP server. */
  | { kind: 'secret'; server: string; member: string; name: string }
  /** It cannot be told from the skill's own text, which the service adds by itself. */
  | { kind: 'prompt' }
  /** It acted as this agent, and what the service would have to be told for that is not known. */
  | { kind: 'agent'; name: string };

type Servers = NonNullable<AgentConfig['mcp_servers']>;

/** Values that stand for a secret: nothing, asterisks or bullets, or the word. */
const hidden = /^\s*$|\*{3}|•{3}|\bredacted\b/i;

/** True for a run that can be launched anew: it was told something to do, and not on somebody's machine. */
export function canRunAgain(run: Run): boolean {
  const isLocal = run.execution_location === 'LOCAL' || run.source === 'LOCAL';
  return !isLocal && (Boolean(run.agent_config?.skill_spec) || promptOf(run) !== '');
}

/** What a person told the agent; empty when that was nothing, or cannot be told from the text of the run's skill. */
export function promptOf(run: Run): string {
  const told = [run.submitted_prompt, isSkillsText(run) ? '' : run.prompt];
  return told.find((text) => text?.trim()) ?? '';
}

/**
 * The launch that this run came of, as far as the service tells: prompt and skill, title, owner and configuration, members
 * that are not known yet included. Never its place in the old run's conversation or family.
 */
export function requestFor(run: Run): LaunchRequest {
  const { skill_spec: skill, ...config } = withoutHidden(run.agent_config ?? {});
  const prompt = promptOf(run);
  const owner = run.scope?.type;
  return {
    ...(prompt && { prompt }),
    ...(skill && { skill }),
    ...(run.title && { title: run.title }),
    ...((owner === 'User' || owner === 'Team') && { team: owner === 'Team' }),
    ...(Object.keys(config).length > 0 && { config }),
  };
}

/** A new run that goes on with the run's conversation, configured as it was; undefined while it has none. */
export function continuationOf(run: Run, message: string): LaunchRequest | undefined {
  const { config, team } = requestFor(run);
  return run.conversation_id
    ? {
        prompt: message,
        conversation_id: run.conversation_id,
        ...(config && { config }),
        ...(team !== undefined && { team }),
      }
    : undefined;
}

/** What `requestFor` leaves out, to be told before a launch. */
export function leftOutOf(run: Run): LeftOut[] {
  const { creator, executor } = run;
  const isPromptLost = run.prompt.includes('\n') && run.submitted_prompt === undefined && isSkillsText(run);
  const isAgents = executor?.type === 'service_account' && executor.uid !== creator?.uid;
  return [
    ...hiddenIn(run.agent_config ?? {}),
    ...(isPromptLost ? [{ kind: 'prompt' } as const] : []),
    ...(isAgents ? [{ kind: 'agent', name: executor.display_name ?? executor.uid ?? '' } as const] : []),
  ];
}

/** A configuration that something new can have: without the values that the service hides. */
export function withoutHidden(config: AgentConfig): AgentConfig {
  const { mcp_servers: servers, ...rest } = config;
  return { ...rest, ...(servers && { mcp_servers: withoutSecrets(servers) }) };
}

/** What `withoutHidden` leaves out. */
export function hiddenIn({ mcp_servers: servers = {} }: AgentConfig): LeftOut[] {
  return Object.entries(servers).flatMap(([server, config]) =>
    secretsOf(config).map(({ member, name }): LeftOut => ({ kind: 'secret', server, member, name })),
  );
}

/**
 * Whether the prompt that the service shows may be the text of the run's skill, alone or before what a person added: it is
 * when `submitted_prompt` tells them apart, and else unless it is a line of its own. A skill's text has several.
 */
function isSkillsText({ agent_config: config, agent_skill: skill, submitted_prompt: submitted, prompt }: Run): boolean {
  if (!config?.skill_spec) {
    return false;
  }
  const own = [config.skill_spec, config.base_prompt, skill?.name, skill?.description];
  const text = prompt.trim();
  return submitted !== undefined || text.includes('\n') || own.some((one) => one?.trim() === text);
}

/** The environment variables and headers whose values are hidden. */
function secretsOf(server: unknown): { member: string; name: string }[] {
  return ['env', 'headers'].flatMap((member) =>
    Object.entries(recordIn(server, member))
      .filter(([, value]) => typeof value !== 'string' || hidden.test(value))
      .map(([name]) => ({ member, name })),
  );
}

function withoutSecrets(servers: Servers): Servers {
  return Object.fromEntries(
    Object.entries(servers).map(([name, server]) => {
      const secrets = secretsOf(server);
      const left = (member: string): object => {
        const values = Object.entries(recordIn(server, member));
        const kept = values.filter(([key]) => !secrets.some((one) => one.member === member && one.name === key));
        return kept.length < values.length ? { [member]: Object.fromEntries(kept) } : {};
      };
      return [name, secrets.length > 0 ? { ...server, ...left('env'), ...left('headers') } : server];
    }),
  );
}

function recordIn(container: unknown, member: string): object {
  const value = memberOf(container, member);
  return typeof value === 'object' && value !== null ? value : {};
}
