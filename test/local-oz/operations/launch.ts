import type { components } from '../../../src/oz/openapi';
import type { LaunchRequest } from '../newRun';
import { invalid, Problem } from '../problems';
import { runIds, type OzState } from '../state';
import { without } from '../without';
import { withAvailability } from './identities';
import type { Oz } from './operation';

const MAX_ATTACHMENTS = 5;

export function launch({ state, lifecycle }: Oz, request: LaunchRequest): components['schemas']['RunAgentResponse'] {
  check(state, request);
  const creator = without(state.caller, 'teams');
  const { run, atCapacity } = lifecycle.launch({ request, source: 'API', creator });
  return {
    ...runIds(run.item.run_id),
    state: run.item.state,
    ...(atCapacity && { at_capacity: true }),
  };
}

function check(state: OzState, request: LaunchRequest): void {
  const { prompt, skill, config = {}, attachments = [] } = request;
  if (!prompt?.trim() && !skill && !config.skill_spec) throw invalid('A prompt or a skill is required.');
  if (attachments.length > MAX_ATTACHMENTS) throw invalid(`At most ${MAX_ATTACHMENTS} attachments are allowed.`);
  if (request.parent_run_id !== undefined && !state.runs.has(request.parent_run_id))
    throw invalid('The parent run does not exist.');
  if (request.conversation_id !== undefined && !state.conversations.has(request.conversation_id)) {
    throw invalid('The conversation does not exist.');
  }
  checkIdentity(state, request);
  checkModel(state, config.model_id);
  const { environment_id } = config;
  if (environment_id !== undefined && !state.environments.some(({ uid }) => uid === environment_id)) {
    throw new Problem(403, 'not_authorized', 'You do not have permission for this operation.', {
      detail: `environment ${environment_id}`,
    });
  }
}

function checkIdentity(state: OzState, { agent_identity_uid: uid, team }: LaunchRequest): void {
  if (uid === undefined) return;
  const identity = withAvailability(state).find((one) => one.uid === uid);
  if (!identity) throw invalid('The agent identity does not exist.');
  if (team === false) throw invalid('An agent identity can only run team-owned runs.');
  if (!identity.available)
    throw new Problem(403, 'feature_not_available', 'This agent is beyond the limit of your plan.');
}

function checkModel(state: OzState, id: string | undefined): void {
  if (id === undefined) return;
  const model = state.models.models.find((one) => one.id === id);
  if (!model) throw invalid('The model does not exist.', id);
  if (model.disable_reason !== undefined) {
    throw new Problem(403, 'feature_not_available', 'This model is not available.', { detail: model.disable_reason });
  }
}
