import type { components } from '../../src/oz/openapi';
import { iso, isoDuration } from './clock';
import { findSkill, newRun, noteUse, type Launch } from './newRun';
import { followUpPlot, launchPlot, type Plot } from './plots';
import { invalid, Problem } from './problems';
import { allMessages } from './script';
import { ACTIVE_STATES, type OzState, type Run, type RunState, type StoredRun } from './state';
import { without } from './without';

/** Milliseconds from a run's start to its states, and the length of the work itself: about 40 s together. */
export const PACE = {
  pending: 2_000,
  claimed: 4_000,
  inProgress: 6_000,
  work: 34_000,
  followUp: 12_000,
  restart: 2_000,
};

const NO_FOLLOW_UPS = new Set([
  'GITHUB_ACTION',
  'GITHUB_WEBHOOK',
  'GITLAB_WEBHOOK',
  'RUN_SCORER',
  'AUTOFIX',
  'BENCHMARK_TRIAL',
]);

/** Moves runs through their states as time goes on. */
export class Lifecycle {
  /** Runs that wait until another one ends. */
  readonly #waiting: StoredRun[] = [];
  /** Follow-ups to runs that have not begun. */
  readonly #unsaid = new Map<StoredRun, string[]>();

  constructor(private readonly state: OzState) {}

  launch(launch: Launch): { run: StoredRun; atCapacity: boolean } {
    const atCapacity = this.#isFull();
    const run = this.state.put(newRun(this.state, launch));
    if (atCapacity) this.hold(run);
    else this.start(run);
    noteUse(this.state, run.item);
    return { run, atCapacity };
  }

  /** Lets a run that was launched go on to its work. */
  start(run: StoredRun): void {
    this.#start(run, (item, start, end) => launchPlot(this.state, item, start, end));
  }

  /** Lets a QUEUED run wait until another one ends. */
  hold(run: StoredRun): void {
    this.#waiting.push(run);
  }

  cancel(run: StoredRun): void {
    const { item } = run;
    if (
      item.execution_location === 'LOCAL' ||
      item.source === 'GITHUB_ACTION' ||
      item.is_run_type_cancellable === false
    ) {
      throw new Problem(422, 'operation_not_supported', 'This type of run cannot be cancelled.');
    }
    if (!ACTIVE_STATES.has(item.state)) throw invalid('The run is already in a terminal state.', item.state);
    if (item.state === 'PENDING') {
      throw new Problem(409, 'conflict', 'Pending agent runs cannot be cancelled, retry after a moment.');
    }
    this.setState(run, 'CANCELLED', {
      status_message: { message: `Cancelled by ${this.state.caller.display_name ?? ''}` },
    });
  }

  followUp(run: StoredRun, message: string): components['schemas']['FollowupResponse'] {
    const { state, source } = run.item;
    if (message.trim() === '') throw invalid('A message is required.');
    if (source !== undefined && NO_FOLLOW_UPS.has(source)) {
      throw new Problem(422, 'operation_not_supported', 'Runs of this source take no follow-ups.');
    }
    const followup_id = this.state.random.uuid();
    if (state === 'QUEUED' || state === 'PENDING' || state === 'CLAIMED') {
      this.#unsaid.set(run, [...(this.#unsaid.get(run) ?? []), message]);
      return { followup_id, outcome: 'queue_pending' };
    }
    if (state === 'INPROGRESS') {
      this.#say(run, message);
      return { followup_id, outcome: 'live_session' };
    }
    // The old state stays for a moment, as it does in the service.
    run.execution++;
    this.#later(run, this.state.now + PACE.restart, () => {
      this.state.enter(run, state === 'BLOCKED' ? 'PENDING' : 'QUEUED', { finished_at: null });
      this.#start(run, (item, start, end) => followUpPlot(this.state, item, message, start, end), PACE.followUp);
    });
    return { followup_id, outcome: state === 'BLOCKED' ? 'queued_prompt' : 'handoff_execution' };
  }

  /** Puts a run into a state at once; what was planned for it does not happen, and its conversation ends here. */
  setState(run: StoredRun, state: RunState, change: Partial<Run> = {}): void {
    run.execution++;
    if (run.item.conversation_id !== undefined) this.state.conversations.cut(run.item.conversation_id, this.state.now);
    if (ACTIVE_STATES.has(state)) this.state.enter(run, state, { finished_at: null, ...change });
    else this.#end(run, { state }, change);
  }

  /** Plays what is left of a plot: a message at a time, artifacts, then its end. */
  play(run: StoredRun, plot: Plot, end: number): void {
    const times = allMessages(plot.steps).map(({ timestamp }) => Date.parse(timestamp ?? ''));
    for (const time of times.filter((one) => one > this.state.now)) {
      this.#later(run, time, () => {
        this.state.change(run, { request_usage: usage(run.item) });
      });
    }
    for (const { at, item } of plot.artifacts) {
      this.#later(run, at, () => {
        this.state.change(run, { artifacts: [...(run.item.artifacts ?? []), item] });
      });
    }
    this.#later(run, end, () => {
      this.#end(run, plot.end, { request_usage: usage(run.item) });
    });
  }

  #start(run: StoredRun, plotFrom: (item: Run, start: number, end: number) => Plot, work = PACE.work): void {
    const { state } = this;
    const start = state.now;
    run.execution++;
    this.#later(run, start + PACE.pending, () => {
      if (run.item.state === 'QUEUED') {
        state.enter(run, 'PENDING', { status_message: { message: 'Preparing the environment' } });
      }
    });
    this.#later(run, start + PACE.claimed, () => {
      const session = state.random.uuid();
      const failure = setupFailure(state, run.item);
      state.enter(run, 'CLAIMED', {
        session_id: session,
        session_link: `${state.webUrl}/session/${session}`,
        is_sandbox_running: true,
      });
      if (failure) {
        this.#later(run, start + PACE.inProgress, () => {
          this.#end(run, failure);
        });
        return;
      }
      this.#later(run, start + PACE.inProgress, () => {
        const end = state.now + work;
        const plot = plotFrom(run.item, state.now, end);
        const conversation = run.item.conversation_id ?? state.random.uuid();
        state.conversations.add(conversation, { steps: plot.steps });
        run.item = without(run.item, 'status_message');
        state.enter(run, 'INPROGRESS', {
          conversation_id: conversation,
          started_at: run.item.started_at ?? iso(state.now),
        });
        this.play(run, plot, end);
        for (const message of this.#unsaid.get(run) ?? []) this.#say(run, message);
        this.#unsaid.delete(run);
      });
    });
  }

  #end(run: StoredRun, end: Plot['end'], change: Partial<Run> = {}): void {
    const { state } = this;
    const begun = Date.parse(run.item.started_at ?? run.item.created_at);
    run.item = without(run.item, 'status_message');
    run.execution++;
    state.enter(run, end.state, {
      finished_at: end.state === 'BLOCKED' ? null : iso(state.now),
      run_time: isoDuration(state.now - begun),
      is_sandbox_running: end.state === 'BLOCKED',
      ...(end.status_message && { status_message: end.status_message }),
      ...change,
    });
    this.#startNext();
  }

  /** A message into a running conversation, and its answer. */
  #say(run: StoredRun, message: string): void {
    const { conversation_id } = run.item;
    if (conversation_id === undefined) return;
    const { now } = this.state;
    const plot = followUpPlot(this.state, run.item, message, now, now + PACE.followUp / 2);
    this.state.conversations.add(conversation_id, { steps: plot.steps });
    this.state.change(run, {});
  }

  /** Whether all places for cloud runs are taken. */
  #isFull(): boolean {
    let active = 0;
    for (const { item } of this.state.runs.values()) {
      if (ACTIVE_STATES.has(item.state) && item.execution_location !== 'LOCAL') active++;
    }
    return active - this.#waiting.filter(({ item }) => item.state === 'QUEUED').length >= this.state.capacity;
  }

  #startNext(): void {
    while (this.#waiting.length && !this.#isFull()) {
      const next = this.#waiting.shift();
      if (next?.item.state === 'QUEUED') this.start(next);
    }
  }

  #later(run: StoredRun, time: number, happen: () => void): void {
    const { execution } = run;
    this.state.agenda.at(time, () => {
      if (run.execution === execution) happen();
    });
  }
}

/** Why a run ends before its agent has begun. */
function setupFailure(state: OzState, { agent_config }: Run): Plot['end'] | undefined {
  const environment = state.environments.find(({ uid }) => uid === agent_config?.environment_id);
  if (environment?.setup_failed) {
    const message = `Environment setup failed: ${environment.config.setup_commands?.at(-1) ?? 'setup'} exited with 1`;
    return { state: 'FAILED', status_message: { message, error_code: 'environment_setup_failed', retryable: false } };
  }
  const spec = agent_config?.skill_spec;
  if (spec !== undefined && !findSkill(state, spec)) {
    const message = `Skill resolution failed: ${spec} was not found`;
    return { state: 'FAILED', status_message: { message, error_code: 'resource_not_found', retryable: false } };
  }
  return undefined;
}

/** Credits and tokens of a run that has said one more message. */
function usage({ request_usage: before = {} }: Run): NonNullable<Run['request_usage']> {
  const tokens = (before.total_tokens ?? 0) + 6_150;
  const inference = round((before.inference_cost ?? 0) + 1.9);
  const compute = round((before.compute_cost ?? 0) + 0.3);
  return {
    inference_cost: inference,
    compute_cost: compute,
    platform_cost: 0.5,
    inference_cost_usd: round(inference * 0.015),
    compute_cost_usd: round(compute * 0.015),
    platform_cost_usd: 0.01,
    total_tokens: tokens,
  };
}

const round = (value: number): number => Math.round(value * 1000) / 1000;
