import { listIn, notOz, withIds } from './answer';
import { environmentConfig, person, scope } from './commonFits';
import { amount, flag, type Fit, list, members, needed, object, or, text } from './fit';
import { type JsonRecord, memberOf, parsed } from './json';
import { ApiProblem } from './problems';
import type {
  ArtifactAnswer,
  FollowUpOutcome,
  LaunchAnswer,
  Open,
  Run,
  RunPage,
  Schedule,
  WholeSchedule,
} from './types';

/*
 * What the rest of the extension relies on is checked here, once. Members it needs get a safe default (a date that is
 * missing is the empty string), members of another type than described are left out, unknown members and values stay.
 */

const agentConfig = members({
  name: text,
  model_id: text,
  base_prompt: text,
  environment_id: text,
  skill_spec: text,
  mcp_servers: object,
  computer_use_enabled: flag,
  idle_timeout_minutes: amount,
  worker_host: text,
  harness: members({ type: text, model_id: text, reasoning_level: text }),
  harness_auth_secrets: object,
  session_sharing: object,
});

const artifactData = {
  artifact_uid: text,
  document_uid: text,
  notebook_uid: text,
  url: text,
  title: text,
  branch: text,
  status: text,
  mime_type: text,
  description: text,
  filepath: text,
  filename: text,
  size_bytes: amount,
  reference_type: text,
};

/** The members that each kind of artifact always has. */
const artifactNeeds: Partial<Record<string, readonly (keyof typeof artifactData)[]>> = {
  PLAN: ['document_uid'],
  PULL_REQUEST: ['url', 'branch'],
  SCREENSHOT: ['artifact_uid', 'mime_type'],
  FILE: ['artifact_uid', 'filepath', 'filename', 'mime_type'],
  EXTERNAL_REFERENCE: ['reference_type', 'url'],
};

const artifact: Fit = (value) => {
  const type = text(object(value)?.artifact_type);
  if (type === undefined) {
    return undefined;
  }
  const needs = artifactNeeds[type] ?? [];
  const data = { ...artifactData, ...Object.fromEntries(needs.map((name) => [name, needed])) };
  return members({ created_at: needed, data: (member) => members(data)(object(member) ?? {}) })(value);
};

const runFit = members({
  run_id: text,
  task_id: text,
  title: needed,
  prompt: needed,
  created_at: needed,
  updated_at: needed,
  started_at: text,
  finished_at: text,
  run_time: text,
  status_message: members({ message: needed, error_code: text, retryable: flag }),
  source: text,
  execution_location: text,
  schedule: members({ schedule_id: needed, schedule_name: needed, cron_schedule: needed }),
  session_id: text,
  session_link: text,
  trigger_url: text,
  creator: person,
  executor: person,
  request_usage: members({
    inference_cost: amount,
    compute_cost: amount,
    platform_cost: amount,
    inference_cost_usd: amount,
    compute_cost_usd: amount,
    platform_cost_usd: amount,
    total_tokens: amount,
    usage_by_category: object,
  }),
  agent_config: agentConfig,
  conversation_id: text,
  parent_run_id: text,
  root_run_id: text,
  submitted_prompt: text,
  is_sandbox_running: flag,
  is_run_type_cancellable: flag,
  artifacts: list(artifact),
  agent_skill: members({ name: text, description: text, full_path: text, bundled_skill_id: text }),
  scope,
  model_token_usage: list(object),
});

/** A state nobody has seen yet stays as it is; the service's own client knows `IN_PROGRESS` as another spelling. */
const state = (value: unknown): string => (value === 'IN_PROGRESS' ? 'INPROGRESS' : (text(value) ?? 'UNKNOWN'));

/** The old name of the run's id, which is still described as always there. */
function withTaskId<T extends { run_id: string }>(run: T): T & { task_id: string } {
  return { task_id: run.run_id, ...run };
}

/** A run, or undefined for what has no `run_id`. */
function runOrNothing(value: unknown): Run | undefined {
  const run = runFit(value) as Omit<Run, 'task_id'> | undefined;
  return run?.run_id ? { ...withTaskId(run), state: state(run.state) } : undefined;
}

/** @throws ApiProblem `notOz` when there is no run in the answer. */
export function runFrom(body: unknown): Run {
  return runOrNothing(body) ?? notOz('a run');
}

/**
 * A page of runs. The cursor is left out when there is no further page, and when the service gives back the one that it was
 * asked with: following it would never end.
 * @throws ApiProblem `notOz` when there is no list of runs in the answer.
 */
export function runPageFrom(body: unknown, askedWith: string | undefined): RunPage {
  const page = object(object(body)?.page_info);
  const cursor = page?.has_next_page === false ? undefined : text(page?.next_cursor);
  return {
    runs: listIn(body, 'runs', runOrNothing) as Run[],
    ...(cursor && cursor !== askedWith ? { nextCursor: cursor } : {}),
  };
}

/** @throws ApiProblem `notOz` when the answer names no run. */
export function launchAnswerFrom(body: unknown): LaunchAnswer {
  const answer = members({ run_id: text, task_id: text, at_capacity: flag })(body) as
    Omit<LaunchAnswer, 'task_id'> | undefined;
  if (!answer?.run_id) {
    return notOz('a launched run');
  }
  return { ...withTaskId(answer), state: state(answer.state) as LaunchAnswer['state'] };
}

/** The message was taken, whatever the answer looks like: an error here would call that into doubt. */
export function followUpOutcomeFrom(body: unknown): Open<FollowUpOutcome> | undefined {
  return text(memberOf(parsed(String(body)), 'outcome'));
}

const scheduleFit = members({
  id: text,
  name: needed,
  cron_schedule: needed,
  enabled: or(flag, true),
  prompt: needed,
  created_at: needed,
  updated_at: needed,
  last_spawn_error: text,
  agent_config: agentConfig,
  environment: environmentConfig,
  created_by: person,
  updated_by: person,
  history: members({ last_ran: text, next_run: text }),
  scope,
});

export function schedulesFrom(body: unknown): Schedule[] {
  return withIds(listIn(body, 'schedules', scheduleFit) as Schedule[], (schedule) => schedule.id);
}

/** @throws ApiProblem `notOz` when there is no schedule in the answer. */
export function scheduleFrom(body: unknown): Schedule {
  const schedule = scheduleFit(body) as Schedule | undefined;
  return schedule?.id ? schedule : notOz('a schedule');
}

/** @throws ApiProblem `notOz` when there is no schedule in the answer. */
export function wholeScheduleFrom(body: unknown): WholeSchedule {
  return { schedule: scheduleFrom(body), raw: object(body) ?? {} };
}

/** @throws ApiProblem `server` when the answer, as text, says that nothing was deleted; any other will do. */
export function checkDeleted(text: unknown): void {
  if (memberOf(parsed(String(text)), 'success') === false) {
    throw new ApiProblem({ kind: 'server', message: 'The service says that nothing was deleted.', retryable: true });
  }
}

const artifactAnswerData = {
  ...artifactData,
  content: text,
  content_type: or(text, 'application/octet-stream'),
  download_url: text,
  expires_at: needed,
};

/** @throws ApiProblem `notOz` when the answer has no kind, or neither a text nor a link. */
export function artifactAnswerFrom(body: unknown): ArtifactAnswer {
  const answer = members({
    artifact_uid: needed,
    artifact_type: text,
    created_at: needed,
    data: members(artifactAnswerData),
  })(body) as { artifact_type?: string; data?: JsonRecord } | undefined;
  const data = answer?.data;
  if (answer?.artifact_type === undefined || (data?.content === undefined && data?.download_url === undefined)) {
    return notOz('an artifact');
  }
  return answer as ArtifactAnswer;
}
