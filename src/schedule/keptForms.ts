import { isDeepStrictEqual } from 'node:util';
import type { ScheduleForm } from '../model/scheduleForm';
import type { Memento } from '../model/seenRuns';
import type { Schedule } from '../oz/types';

/** What was typed and not saved, with the schedule that it began with. */
export interface KeptForm {
  form: ScheduleForm;
  base?: Schedule;
  /** What a new one began with. */
  start?: ScheduleForm;
  /** Servers were chosen, which are not kept. */
  lacksServers?: true;
}

/**
 * The forms that were not saved. MCP servers may have secrets in them, so none are kept: those of the schedule come back from
 * it, those that were chosen from a file have to be chosen again.
 */
export class KeptForms {
  constructor(private readonly memento: Memento) {}

  /** @param now the schedule as it is now, whose servers come back */
  get(key: string, now?: Schedule): KeptForm | undefined {
    const kept = this.memento.get(keyOf(key));
    if (!isKept(kept)) {
      return undefined;
    }
    const servers = now?.agent_config?.mcp_servers;
    if (servers === undefined || !kept.base) {
      return kept;
    }
    const base = { ...kept.base, agent_config: { ...kept.base.agent_config, mcp_servers: servers } };
    return { ...kept, base, form: { ...kept.form, config: { ...kept.form.config, mcp_servers: servers } } };
  }

  keep(key: string, { form, base, start }: KeptForm): void {
    const { mcp_servers: servers, ...config } = form.config;
    const { mcp_servers: before, ...agentConfig } = base?.agent_config ?? {};
    void this.memento.update(keyOf(key), {
      form: { ...form, config },
      ...(base && { base: base.agent_config ? { ...base, agent_config: agentConfig } : base }),
      ...(start && { start: { ...start, config: { ...start.config, mcp_servers: undefined } } }),
      ...(!isDeepStrictEqual(servers, before) && { lacksServers: true }),
    });
  }

  forget(key: string): void {
    if (this.memento.get(keyOf(key)) !== undefined) {
      void this.memento.update(keyOf(key), undefined);
    }
  }
}

function keyOf(key: string): string {
  return `agentRuns.schedule.form.${key}`;
}

/** A newer or older version of the extension may have written it. */
function isKept(value: unknown): value is KeptForm {
  const form: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'form') : undefined;
  const member = (name: string): unknown =>
    typeof form === 'object' && form !== null ? Reflect.get(form, name) : undefined;
  return (
    ['name', 'cron', 'prompt'].every((name) => typeof member(name) === 'string') &&
    typeof member('enabled') === 'boolean' &&
    typeof member('config') === 'object' &&
    member('config') !== null
  );
}
