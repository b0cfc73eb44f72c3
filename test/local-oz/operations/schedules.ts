import { iso } from '../clock';
import { invalid } from '../problems';
import type { Creator, OzState, Schedule } from '../state';
import { without } from '../without';
import { ok, type Handlers } from './operation';

export const scheduleOperations = {
  'GET /agent/schedules': ({ state }) => {
    const schedules = [...state.schedules.values()].sort((a, b) =>
      a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1,
    );
    return ok({ schedules });
  },
  'POST /agent/schedules': ({ state, scheduler }, { body }) => {
    const { name, cron_schedule, prompt = '', agent_config, team } = body;
    const enabled = 'enabled' in body ? body.enabled : true;
    checkWork({ name, prompt, agent_config });
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
      updated_at: iso(state.now),
      created_by: callerOf(state),
      updated_by: callerOf(state),
      scope: team === false ? { type: 'User', uid: state.caller.uid } : { type: 'Team', uid: state.caller.teams[0] },
    };
    return { status: 201, body: scheduler.put(schedule) };
  },
  'GET /agent/schedules/{scheduleId}': ({ scheduler }, { path }) => ok(scheduler.get(path.scheduleId)),
  'PUT /agent/schedules/{scheduleId}': ({ state, scheduler }, { path, body }) => {
    // A full replace: what is left out of the request is gone.
    const kept = without(scheduler.get(path.scheduleId), 'agent_config', 'prompt', 'environment', ...newer);
    const { name, cron_schedule, enabled, prompt = '', agent_config } = body;
    checkWork({ name, prompt, agent_config });
    return ok(
      scheduler.put({
        ...kept,
        name,
        cron_schedule,
        enabled,
        prompt,
        ...(agent_config && { agent_config }),
        ...newerIn(body),
        updated_at: iso(state.now),
        updated_by: callerOf(state),
      }),
    );
  },
  'DELETE /agent/schedules/{scheduleId}': ({ scheduler }, { path }) => {
    scheduler.delete(path.scheduleId);
    return ok({ success: true });
  },
  'POST /agent/schedules/{scheduleId}/pause': ({ state, scheduler }, { path }) =>
    ok(scheduler.put({ ...scheduler.get(path.scheduleId), enabled: false, updated_at: iso(state.now) })),
  'POST /agent/schedules/{scheduleId}/resume': ({ state, scheduler }, { path }) =>
    ok(scheduler.put({ ...scheduler.get(path.scheduleId), enabled: true, updated_at: iso(state.now) })),
} satisfies Partial<Handlers>;

/** Members that were added later; left out of a PUT they are gone like all others. */
const newer = ['agent_uid', 'mode', 'metadata'] as const;

function newerIn(body: Pick<Schedule, (typeof newer)[number]>): Pick<Schedule, (typeof newer)[number]> {
  return Object.fromEntries(newer.filter((name) => body[name] !== undefined).map((name) => [name, body[name]]));
}

function checkWork({ name, prompt, agent_config }: Pick<Schedule, 'name' | 'prompt' | 'agent_config'>): void {
  if (name.trim() === '') throw invalid('A name is required.');
  if (prompt.trim() === '' && agent_config?.skill_spec === undefined) throw invalid('A prompt or a skill is required.');
}

const callerOf = ({ caller }: OzState): Creator => without(caller, 'teams');
