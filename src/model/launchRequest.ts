import type { Environment, LaunchAnswer, LaunchRequest, Model, Models, Run } from '../oz/types';
import { given, type LaunchContents, type LaunchOptions, withOptions } from './launchOptions';
import { type GitHubRepository, isSameRepository, repositoryName } from './skillSpec';

/** What a person decided about a launch. */
export interface LaunchPlan {
  /** For a skill: what the agent is told beside it; may then be empty. */
  prompt: string;
  /** `owner/repo:path/to/SKILL.md` */
  skill?: string;
  /** Empty: the service makes one. */
  title: string;
  /** A uid; undefined runs without an environment. */
  environment?: string;
  /** A model's id; undefined is the service's default. */
  model?: string;
  /** An earlier launch: whatever else it had, this one has too. */
  like?: LaunchRequest;
  /** Undefined: as in that launch. */
  options?: LaunchOptions;
  /** What the files hold that the options name. */
  contents?: LaunchContents;
}

export function launchRequest(plan: LaunchPlan): LaunchRequest {
  const { like, options, contents = {}, prompt, skill, title, environment, model } = plan;
  const { members, config: rest } = options
    ? withOptions(options, contents, like)
    : { members: like, config: like?.config };
  const config = given({ ...rest, environment_id: environment, model_id: model });
  return given({ ...members, prompt, skill, title, config: Object.keys(config).length > 0 ? config : undefined });
}

/** The title of what a person typed; none where it is that of an earlier run, which was told something else. */
export function titleOf({ text, title }: { text: string; title: string }, like: LaunchRequest | undefined): string {
  const isOfOtherWords = like && !like.skill && title === like.title && text.trim() !== (like.prompt ?? '').trim();
  return isOfOtherWords ? '' : title;
}

/** Stands in for a run that the service made but could not show yet. `at` is an ISO time that is not after its making. */
export function placeholderRun(request: LaunchRequest, answer: LaunchAnswer, at: string): Run {
  return {
    ...answer,
    title: request.title ?? '',
    prompt: request.prompt ?? request.skill ?? '',
    created_at: at,
    updated_at: at,
    agent_config: { ...request.config, ...(request.skill && { skill_spec: request.skill }) },
  };
}

export function repositoriesOf(environment: Environment): string[] {
  return (environment.config.github_repos ?? []).map(repositoryName);
}

export function hasRepository(environment: Environment, repository: GitHubRepository | undefined): boolean {
  return (
    repository !== undefined &&
    (environment.config.github_repos ?? []).some((other) => isSameRepository(other, repository))
  );
}

/** What a person chose the last time: an environment's uid, or deliberately none. */
export type RememberedEnvironment = { uid: string | undefined } | undefined;

export interface EnvironmentWish {
  remembered: RememberedEnvironment;
  repository: GitHubRepository | undefined;
  /** A skill is read from its repository, so an environment that has it goes before the remembered one. */
  needsRepository: boolean;
}

/**
 * The environment that Enter alone takes, or undefined for none: the remembered one, else of those with the repository
 * one that works and has the fewest others.
 */
export function preselectedEnvironment(
  environments: readonly Environment[],
  { remembered, repository, needsRepository }: EnvironmentWish,
): Environment | undefined {
  const last = environments.find(({ uid }) => uid === remembered?.uid);
  const wanted = remembered && (last !== undefined || remembered.uid === undefined);
  if (wanted && (!needsRepository || (last && hasRepository(last, repository)))) {
    return last;
  }
  const size = (environment: Environment): number => repositoriesOf(environment).length;
  const [narrowest] = environmentsInOrder(environments, undefined)
    .filter((environment) => hasRepository(environment, repository))
    .sort((a, b) => Number(a.setup_failed) - Number(b.setup_failed) || size(a) - size(b));
  return narrowest ?? last;
}

/** The remembered one first, then the ones that work, by name; broken ones last. */
export function environmentsInOrder(
  environments: readonly Environment[],
  remembered: string | undefined,
): Environment[] {
  const rank = (environment: Environment): number =>
    environment.uid === remembered ? 0 : environment.setup_failed ? 2 : 1;
  return unique(environments, ({ uid }) => uid).sort(
    (a, b) => rank(a) - rank(b) || environmentName(a).localeCompare(environmentName(b)) || a.uid.localeCompare(b.uid),
  );
}

export function environmentName(environment: Environment): string {
  const name = (environment.config.name ?? '').trim();
  return name || environment.uid;
}

/** The default first, then what can be used, then what cannot; in the service's order within each. */
export function modelsInOrder({ models, default_model_id }: Models): Model[] {
  const rank = (model: Model): number => (model.disable_reason ? 2 : model.id === default_model_id ? 0 : 1);
  return unique(models, ({ id }) => id).sort((a, b) => rank(a) - rank(b));
}

function unique<T>(items: readonly T[], key: (item: T) => string): T[] {
  const seen = new Set<string>();
  return items.filter((item) => !seen.has(key(item)) && seen.add(key(item)));
}
