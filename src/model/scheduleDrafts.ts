import type { LaunchRequest, Schedule } from '../oz/types';
import { given } from './launchOptions';
import { withoutHidden } from './runAgain';
import { formOf, type ScheduleForm } from './scheduleForm';

/**
 * A launch that does what the schedule's runs do. It will not carry the schedule's id: the service has no way to start a
 * schedule before its time.
 */
export function launchOf(schedule: Schedule): LaunchRequest {
  const { name: title, prompt, team, newer = {} } = formOf(schedule);
  const { skill_spec: skill, ...config } = withoutHidden(schedule.agent_config ?? {});
  const { agent_uid: identity, ...sameNamed } = newer;
  return {
    ...(prompt && { prompt }),
    ...(skill && { skill }),
    ...(title && { title }),
    ...sameNamed,
    ...(team !== undefined && { team }),
    ...(typeof identity === 'string' && identity && { agent_identity_uid: identity }),
    ...(Object.keys(config).length > 0 && { config }),
  };
}

/** What a schedule of such runs begins with; when is still to be said. */
export function draftOfLaunch(request: LaunchRequest): Partial<ScheduleForm> {
  const { title, prompt = '', team, config: all = {}, skill: named, agent_identity_uid, mode, metadata } = request;
  const newer = given({ agent_uid: agent_identity_uid, mode, metadata });
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
    ...(Object.keys(newer).length > 0 && { newer }),
  };
}

/** A copy of a schedule, under a name of its own. */
export function draftOfCopy(schedule: Schedule, name: string): Partial<ScheduleForm> {
  const agentConfig = schedule.agent_config && withoutHidden(schedule.agent_config);
  return { ...formOf({ ...schedule, agent_config: agentConfig }), name };
}
