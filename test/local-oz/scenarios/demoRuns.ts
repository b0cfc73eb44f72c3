import type { components } from '../../../src/oz/openapi';
import { iso, isoDuration } from '../clock';
import type { Oz } from '../operations/operation';
import { Random } from '../random';
import { fit, Script, type Step } from '../script';
import { ACTIVE_STATES, runIds, type OzState, type Run, type RunState } from '../state';
import { artifactsOf, type ArtifactSeed } from './demoArtifacts';
import { demoRows } from './demoRows';
import { scheduledRows } from './demoScheduledRows';
import type { Story } from '../stories/story';
import { schedules, type ScheduleName } from './schedules';
import { skillSpec, type SkillName } from './skills';
import { environments, people, type EnvironmentName, type Person } from './team';

/** A run of the demo, told in few words. */
export interface Row {
  title: string;
  /** The title when left out. */
  prompt?: string;
  state: RunState;
  source: components['schemas']['RunSourceType'];
  by: Person;
  /** Minutes since it was created. */
  ago: number;
  /** Minutes that its agent worked or, while it is active, is going to work in all. */
  took?: number;
  environment?: EnvironmentName;
  skill?: SkillName;
  model?: string;
  schedule?: ScheduleName;
  /** Names a run that others are below of. */
  key?: string;
  parent?: string;
  status?: components['schemas']['RunStatusMessage'];
  artifacts?: ArtifactSeed[];
  /** What a run that works has in the end. */
  result?: ArtifactSeed[];
  /** Undefined for a run that said nothing. */
  story?: Story;
  extra?: Partial<Run>;
}

const MINUTE = 60_000;
const COUNT = 60;

export function addDemoRuns(oz: Oz): void {
  const written = demoRows();
  const rows = [...written, ...scheduledRows(oz.state, COUNT - written.length)];
  const ids = new Map<string, string>();
  for (const row of rows) {
    const random = Random.for(oz.state.seed, `run ${row.title} ${row.ago}`);
    const id = random.uuid();
    if (row.key !== undefined) ids.set(row.key, id);
    addRun(oz, row, id, row.parent === undefined ? undefined : ids.get(row.parent), random);
  }
}

function addRun({ state, lifecycle }: Oz, row: Row, id: string, parent: string | undefined, random: Random): void {
  const created = state.now - Math.round(row.ago * MINUTE);
  const started = created + random.between(9, 50) * 1000;
  const end = started + Math.round((row.took ?? 6) * MINUTE) + random.between(0, 59_000);
  const isActive = ACTIVE_STATES.has(row.state);
  const isWorking = row.state === 'INPROGRESS';
  const hasBegun = !['QUEUED', 'PENDING', 'CLAIMED'].includes(row.state) && row.story !== undefined;
  const session = random.uuid();
  const conversation = random.uuid();
  const tell = (): Step[] => {
    const script = new Script(started, Random.for(state.seed, `story ${id}`));
    row.story?.(script, { title: row.title, prompt: row.prompt ?? row.title });
    return fit(script.steps, started, end);
  };
  const tokens = random.between(40_000, 900_000);
  const inference = Math.round(tokens / 2500) / 10;
  const compute = Math.round((row.took ?? 6) * 4) / 10;
  const run = state.put({
    ...runIds(id),
    title: row.title,
    state: row.state,
    execution_location: row.source === 'LOCAL' ? 'LOCAL' : 'REMOTE',
    prompt: row.prompt ?? row.title,
    created_at: iso(created),
    updated_at: iso(isActive ? Math.max(created, state.now - random.between(2, 50) * 1000) : end),
    started_at: hasBegun ? iso(started) : null,
    ...(isActive || row.state === 'BLOCKED'
      ? { finished_at: null }
      : { finished_at: iso(end), run_time: isoDuration(end - started) }),
    source: row.source,
    creator: people[row.by],
    ...(row.status && { status_message: row.status }),
    ...(row.schedule && { schedule: scheduleInfo(state, row.schedule) }),
    ...(hasBegun && {
      session_id: session,
      session_link: `${state.webUrl}/session/${session}`,
      conversation_id: conversation,
    }),
    ...(hasBegun && {
      request_usage: {
        inference_cost: inference,
        compute_cost: compute,
        platform_cost: 0.5,
        inference_cost_usd: Math.round(inference * 1.5) / 100,
        compute_cost_usd: Math.round(compute * 1.5) / 100,
        platform_cost_usd: 0.01,
        total_tokens: tokens,
      },
    }),
    agent_config: {
      model_id: row.model ?? 'auto',
      ...(row.environment && { environment_id: environments[row.environment] }),
      ...(row.skill && { skill_spec: skillSpec(row.skill) }),
    },
    ...(row.skill && { agent_skill: skillOf(state, row.skill) }),
    ...(parent !== undefined && {
      parent_run_id: parent,
      root_run_id: state.runs.get(parent)?.item.root_run_id ?? parent,
    }),
    is_run_type_cancellable: row.source !== 'LOCAL' && row.source !== 'GITHUB_ACTION',
    is_sandbox_running: isWorking,
    artifacts: artifactsOf(state, row.artifacts ?? [], isActive ? state.now - MINUTE : end, random),
    scope: { type: 'Team', uid: 'team-acme' },
    ...row.extra,
  });
  if (hasBegun && !isWorking) state.conversations.add(conversation, tell);
  if (row.state === 'QUEUED') lifecycle.hold(run);
  if (isWorking) {
    const steps = tell();
    state.conversations.add(conversation, { steps });
    const artifacts = artifactsOf(state, row.result ?? [], end, random).map((item) => ({ at: end, item }));
    lifecycle.play(run, { steps, artifacts, end: { state: 'SUCCEEDED' } }, end);
  }
  if (row.state === 'PENDING' || row.state === 'CLAIMED') {
    state.agenda.at(state.now + 5 * MINUTE, () => {
      if (run.item.state === row.state) lifecycle.start(run);
    });
  }
}

function scheduleInfo(state: OzState, name: ScheduleName): Run['schedule'] {
  const schedule = state.schedules.get(schedules[name]);
  return schedule && { schedule_id: schedule.id, schedule_name: schedule.name, cron_schedule: schedule.cron_schedule };
}

function skillOf(state: OzState, name: SkillName): Run['agent_skill'] {
  const spec = skillSpec(name);
  const found = state.skills.find(({ variants }) => variants[0]?.id === spec);
  return found && { name: found.name, description: found.variants[0]?.description, full_path: spec };
}
