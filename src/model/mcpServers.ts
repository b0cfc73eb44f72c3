import { asRecord, memberOf } from '../oz/json';
import type { LaunchRequest } from '../oz/types';
import { readJsonText } from './jsonText';

export type McpServers = NonNullable<NonNullable<LaunchRequest['config']>['mcp_servers']>;

/** What is wrong with a file of MCP servers. `path` leads to it through the names of members. */
export type McpProblem =
  | { kind: 'tooLong' }
  /** 1-based. */
  | { kind: 'notJson'; line: number; column: number }
  | { kind: 'noServers' }
  /** `oneWay`: exactly one of `warp_id`, `command` and `url`. */
  | { kind: 'wrong'; path: readonly string[]; need: 'object' | 'oneWay' | 'text' | 'texts' | 'address' };

export interface McpFile {
  servers: McpServers;
  /** Members that editors know and the service does not, as `server.member`: they are not sent. */
  leftOut: string[];
  /** There are `${…}` that an editor would fill in: the service gets them as they stand. */
  hasPlaceholders: boolean;
}

/** In UTF-16 units. */
export const longestMcpFile = 200_000;

const ways = ['warp_id', 'command', 'url'] as const;
/** Editors write it beside what says the same. */
const impliedMember = 'type';
const wrappers = ['mcpServers', 'servers', 'mcp_servers'];

/** The servers of a file in one of the forms that editors write: below `mcpServers` or `servers`, or alone. */
export function readMcpServers(text: string): McpFile | { problem: McpProblem } {
  if (text.length > longestMcpFile) {
    return { problem: { kind: 'tooLong' } };
  }
  const read = readJsonText(text);
  if ('wrongAt' in read) {
    return { problem: { kind: 'notJson', ...placeOf(text, read.wrongAt) } };
  }
  const { path, inner } = unwrapped(read.value);
  const servers = asRecord(inner);
  if (!servers) {
    return { problem: { kind: 'wrong', path, need: 'object' } };
  }
  const entries = Object.entries(servers);
  if (entries.length === 0) {
    return { problem: { kind: 'noServers' } };
  }
  const problem = entries.map(([name, server]) => problemOf([...path, name], server)).find(Boolean);
  if (problem) {
    return { problem };
  }
  const known = entries.map(([name, server]) => [name, knownMembers(server as object)] as const);
  return {
    servers: Object.fromEntries(known),
    leftOut: entries.flatMap(([name, server]) =>
      Object.keys(server as object)
        .filter((member) => !isKnown(member) && member !== impliedMember)
        .map((member) => `${name}.${member}`),
    ),
    hasPlaceholders: JSON.stringify(known).includes('${'),
  };
}

function unwrapped(value: unknown): { path: string[]; inner: unknown } {
  const outer = asRecord(value) ?? {};
  const wrapper = wrappers.find((name) => Object.hasOwn(outer, name));
  const inner = wrapper === undefined ? undefined : outer[wrapper];
  // A server alone may have such a name.
  return wrapper === undefined || ways.some((way) => typeof memberOf(inner, way) === 'string')
    ? { path: [], inner: value }
    : { path: [wrapper], inner };
}

function problemOf(path: readonly string[], server: unknown): McpProblem | undefined {
  const wrong = (need: Extract<McpProblem, { kind: 'wrong' }>['need'], ...below: string[]): McpProblem => ({
    kind: 'wrong',
    path: [...path, ...below],
    need,
  });
  if (!asRecord(server)) {
    return wrong('object');
  }
  const [way, ...others] = ways.filter((name) => memberOf(server, name) !== undefined);
  if (way === undefined || others.length > 0) {
    return wrong('oneWay');
  }
  const named = memberOf(server, way);
  if (typeof named !== 'string' || named.trim() === '') {
    return wrong('text', way);
  }
  if (way === 'url' && !isWebAddress(named)) {
    return wrong('address', way);
  }
  const args = memberOf(server, 'args');
  if (args !== undefined && !(Array.isArray(args) && args.every((one) => typeof one === 'string'))) {
    return wrong('texts', 'args');
  }
  for (const member of ['env', 'headers']) {
    const values = memberOf(server, member);
    if (values !== undefined && !asRecord(values)) {
      return wrong('object', member);
    }
    const [name] = Object.entries(values ?? {}).find(([, value]) => typeof value !== 'string') ?? [];
    if (name !== undefined) {
      return wrong('text', member, name);
    }
  }
  return undefined;
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

function isKnown(member: string): boolean {
  return [...ways, 'args', 'env', 'headers'].includes(member);
}

function knownMembers(server: object): McpServers[string] {
  return Object.fromEntries(Object.entries(server).filter(([member]) => isKnown(member)));
}

function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at);
  return { line: before.split('\n').length, column: at - before.lastIndexOf('\n') };
}
