import { isDeepStrictEqual } from 'node:util';
import { asRecord, memberOf } from '../oz/json';
import { hiddenIn, type LeftOut } from './runAgain';
import { type ScheduleForm, withMcpServers } from './scheduleForm';

/**
 * The form with the MCP servers of another one where both are the same but for values that the service hides in `shown`: what
 * was sent and came back. It cannot be told from what was there `before` where that looks the same.
 */
export function withServersLike(
  form: ScheduleForm,
  other: ScheduleForm,
  { shown, before }: { shown: ScheduleForm; before: ScheduleForm },
): ScheduleForm {
  const { mcp_servers: servers } = shown.config;
  const hidden = hiddenIn(shown.config);
  const [one, two] = [masked(form, hidden), masked(other, hidden)];
  const isNew = hidden.length > 0 && !isDeepStrictEqual(servers, before.config.mcp_servers);
  return isNew && isDeepStrictEqual(one, two) ? withMcpServers(form, other.config.mcp_servers) : form;
}

/** The servers, with nothing in the place of each hidden value. */
function masked({ config }: ScheduleForm, hidden: readonly LeftOut[]): unknown {
  const servers = structuredClone(config.mcp_servers);
  for (const one of hidden) {
    const values = one.kind === 'secret' && asRecord(memberOf(memberOf(servers, one.server), one.member));
    if (values && Object.hasOwn(values, one.name)) {
      values[one.name] = null;
    }
  }
  return servers;
}
