import { asRecord, type JsonRecord } from '../oz/json';
import { redacted } from '../oz/redact';
import type { Run } from '../oz/types';

/** Members of a run, of its configuration and of its state's words that have a place of their own. */
const known = {
  run: [
    'run_id',
    'task_id',
    'title',
    'state',
    'execution_location',
    'prompt',
    'submitted_prompt',
    'created_at',
    'updated_at',
    'started_at',
    'finished_at',
    'run_time',
    'status_message',
    'source',
    'schedule',
    'session_id',
    'session_link',
    'trigger_url',
    'creator',
    'executor',
    'request_usage',
    'model_token_usage',
    'agent_config',
    'conversation_id',
    'parent_run_id',
    'root_run_id',
    'is_sandbox_running',
    'is_run_type_cancellable',
    'artifacts',
    'agent_skill',
    'scope',
  ],
  config: [
    'name',
    'model_id',
    'base_prompt',
    'environment_id',
    'skill_spec',
    'mcp_servers',
    'computer_use_enabled',
    'idle_timeout_minutes',
    'worker_host',
    'harness',
    'harness_auth_secrets',
    'session_sharing',
  ],
  status: ['message', 'error_code', 'retryable', 'trace_id'],
} satisfies Record<string, readonly string[]>;

/** Names of members whose values nobody is shown. */
const secretName =
  /secret|passw|credential|authorization|cookie|private|api_?key|^(env|headers|token)$|_token$|signature/i;

const hidden = '…';
const deepest = 8;

/**
 * What the service tells of a run that this extension does not know, as it came. Values that may be secrets are left out, and
 * so is what stands behind an address: it may be a signature.
 */
export function unknownMembers(run: Run): JsonRecord {
  const config = rest(asRecord(run.agent_config), known.config);
  const status = rest(asRecord(run.status_message), known.status);
  const usage = asRecord(run.request_usage) ?? {};
  // Its numbers are all told, whatever their names are.
  const words = Object.entries(usage).filter(([, value]) => typeof value === 'string' || typeof value === 'boolean');
  const members: JsonRecord = {
    ...rest(asRecord(run), known.run),
    ...(Object.keys(config).length > 0 && { agent_config: config }),
    ...(Object.keys(status).length > 0 && { status_message: status }),
    ...(words.length > 0 && { request_usage: Object.fromEntries(words) }),
  };
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, shown(name, value, 0)]));
}

/** A value of any shape without what may be a secret. */
export function withoutSecrets(value: unknown): unknown {
  return shown('', value, 0);
}

function rest(record: JsonRecord | undefined, names: readonly string[]): JsonRecord {
  return Object.fromEntries(Object.entries(record ?? {}).filter(([name]) => !names.includes(name)));
}

function shown(name: string, value: unknown, depth: number): unknown {
  if (secretName.test(name)) {
    return hidden;
  }
  if (typeof value === 'string') {
    return redacted(value, { keys: [], home: '', user: '' });
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (depth >= deepest) {
    return hidden;
  }
  return Array.isArray(value)
    ? value.map((item: unknown) => shown('', item, depth + 1))
    : Object.fromEntries(Object.entries(value).map(([key, member]) => [key, shown(key, member, depth + 1)]));
}
