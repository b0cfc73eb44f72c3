/** What stands where a value is not shown. */
const HIDDEN = '***';

/** An answer in which no value of an MCP server's `env` or `headers` is shown. Whether the service does so is not known. */
export function withHiddenSecrets(answer: unknown): unknown {
  return JSON.parse(JSON.stringify(answer), (name, value: unknown) =>
    name === 'mcp_servers' && isObject(value) ? mapped(value, hiddenIn) : value,
  );
}

function hiddenIn(server: unknown): unknown {
  if (!isObject(server)) return server;
  const secret = (member: unknown): unknown => (isObject(member) ? mapped(member, () => HIDDEN) : member);
  return Object.fromEntries(
    Object.entries(server).map(([name, member]) => [
      name,
      name === 'env' || name === 'headers' ? secret(member) : (member as unknown),
    ]),
  );
}

function mapped(value: object, change: (member: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, change(member)]));
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
