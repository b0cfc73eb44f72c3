import type { Artifact, Run, RunSource, RunState } from '../oz/types';
import type { Named } from './runFilter';
import { skillName } from './skillName';

/** Something that runs can be filtered by. */
export interface FilterValue extends Named {
  /** How many of the known runs have it. */
  readonly count: number;
}

/** The members of a filter that name one thing of a run. */
export type NamedMember = 'environment' | 'skill' | 'model' | 'schedule' | 'creator';
/** The members of a filter whose values are words of the service. */
export type WordMember = 'states' | 'sources' | 'artifact';

const words: Record<WordMember, readonly string[]> = {
  states: keysOf<RunState>({
    QUEUED: 0,
    PENDING: 0,
    CLAIMED: 0,
    INPROGRESS: 0,
    BLOCKED: 0,
    SUCCEEDED: 0,
    FAILED: 0,
    ERROR: 0,
    CANCELLED: 0,
  }),
  sources: keysOf<RunSource>({
    WEB_APP: 0,
    CLI: 0,
    API: 0,
    LOCAL: 0,
    CLOUD_MODE: 0,
    SCHEDULED_AGENT: 0,
    ORCHESTRATION: 0,
    SLACK: 0,
    TEAMS: 0,
    LINEAR: 0,
    JIRA: 0,
    GITHUB_ACTION: 0,
    GITHUB_WEBHOOK: 0,
    GITLAB_WEBHOOK: 0,
    AZURE_DEVOPS_WEBHOOK: 0,
    CUSTOM_WEBHOOK: 0,
    AUTOFIX: 0,
    SELF_IMPROVEMENT: 0,
    RUN_SCORER: 0,
    BENCHMARK_TRIAL: 0,
    CREATE_BENCHMARK_TASK: 0,
  }),
  artifact: keysOf<Artifact['artifact_type']>({
    PULL_REQUEST: 0,
    PLAN: 0,
    SCREENSHOT: 0,
    FILE: 0,
    EXTERNAL_REFERENCE: 0,
  }),
};

/** Typed so that a value which is missing in the list does not compile. */
function keysOf<K extends string>(all: Record<K, 0>): readonly string[] {
  return Object.keys(all);
}

/** The words that this code knows, in its order, then others that a newer service used in the known runs. */
export function wordValues(runs: Iterable<Run>, member: WordMember): FilterValue[] {
  const known = words[member].map((word) => ({ id: word, name: word }));
  return counted(runs, (run) => wordsOf(run, member).map((word) => ({ id: word, name: word })), known);
}

/** What was listed, in its order, then what else the known runs have, by name. */
export function namedValues(runs: Iterable<Run>, member: NamedMember, listed: readonly Named[] = []): FilterValue[] {
  const of = (run: Run): Named[] => {
    const value = namedIn(run, member);
    return value ? [value] : [];
  };
  return counted(runs, of, listed);
}

/** What a run has to be filtered by; what the service does not name is called by its id. */
export function namedIn(run: Run, member: NamedMember): Named | undefined {
  switch (member) {
    case 'environment':
      return named(run.agent_config?.environment_id);
    case 'skill':
      return named(run.agent_config?.skill_spec, skillName(run));
    case 'model':
      return named(run.agent_config?.model_id);
    case 'schedule':
      return named(run.schedule?.schedule_id, run.schedule?.schedule_name);
    case 'creator':
      return named(run.creator?.uid, run.creator?.display_name ?? run.creator?.email);
  }
}

function wordsOf(run: Run, member: WordMember): string[] {
  switch (member) {
    case 'states':
      return [run.state];
    case 'sources':
      return run.source === undefined ? [] : [run.source];
    case 'artifact':
      return [...new Set((run.artifacts ?? []).map((artifact): string => artifact.artifact_type))];
  }
}

function named(id: string | undefined, name?: string): Named | undefined {
  return id ? { id, name: name?.trim() ? name : id } : undefined;
}

function counted(runs: Iterable<Run>, of: (run: Run) => Named[], listed: readonly Named[]): FilterValue[] {
  const values = new Map(listed.map(({ id, name }) => [id, { id, name, count: 0 }]));
  const seen = new Map<string, { id: string; name: string; count: number }>();
  for (const run of runs) {
    for (const { id, name } of of(run)) {
      const value = values.get(id) ?? seen.get(id) ?? { id, name, count: 0 };
      value.count += 1;
      if (!values.has(id)) {
        // Not every run has the name.
        value.name = value.name === id ? name : value.name;
        seen.set(id, value);
      }
    }
  }
  const others = [...seen.values()].sort((a, b) => a.name.localeCompare(b.name) || a.id.localeCompare(b.id));
  return [...values.values(), ...others];
}
