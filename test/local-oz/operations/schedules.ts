import { iso } from '../clock';
import { invalid, notFound } from '../problems';
import type { Creator, OzState, Schedule } from '../state';
import { without } from '../without';
import { ok, type Handlers } from './operation';

export const scheduleOperations = {
  'GET /agent/schedules': ({ scheduler }) => {
    const schedules = scheduler.all().sort((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
    return ok({ schedules });
  },
  'POST /agent/schedules': ({ state, scheduler }, { body }) => {
    const { name, cron_schedule, prompt = '', agent_config, team } = body;
    const enabled = 'enabled' in body ? body.enabled : true;
    checkWork(state, { name, prompt, agent_config });
    const schedule: Schedule = {
      id: state.random.uuid(),
      name,
      cron_schedule,
      enabled,
      prompt,
      last_spawn_error: null,
      ...(agent_config && { agent_config }),
      ...newerIn(body),
      created_at: iso(state.now),
      created_by: callerOf(state),
      ...changedNow(state),
      scope: team === false ? { type: 'User', uid: state.caller.uid } : { type: 'Team', uid: state.caller.teams[0] },
    };
    return { status: 201, body: scheduler.put(schedule) };
  },
  'GET /agent/schedules/{scheduleId}': ({ scheduler }, { path }) => ok(scheduler.get(path.scheduleId)),
  'PUT /agent/schedules/{scheduleId}': ({ state, scheduler }, { path, body }) => {
    // A full replace: of what was there, only what a request cannot set is left.
    const { id, created_at, created_by, scope, history, last_spawn_error } = scheduler.get(path.scheduleId);
    const { prompt = '' } = body;
    checkWork(state, { ...body, prompt });
    const told = { id, created_at, created_by, scope, history, last_spawn_error, ...changedNow(state) };
    return ok(scheduler.put({ ...body, prompt, ...told }));
  },
  'DELETE /agent/schedules/{scheduleId}': ({ scheduler }, { path }) => {
    scheduler.delete(path.scheduleId);
    return ok({ success: true });
  },
  'POST /agent/schedules/{scheduleId}/pause': ({ state, scheduler }, { path }) =>
    ok(scheduler.put({ ...scheduler.get(path.scheduleId), enabled: false, ...changedNow(state) })),
  'POST /agent/schedules/{scheduleId}/resume': ({ state, scheduler }, { path }) =>
    ok(scheduler.put({ ...scheduler.get(path.scheduleId), enabled: true, ...changedNow(state) })),
} satisfies Partial<Handlers>;

/** Members that were added later. */
const newer = ['agent_uid', 'mode', 'metadata'] as const;

function newerIn(body: Pick<Schedule, (typeof newer)[number]>): Pick<Schedule, (typeof newer)[number]> {
  return Object.fromEntries(newer.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]));
}

function checkWork(
  { environments }: OzState,
  { name, prompt, agent_config }: Pick<Schedule, 'name' | 'prompt' | 'agent_config'>,
): void {
  const { environment_id: environment } = agent_config ?? {};
  if (name.trim() === '') throw invalid('A name is required.');
  if (prompt.trim() === '' && agent_config?.skill_spec === undefined) throw invalid('A prompt or a skill is required.');
  if (environment !== undefined && !environments.some(({ uid }) => uid === environment)) throw notFound('Environment');
}

function changedNow(state: OzState): Pick<Schedule, 'updated_at' | 'updated_by'> {
  return { updated_at: iso(state.now), updated_by: callerOf(state) };
}

const callerOf = ({ caller }: OzState): Creator => without(caller, 'teams');
