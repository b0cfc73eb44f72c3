import { iso, isoDuration } from '../clock';
import type { Oz } from '../operations/operation';
import { Random } from '../random';
import { Script, type Step } from '../script';
import { runIds, type Run, type RunState } from '../state';
import { dependencies, flakyTests, reconcile } from '../stories/routine';
import { darkTheme, latencySpike } from '../stories/work';
import { addSchedules } from './schedules';
import { addSkills, skillSpec } from './skills';
import { addEnvironments, addIdentities, addModels, environments, people } from './team';

const COUNT = 100_000;
const MINUTE = 60_000;
const STORIES = [dependencies, flakyTests, reconcile, darkTheme, latencySpike] as const;
const VERBS = [
  'Fix',
  'Speed up',
  'Document',
  'Test',
  'Rename',
  'Review',
  'Remove',
  'Translate',
  'Measure',
  'Rewrite',
] as const;
const THINGS = [
  'the cart',
  'the search',
  'the invoice PDF',
  'the price feed',
  'the login form',
  'the refund job',
  'the size guide',
  'the order page',
  'the tax table',
  'the deploy script',
] as const;
const PLACES = [
  'for guests',
  'in Safari',
  'under load',
  'after a reload',
  'in dark mode',
  'for large orders',
  'in staging',
  'on slow networks',
] as const;
const SOURCES = ['API', 'SLACK', 'LINEAR', 'WEB_APP', 'CLI', 'GITHUB_WEBHOOK', 'SCHEDULED_AGENT', 'JIRA'] as const;
const MODELS = ['auto', 'claude-opus-4-8', 'claude-sonnet-5', 'gpt-5-5-codex'] as const;
const ENDS = ['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED', 'FAILED', 'CANCELLED', 'ERROR'] as const;
const ACTIVE = ['INPROGRESS', 'INPROGRESS', 'PENDING', 'CLAIMED'] as const;

/** 100,000 runs of half a year. What they say is made up when somebody reads it. */
export function scale(oz: Oz): void {
  const { state } = oz;
  const start = state.now;
  addModels(state);
  addEnvironments(state);
  addSkills(state);
  addIdentities(state);
  addSchedules(oz);
  state.capacity = 1000;
  const random = Random.for(state.seed, 'scale');
  const creators = Object.values(people);
  // Made once: 100,000 copies would take four times as much memory.
  const configs = MODELS.flatMap((model_id) => [
    { model_id },
    ...Object.values(environments).map((environment_id) => ({ model_id, environment_id })),
    { model_id, environment_id: environments.storefront, skill_spec: skillSpec('flaky') },
  ]);
  const skill = { name: 'triage-flaky-tests', full_path: skillSpec('flaky') };
  const scope = { type: 'Team', uid: 'team-acme' } as const;
  const parents: string[] = [];
  for (let index = 0; index < COUNT; index++) {
    const id = random.uuid();
    const isActive = index < 40;
    const created = start - (isActive ? index * MINUTE : Math.round(index * 2.6 * MINUTE) + random.between(0, 100_000));
    const took = random.between(1, isActive ? 3 : 90) * MINUTE;
    const end = Math.min(created + took, start);
    const runState: RunState = isActive ? random.pick(ACTIVE) : index % 1009 === 0 ? 'BLOCKED' : random.pick(ENDS);
    const hasBegun = !isActive || runState === 'INPROGRESS';
    const config = configs[random.between(0, configs.length - 1)] ?? { model_id: 'auto' };
    const title = `${random.pick(VERBS)} ${random.pick(THINGS)} ${random.pick(PLACES)}`;
    const parent = random.between(0, 9) === 0 ? parents[random.between(0, parents.length - 1)] : undefined;
    const run: Run = {
      title,
      state: runState,
      execution_location: 'REMOTE',
      prompt: `${title}. Ticket SHOP-${index}.`,
      created_at: iso(created),
      updated_at: iso(end),
      started_at: hasBegun ? iso(created + 20_000) : null,
      source: random.pick(SOURCES),
      creator: creators[random.between(0, creators.length - 1)],
      agent_config: config,
      is_run_type_cancellable: true,
      scope,
      ...('skill_spec' in config && { agent_skill: skill }),
      ...(hasBegun && { conversation_id: `scale-${index}` }),
      ...(!isActive && { finished_at: iso(end), run_time: isoDuration(end - created) }),
      ...(parent !== undefined && { parent_run_id: parent, root_run_id: parent }),
      ...(!isActive && index % 3 === 0 && { artifacts: [pullRequest(index, end)] }),
      // Last: spread first, 100,000 runs would be made as slow dictionaries.
      ...runIds(id),
    };
    state.put(run);
    if (parent === undefined) parents.push(id);
    if (parents.length > 50) parents.shift();
  }
  state.conversations.fallback = (id) => {
    const index = /^scale-(\d+)$/.exec(id)?.[1];
    return index === undefined || Number(index) >= COUNT ? undefined : steps(start, state.seed, Number(index));
  };
}

function steps(start: number, seed: number, index: number): Step[] {
  const random = Random.for(seed, `conversation ${index}`);
  const script = new Script(start - (index + 60) * 3 * MINUTE, random);
  const prompt = `Ticket SHOP-${index}.`;
  random.pick(STORIES)(script, { title: prompt, prompt });
  return script.steps;
}

function pullRequest(index: number, time: number): NonNullable<Run['artifacts']>[number] {
  return {
    artifact_type: 'PULL_REQUEST',
    created_at: iso(time),
    data: { url: `https://github.com/acme/storefront/pull/${index}`, branch: `oz/shop-${index}`, status: 'merged' },
  };
}
