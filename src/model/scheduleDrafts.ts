import type { LaunchRequest, Schedule } from '../oz/types';
import { withoutHidden } from './runAgain';
import { formOf, type ScheduleForm } from './scheduleForm';

/**
 * A launch that does what the schedule's runs do. It will not carry the schedule's id: the service has no way to start a
 * schedule before its time.
 */
export function launchOf(schedule: Schedule): LaunchRequest {
  const { name: title, prompt, team, newer } = formOf(schedule);
  const { skill_spec: skill, ...config } = withoutHidden(schedule.agent_config ?? {});
  const identity = newer?.agent_uid;
  return {
    ...(prompt && { prompt }),
    ...(skill && { skill }),
    ...(title && { title }),
    ...(team !== undefined && { team }),
    ...(typeof identity === 'string' && identity && { agent_identity_uid: identity }),
    ...(Object.keys(config).length > 0 && { config }),
  };
}

/** What a schedule of such runs begins with; when is still to be said. */
export function draftOfLaunch(request: LaunchRequest): Partial<ScheduleForm> {
  const { title, prompt = '', team, config: all = {}, skill: named } = request;
  const { skill_spec: configured, environment_id: environment, model_id: model, ...config } = all;
  const skill = named ?? configured;
  return {
    ...(title && { name: title }),
    prompt,
    ...(skill && { skill }),
    ...(environment && { environment }),
    ...(model && { model }),
    ...(team !== undefined && { team }),
    config,
  };
}

/** A copy of a schedule, under a name of its own. */
export function draftOfCopy(schedule: Schedule, name: string): Partial<ScheduleForm> {
  const agentConfig = schedule.agent_config && withoutHidden(schedule.agent_config);
  return { ...formOf({ ...schedule, agent_config: agentConfig }), name };
}
