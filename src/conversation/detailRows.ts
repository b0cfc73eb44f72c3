import { humanName } from '../model/conversationEvents';
import { pullRequestsOf } from '../model/pullRequests';
import { hasEnded } from '../model/runTime';
import { withoutSecrets } from '../model/unknownMembers';
import type { Run } from '../oz/types';
import type { RenderContext } from './renderContext';
import type { TopFacts } from './topFacts';
import { traceOf } from './traceNode';
import { usageRows } from './usageRows';

/** What a fact about a run is called, and what the service says; nothing, where it says nothing. */
export type DetailRow = readonly [name: string, value: string | undefined];

export type DetailFacts = Pick<TopFacts, 'environment' | 'repositories' | 'now'> & { run: Run };

export interface DetailGroup {
  title: string;
  rows: DetailRow[];
  /** It begins with the run's id. */
  hasRunId?: true;
}

/** The facts of a run that fit on a line, but for what the head says already. Of secrets and servers only the names. */
export function detailGroups(facts: DetailFacts, context: RenderContext): DetailGroup[] {
  const { run } = facts;
  const { translate: t } = context;
  return [
    { title: t('Run'), rows: [...state(run, context), ...people(run, context), ...work(facts, context)] },
    { title: t('Times'), rows: times(facts, context) },
    { title: t('Agent'), rows: agent(run, context) },
    { title: t('Cost'), rows: [...usageRows(run, context)] },
    { title: t('IDs'), rows: ids(run, context), hasRunId: true },
  ];
}

function state(run: Run, { translate: t }: RenderContext): DetailRow[] {
  const said = run.status_message;
  return [
    [t('Status message'), said?.message],
    [t('Error code'), said?.error_code],
    [t('Worth another try'), yesNo(said?.retryable, t)],
  ];
}

function people(run: Run, { translate: t, words }: RenderContext): DetailRow[] {
  return [
    [t('Creator'), personWord(run.creator)],
    [t('Executed as'), personWord(run.executor)],
    [t('Owner'), run.scope && joined([run.scope.uid, humanName(run.scope.type)])],
    [t('Started from'), words.sourceWord(run.source)],
    [t('Trigger'), run.trigger_url],
    [t('Schedule'), run.schedule && joined([run.schedule.schedule_name, run.schedule.cron_schedule])],
  ];
}

function personWord(person: Run['creator']): string | undefined {
  const name = person?.display_name ?? person?.uid;
  return person?.email && person.email !== name ? joined([name, person.email]) : name;
}

function work({ run, environment, repositories = [] }: DetailFacts, { translate: t }: RenderContext): DetailRow[] {
  const id = run.agent_config?.environment_id;
  const branches = pullRequestsOf(run).map(({ branch }) => branch);
  return [
    [t('Environment'), environment === id ? id : joined([environment, id])],
    [t('Repository'), repositories.join(', ')],
    [t('Branch'), branches.filter(Boolean).join(', ')],
    [t('Execution location'), locationWord(run, t)],
    [t('Worker host'), run.agent_config?.worker_host],
    // That the machine of an ended run is gone goes without saying.
    [
      t('Machine is up'),
      hasEnded(run.state) && run.is_sandbox_running === false ? '' : yesNo(run.is_sandbox_running, t),
    ],
  ];
}

function locationWord({ execution_location: place }: Run, t: RenderContext['translate']): string | undefined {
  return place === 'LOCAL' ? t('Local') : place === 'REMOTE' ? t('Cloud') : place;
}

function agent({ agent_config: config, agent_skill: skill }: Run, { translate: t }: RenderContext): DetailRow[] {
  const harness = config?.harness;
  const minutes = config?.idle_timeout_minutes;
  return [
    [t('Agent'), config?.name],
    [t('Model'), config?.model_id],
    [t('Skill'), joined([skill?.name, config?.skill_spec ?? skill?.full_path ?? skill?.bundled_skill_id])],
    [t('What the skill does'), skill?.description],
    [t('Harness'), harness && joined([harness.type, harness.model_id, harness.reasoning_level])],
    [t('Secrets of the harness'), namesIn(config?.harness_auth_secrets)],
    [t('MCP servers'), namesIn(config?.mcp_servers)],
    [t('Computer use'), yesNo(config?.computer_use_enabled, t)],
    [t('Idle timeout'), minutes === undefined ? undefined : t('{0} min', minutes)],
    [t('Session sharing'), config?.session_sharing && json(config.session_sharing)],
  ];
}

function times({ run, now }: DetailFacts, { translate: t, words: { exactTime, runTime } }: RenderContext): DetailRow[] {
  return [
    [t('Created'), exactTime(run.created_at)],
    [t('Started'), exactTime(run.started_at)],
    [t('Finished'), exactTime(run.finished_at)],
    [t('Last change'), exactTime(run.updated_at)],
    [t('Run time'), runTime(run, now)],
  ];
}

function ids(run: Run, { translate: t }: RenderContext): DetailRow[] {
  return [
    [t('Conversation ID'), run.conversation_id],
    [t('Session ID'), run.session_id],
    [t('Parent run'), run.parent_run_id],
    [t('Topmost run'), run.root_run_id],
    [t('Trace ID'), traceOf(run)],
  ];
}

function yesNo(value: boolean | undefined, t: RenderContext['translate']): string | undefined {
  return value === undefined ? undefined : value ? t('Yes') : t('No');
}

/** The names of the members: their values may be secrets. */
function namesIn(record: object | undefined): string {
  return Object.keys(record ?? {}).join(', ');
}

function joined(parts: readonly (string | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}

function json(value: unknown): string {
  return JSON.stringify(withoutSecrets(value));
}
