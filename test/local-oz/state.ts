import type { components } from '../../src/oz/openapi';
import { Agenda } from './agenda';
import { iso, type OzClock } from './clock';
import { Conversations } from './conversations';
import { Random } from './random';

type Schemas = components['schemas'];
export type Run = Schemas['RunItem'];
export type RunState = Schemas['RunState'];
export type Schedule = Schemas['ScheduledAgentItem'];
export type Environment = Schemas['CloudEnvironment'];
export type Identity = Schemas['AgentResponse'];
export type SkillItem = Schemas['AgentListItem'];
export type Creator = Schemas['RunCreatorInfo'];
export type Models = Schemas['ListModelsResponse'];
export type ArtifactItem = Schemas['ArtifactItem'];

export interface StoredRun {
  /** As the service shows it; replaced by a changed copy, never changed. */
  item: Run;
  createdAt: number;
  updatedAt: number;
  /** Counts restarts: what was planned for an earlier execution does not happen any more. */
  execution: number;
  /** Written at the first search. */
  searchText?: string;
}

/** What stands behind an artifact's uid: a plan's text, or the bytes that its signed address gives. */
export type StoredArtifact =
  | { kind: 'PLAN'; uid: string; createdAt: number; documentUid: string; title: string; content: string }
  | { kind: 'SCREENSHOT'; uid: string; createdAt: number; mimeType: string; description?: string; bytes: () => Buffer }
  | {
      kind: 'FILE';
      uid: string;
      createdAt: number;
      mimeType: string;
      description?: string;
      filepath: string;
      filename: string;
      bytes: () => Buffer;
    };

export interface AgentMessage {
  message_id: string;
  to: string;
  sender_run_id: string;
  subject: string;
  body: string;
  sent_at: string;
  delivered_at: string | null;
  read_at: string | null;
}

export interface RunEvent {
  event_type: string;
  run_id: string;
  ref_id: string | null;
  execution_id: string | null;
  occurred_at: string;
  sequence: number;
}

/** Who the key belongs to. */
export interface Caller extends Creator {
  teams: string[];
}

/** The run's id under its two names, of which the service calls the second deprecated. */
export const runIds = (id: string): { run_id: string; task_id: string } => ({ run_id: id, task_id: id });

export const ACTIVE_STATES = new Set<RunState>(['QUEUED', 'PENDING', 'CLAIMED', 'INPROGRESS']);

const EVENT_OF: Partial<Record<RunState, string>> = {
  INPROGRESS: 'run_in_progress',
  SUCCEEDED: 'run_succeeded',
  FAILED: 'run_failed',
  ERROR: 'run_errored',
  BLOCKED: 'run_blocked',
  CANCELLED: 'run_cancelled',
};

/** Everything that the local Oz knows. Operations read and change it; time changes it through the agenda. */
export class OzState {
  readonly agenda = new Agenda();
  readonly random: Random;
  readonly conversations = new Conversations();
  readonly runs = new Map<string, StoredRun>();
  readonly schedules = new Map<string, Schedule>();
  readonly artifacts = new Map<string, StoredArtifact>();
  readonly identities = new Map<string, Identity>();
  readonly messages = new Map<string, AgentMessage>();
  readonly events: RunEvent[] = [];
  environments: Environment[] = [];
  /** Malformed skills among them have an `error` in their variants. */
  skills: SkillItem[] = [];
  models: Models = { default_model_id: 'auto', models: [] };
  caller: Caller = { type: 'user', uid: 'user-maya', display_name: 'Maya Lindqvist', teams: ['team-acme'] };
  /** What a schedule's `last_ran` is the time of: openapi.yaml says of a run that ended well, as may be said of any start. */
  lastRanIs: 'started' | 'succeeded' = 'started';
  /** How many cloud runs work at a time; further ones wait as QUEUED. */
  capacity = 12;
  /** How many identities the plan allows to be used. */
  identityLimit = 5;
  defaultIdentityUid = '';
  readonly #children = new Map<string, string[]>();

  constructor(
    readonly clock: OzClock,
    readonly seed: number,
    /** Where run pages are; links of runs start with it. */
    readonly webUrl: string,
  ) {
    this.random = Random.for(seed, 'state');
    this.settle();
  }

  /** The time up to which everything has happened. */
  get now(): number {
    return this.agenda.time;
  }

  settle(): void {
    this.agenda.settle(this.clock.now());
  }

  put(item: Run): StoredRun {
    const known = this.runs.get(item.run_id);
    const run: StoredRun = known ?? { item, createdAt: Date.parse(item.created_at), updatedAt: 0, execution: 1 };
    run.item = item;
    run.updatedAt = Date.parse(item.updated_at);
    delete run.searchText;
    if (!known) {
      this.runs.set(item.run_id, run);
      if (item.parent_run_id !== undefined) {
        const siblings = this.#children.get(item.parent_run_id);
        if (siblings) siblings.push(item.run_id);
        else this.#children.set(item.parent_run_id, [item.run_id]);
      }
    }
    return run;
  }

  /** Changes a run's item and its `updated_at`. */
  change(run: StoredRun, change: Partial<Run>): void {
    this.put({ ...run.item, updated_at: iso(this.now), ...change });
  }

  /** As `change`, and tells the run's watchers about its new state. */
  enter(run: StoredRun, state: RunState, change: Partial<Run> = {}): void {
    this.change(run, { state, ...change });
    const type = EVENT_OF[state];
    if (type !== undefined) this.record(run.item.run_id, type);
  }

  record(runId: string, type: string, ref: string | null = null, execution: string | null = null): number {
    const sequence = this.events.length + 1;
    this.events.push({
      event_type: type,
      run_id: runId,
      ref_id: ref,
      execution_id: execution,
      occurred_at: iso(this.now),
      sequence,
    });
    return sequence;
  }

  /** All runs below `runId`, at any depth. */
  descendants(runId: string): Set<string> {
    const found = new Set<string>();
    const open = [runId];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      for (const child of this.#children.get(id) ?? []) {
        if (!found.has(child)) open.push(child);
        found.add(child);
      }
    }
    return found;
  }
}
