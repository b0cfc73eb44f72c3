import { isDeepStrictEqual } from 'node:util';
import type { ScheduleForm } from '../model/scheduleForm';

/** What became of the MCP servers of a form. They may have secrets in them, so that this is kept in their place. */
export type KeptServers =
  /** They are those that the form began with. */
  | 'asBegun'
  | 'removed'
  /** Others were chosen. */
  | 'chosen';

/** Undefined where there are none, as in the beginning. */
export function serversToKeep(form: ScheduleForm, start: ScheduleForm): KeptServers | undefined {
  const [servers, before] = [form.config.mcp_servers, start.config.mcp_servers];
  if (isDeepStrictEqual(servers, before)) {
    return before && 'asBegun';
  }
  return servers ? 'chosen' : 'removed';
}

/**
 * A form that was kept with the servers that it begins with again.
 * @param isBeginningKnown `start` has all that there is to begin with
 */
export function withKeptServers(
  form: ScheduleForm,
  kept: KeptServers | undefined,
  start: ScheduleForm,
  isBeginningKnown: boolean,
): { form: ScheduleForm; lost?: KeptServers } {
  const servers = start.config.mcp_servers;
  if (kept === 'removed' || servers === undefined) {
    const isLost = kept === 'chosen' || (kept === 'asBegun' && !isBeginningKnown);
    return { form, ...(isLost && { lost: kept }) };
  }
  const whole = { ...form, config: { ...form.config, mcp_servers: servers } };
  return { form: whole, ...(kept === 'chosen' && { lost: kept }) };
}
