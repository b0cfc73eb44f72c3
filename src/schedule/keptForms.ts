import type { SentSchedule } from '../model/scheduleCreation';
import type { ScheduleForm } from '../model/scheduleForm';
import type { Memento } from '../model/memento';
import { asRecord, memberOf } from '../oz/json';
import type { Schedule } from '../oz/types';
import type { KeptServers } from './keptServers';

/** What was typed and not saved, with the schedule that it began with. */
export interface KeptForm {
  form: ScheduleForm;
  base?: Schedule;
  /** What a new one began with. */
  start?: ScheduleForm;
  /** What became of the MCP servers, which are in none of these when they come back. */
  servers?: KeptServers;
  /** It was sent, and whether it was created is not known. */
  sent?: SentSchedule;
}

/** The forms that were not saved. MCP servers may have secrets in them, so none are kept. */
export class KeptForms {
  /** What this window keeps, as it was written or read: in a window without a folder, others keep theirs in the same place. */
  readonly #own = new Map<string, string>();

  constructor(private readonly memento: Memento & { keys(): readonly string[] }) {}

  /** Where something is kept. */
  keys(): string[] {
    return this.memento.keys().flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  }

  get(key: string): KeptForm | undefined {
    const kept = this.memento.get(keyOf(key));
    if (!isKept(kept)) {
      return undefined;
    }
    this.#own.set(key, JSON.stringify(kept));
    const { sent, ...others } = kept;
    return isSent(sent) ? kept : others;
  }

  /** Ends when it is kept. */
  async keep(key: string, kept: KeptForm): Promise<void> {
    const text = JSON.stringify(kept, (name, value: unknown) => (name === 'mcp_servers' ? undefined : value));
    this.#own.set(key, text);
    // It may be long, and VS Code writes all of it each time.
    if (JSON.stringify(this.memento.get(keyOf(key))) !== text) {
      await this.memento.update(keyOf(key), JSON.parse(text));
    }
  }

  /** What another window keeps there stays. */
  forget(key: string): void {
    const kept = this.memento.get(keyOf(key));
    if (kept !== undefined && (!isKept(kept) || this.#own.get(key) === JSON.stringify(kept))) {
      void this.memento.update(keyOf(key), undefined);
    }
    this.#own.delete(key);
  }
}

const prefix = 'agentRuns.schedule.form.';

function keyOf(key: string): string {
  return prefix + key;
}

/** A newer or older version of the extension may have written it. */
function isKept(value: unknown): value is KeptForm {
  return isForm(memberOf(value, 'form'));
}

function isSent(value: unknown): value is SentSchedule {
  return (
    isForm(memberOf(value, 'form')) &&
    Array.isArray(memberOf(value, 'before')) &&
    typeof memberOf(value, 'at') === 'number'
  );
}

function isForm(form: unknown): boolean {
  return (
    ['name', 'cron', 'prompt'].every((name) => typeof memberOf(form, name) === 'string') &&
    typeof memberOf(form, 'enabled') === 'boolean' &&
    asRecord(memberOf(form, 'config')) !== undefined
  );
}
