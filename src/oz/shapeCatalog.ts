import { listIn, notOz, withIds } from './answer';
import { environmentConfig, person, scope } from './commonFits';
import { flag, list, members, needed, object, or, text } from './fit';
import type { CloudSkill, Environment, Identity, Model, Models } from './types';

/* What a run can be given: environments, agent identities, models and skills. */

const environmentFit = members({
  uid: text,
  config: or(environmentConfig, {}),
  last_updated: needed,
  last_task_run_timestamp: text,
  last_task_created: object,
  setup_failed: or(flag, false),
  scope,
  creator: person,
  last_editor: person,
});

export function environmentsFrom(body: unknown): Environment[] {
  return withIds(listIn(body, 'environments', environmentFit) as Environment[], (environment) => environment.uid);
}

const identityFit = members({ uid: text, name: needed, available: or(flag, true), created_at: needed });

export function identitiesFrom(body: unknown): Identity[] {
  return withIds(listIn(body, 'agents', identityFit) as Identity[], (identity) => identity.uid);
}

/** @throws ApiProblem `notOz` when there is no identity in the answer. */
export function identityFrom(body: unknown): Identity {
  const identity = identityFit(body) as Identity | undefined;
  return identity?.uid ? identity : notOz('an agent identity');
}

const modelFit = members({
  id: text,
  display_name: text,
  provider: or(text, 'UNKNOWN'),
  vision_supported: or(flag, false),
  description: text,
  reasoning_level: text,
  disable_reason: text,
});

export function modelsFrom(body: unknown): Models {
  const models = withIds(listIn(body, 'models', modelFit) as Model[], (model) => model.id);
  return {
    default_model_id: text(object(body)?.default_model_id) ?? '',
    models: models.map((model) => ({ ...model, display_name: text(model.display_name) ?? model.id })),
  };
}

const skillFit = members({
  name: text,
  variants: or(
    list(
      members({
        id: needed,
        description: needed,
        base_prompt: needed,
        source: or(members({ owner: needed, name: needed, skill_path: needed, worker_host: text }), {
          owner: '',
          name: '',
          skill_path: '',
        }),
        environments: or(list(members({ uid: needed, name: needed })), []),
        last_run_timestamp: text,
        error: text,
      }),
    ),
    [],
  ),
});

export function skillsFrom(body: unknown): CloudSkill[] {
  return withIds(listIn(body, 'agents', skillFit) as CloudSkill[], (skill) => skill.name);
}
