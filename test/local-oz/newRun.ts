import type { components } from '../../src/oz/openapi';
import { iso } from './clock';
import { runIds, type Creator, type OzState, type Run } from './state';

export type LaunchRequest = components['schemas']['RunAgentRequest'];

export interface Launch {
  request: LaunchRequest;
  source: components['schemas']['RunSourceType'];
  creator: Creator;
  schedule?: components['schemas']['ScheduleInfo'];
}

/** The run that a launch makes: QUEUED, with all defaults filled in. */
export function newRun(state: OzState, { request, source, creator, schedule }: Launch): Run {
  const { skill, config = {}, prompt = '', title } = request;
  const id = state.random.uuid();
  const spec = skill ?? config.skill_spec;
  const known = spec === undefined ? undefined : findSkill(state, spec);
  const model = config.model_id ?? state.models.default_model_id;
  const executor =
    request.agent_identity_uid === undefined ? undefined : state.identities.get(request.agent_identity_uid);
  return {
    ...runIds(id),
    title: title ?? titleFrom(prompt) ?? config.name ?? known?.name ?? 'Agent run',
    state: 'QUEUED',
    execution_location: 'REMOTE',
    prompt,
    submitted_prompt: prompt,
    created_at: iso(state.now),
    updated_at: iso(state.now),
    started_at: null,
    finished_at: null,
    source,
    creator,
    ...(executor && { executor: { type: 'service_account', uid: executor.uid, display_name: executor.name } }),
    agent_config: { ...config, model_id: model, ...(spec !== undefined && { skill_spec: known?.spec ?? spec }) },
    ...(known && { agent_skill: { name: known.name, description: known.description, full_path: known.spec } }),
    ...(request.conversation_id !== undefined && { conversation_id: request.conversation_id }),
    ...(request.parent_run_id !== undefined && {
      parent_run_id: request.parent_run_id,
      root_run_id: state.runs.get(request.parent_run_id)?.item.root_run_id ?? request.parent_run_id,
    }),
    ...(schedule && { schedule }),
    is_run_type_cancellable: true,
    is_sandbox_running: false,
    artifacts: [],
    scope: request.team === false ? { type: 'User', uid: creator.uid } : { type: 'Team', uid: state.caller.teams[0] },
  };
}

/** Skills and environments say when they were last used. */
export function noteUse(state: OzState, run: Run): void {
  const { agent_config, created_at, updated_at } = run;
  for (const variant of state.skills.flatMap(({ variants }) => variants)) {
    if (variant.id === agent_config?.skill_spec) variant.last_run_timestamp = created_at;
  }
  for (const environment of state.environments) {
    if (environment.uid !== agent_config?.environment_id) continue;
    environment.last_task_run_timestamp = created_at;
    environment.last_task_created = { id: run.run_id, title: run.title, state: run.state, created_at, updated_at };
  }
}

/** A skill by `owner/repo:path`, `repo:path` or `repo:name`. */
export function findSkill(
  state: OzState,
  spec: string,
): { name: string; description: string; spec: string } | undefined {
  for (const { name, variants } of state.skills) {
    for (const { id, source, description, error } of variants) {
      const specs = [
        id,
        `${source.name}:${source.skill_path}`,
        `${source.name}:${name}`,
        `${source.owner}/${source.name}:${name}`,
      ];
      if (error === undefined && specs.includes(spec)) return { name, description, spec: id };
    }
  }
  return undefined;
}

/** The first line of a prompt, unless it is empty. */
function titleFrom(prompt: string): string | undefined {
  const line = prompt.trim().split('\n', 1)[0] ?? '';
  if (line === '') return undefined;
  return line.length > 72 ? `${line.slice(0, 71).trimEnd()}…` : line;
}
