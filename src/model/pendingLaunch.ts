import { asList, asNumber, asRecord, asText } from '../oz/json';
import type { ApiProblem } from '../oz/problems';
import type { LaunchRequest } from '../oz/types';
import type { KeptProblem } from './followUp';
import { isDoubtful } from './doubt';
import { markOf, type Sought, type SoughtRequest } from './launchMatch';
import { isOfKey } from './loadStatus';

/**
 * `sending`: on its way, or it was when its window went. `looking`: the run may exist and is looked for. `unsure`: it was not
 * found. `failed`: there is none. The last two wait for a person; only a person sends a launch again.
 */
export type LaunchState = 'sending' | 'looking' | 'unsure' | 'failed';

/** What a launch had that is not kept. */
export interface LeftOutOfLaunch {
  /** Names of attached files. */
  attachments: readonly string[];
  /** Names of MCP servers, which may have secrets. */
  mcpServers: readonly string[];
  /** Only the beginning of the prompt is kept. */
  prompt: boolean;
}

/** A launch from the click until its run is known, or a person gives it up. */
export interface PendingLaunch extends Sought {
  /** Stays the same when it is sent again; `at` does not. */
  readonly id: string;
  readonly request: SoughtRequest;
  readonly leftOut: LeftOutOfLaunch;
  /** A person wrote something for it, which may be kept nowhere else. */
  readonly isTyped: boolean;
  readonly state: LaunchState;
  /** Why it is not known to be launched. */
  readonly problem?: KeptProblem;
  /** A person stopped it, too late. */
  readonly isCancelled?: boolean;
  /** The run, where the service named it and no more came of it. */
  readonly runId?: string;
  /** The window that is at it, and when that was last known to live, in milliseconds since 1970. */
  readonly window: string;
  readonly beat: number;
}

/** A prompt of more characters is kept by its beginning and a mark: what people type is shorter. */
const longestPrompt = 300_000;
const beginning = 2000;

/** The launch as it may be stored: no file's bytes, no secret, and not too long. */
export function storable(request: LaunchRequest): Pick<PendingLaunch, 'request' | 'leftOut'> {
  const { attachments = [], prompt = '', config, ...rest } = request;
  const { mcp_servers: servers = {}, ...others } = config ?? {};
  // A shared server is named by its id alone.
  const isShared = (server: object): boolean => Object.keys(server).join() === 'warp_id';
  const shared = Object.entries(servers).filter(([, server]) => isShared(server));
  const isLong = prompt.length > longestPrompt;
  return {
    request: {
      ...rest,
      ...(prompt && { prompt: isLong ? prompt.slice(0, beginning) : prompt }),
      ...(isLong && { wholePrompt: markOf(prompt.trim()) }),
      ...(config && { config: { ...others, ...(shared.length > 0 && { mcp_servers: Object.fromEntries(shared) }) } }),
    },
    leftOut: {
      attachments: attachments.map((one) => one.file_name),
      mcpServers: Object.entries(servers).flatMap(([name, server]) => (isShared(server) ? [] : [name])),
      prompt: isLong,
    },
  };
}

export function isWhole({ attachments, mcpServers, prompt }: LeftOutOfLaunch): boolean {
  return attachments.length === 0 && mcpServers.length === 0 && !prompt;
}

/** A window is at it, or was. */
export function isUnderWay({ state }: PendingLaunch): boolean {
  return state === 'sending' || state === 'looking';
}

/** Its run may still turn up. */
export function mayTurnUp({ state, problem }: PendingLaunch): boolean {
  return state === 'unsure' || (state === 'failed' && problem !== undefined && isDoubtful(problem));
}

/** It failed for want of a key that the service takes: no account has anything to do with it. */
export function failedForKey({ state, problem }: PendingLaunch): boolean {
  return state === 'failed' && isOfKey(problem);
}

export function keptProblem({ facts }: ApiProblem): KeptProblem {
  const { kind, code, message, status, retryAfter, retryable } = facts;
  return { kind, code, message, status, retryAfter, retryable };
}

const states: readonly string[] = ['sending', 'looking', 'unsure', 'failed'] satisfies LaunchState[];

/** A launch as it was stored, perhaps by another version; undefined for what is none. */
export function pendingLaunchIn(value: unknown): PendingLaunch | undefined {
  const {
    id,
    at,
    serverAt,
    creator,
    request,
    leftOut,
    isTyped,
    state,
    problem,
    isCancelled,
    runId,
    candidate,
    window,
    beat,
  } = asRecord(value) ?? {};
  if (typeof id !== 'string' || typeof at !== 'number' || !asRecord(request)) {
    return undefined;
  }
  const { attachments, mcpServers, prompt } = asRecord(leftOut) ?? {};
  return {
    id,
    at,
    serverAt: asNumber(serverAt),
    creator: asText(creator),
    request: request as SoughtRequest,
    leftOut: { attachments: texts(attachments), mcpServers: texts(mcpServers), prompt: prompt === true },
    isTyped: isTyped !== false,
    // A state that is not known may mean anything: a person decides.
    state: typeof state === 'string' && states.includes(state) ? (state as LaunchState) : 'unsure',
    problem: asText(asRecord(problem)?.kind) === undefined ? undefined : (problem as KeptProblem),
    isCancelled: isCancelled === true,
    runId: asText(runId),
    candidate: asText(candidate),
    window: asText(window) ?? '',
    beat: asNumber(beat) ?? 0,
  };
}

function texts(value: unknown): string[] {
  return asList(value).filter((one) => typeof one === 'string');
}
