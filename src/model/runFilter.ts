import { memberOf } from '../oz/json';
import type { Artifact, ListRunsQuery, Run } from '../oz/types';
import { timeOf } from './serviceTime';
import { type GitHubRepository, gitHubRepository, isSameRepository, skillPlace } from './skillSpec';

/** Something that a filter names by its id; `name` is for people, as the service wrote it. */
export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Which runs a person wants to see: those that everything given here holds for. Plain data, remembered as it is. */
export interface RunFilter {
  readonly text?: string;
  /** About a repository that is open in this workspace. */
  readonly thisRepository?: true;
  /** Started with this key. */
  readonly mine?: true;
  readonly states?: readonly string[];
  readonly sources?: readonly string[];
  readonly environment?: Named;
  /** Its id is `owner/repo:path`. */
  readonly skill?: Named;
  readonly model?: Named;
  readonly schedule?: Named;
  readonly creator?: Named;
  /** With an artifact of this kind. */
  readonly artifact?: string;
  /** Created in the last 24 hours or 7 days. */
  readonly created?: 'day' | 'week';
}

/** What a filter needs to know besides the run. */
export interface FilterFacts {
  /** The uid that runs started with this key have as their creator's, once it is known. */
  readonly uid: string | undefined;
  /** The GitHub repositories that are open in this workspace. */
  readonly repositories: readonly GitHubRepository[];
  /** The repositories that an environment clones, as far as it was read. */
  environmentRepositories(environmentId: string): readonly GitHubRepository[];
}

const hour = 60 * 60 * 1000;
const spans = { day: 24 * hour, week: 7 * 24 * hour };
/** More of a text than this makes no better search and an address that is too long. */
const maxText = 500;

/** The kinds of artifacts that the list can be asked for. There are others in runs. */
const askable: ReadonlySet<string> = new Set<NonNullable<ListRunsQuery['artifact_type']>>([
  'PLAN',
  'PULL_REQUEST',
  'SCREENSHOT',
  'FILE',
]);

/**
 * The part of a filter that the service looks after. It may let more through: `matches` is still to be asked.
 * @param uid the key's own, when known
 * @param now milliseconds since 1970
 */
export function queryOf(filter: RunFilter, uid: string | undefined, now: number): ListRunsQuery {
  const { text, states, sources, environment, skill, model, schedule, artifact, created } = filter;
  const [source, ...moreSources] = sources ?? [];
  const creator = filter.creator?.id ?? (filter.mine && uid);
  const query = {
    q: text,
    state: states,
    // The service takes one source; several are left to `matches`.
    source: moreSources.length === 0 ? source : undefined,
    environment_id: environment?.id,
    skill_spec: skill?.id,
    model_id: model?.id,
    schedule_id: schedule?.id,
    creator,
    artifact_type: isAskable(artifact) ? artifact : undefined,
    created_after: created && new Date(now - spans[created]).toISOString(),
  };
  // Values may be newer than the description of the service.
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}

/** The service answers with many more runs than match, so that more have to be read at once. */
export function needsLocalMatching({ thisRepository, sources = [], artifact }: RunFilter): boolean {
  return thisRepository === true || sources.length > 1 || (artifact !== undefined && !isAskable(artifact));
}

/**
 * Whether a run matches everything but the text, as the service would say.
 * @param now milliseconds since 1970
 */
export function matches(run: Run, filter: RunFilter, facts: FilterFacts, now: number): boolean {
  const { states, sources, environment, skill, model, schedule, creator, artifact, created } = filter;
  return (
    (!states || states.includes(run.state)) &&
    (!sources || (run.source !== undefined && sources.includes(run.source))) &&
    isThat(environment, run.agent_config?.environment_id) &&
    isThat(skill, run.agent_config?.skill_spec) &&
    isThat(model, run.agent_config?.model_id) &&
    isThat(schedule, run.schedule?.schedule_id) &&
    isThat(creator, run.creator?.uid) &&
    (!filter.mine || (facts.uid !== undefined && run.creator?.uid === facts.uid)) &&
    (artifact === undefined || (run.artifacts ?? []).some((one) => one.artifact_type === artifact)) &&
    (!created || timeOf(run.created_at) > now - spans[created]) &&
    (!filter.thisRepository || isAbout(run, facts))
  );
}

/** A guess at what the service finds by this text: every word of it is in the title, the prompt or the skill. */
export function resembles(run: Run, text: string): boolean {
  return resembling(text)(run, searchedText(run));
}

/** `resembles` for many runs and one text; `searched` is the run's `searchedText`, which is worth keeping for the next one. */
export function resembling(text: string): (run: Run, searched: string) => boolean {
  const id = idIn(text);
  const words = wordsOf(text);
  return (run, searched) => run.run_id.toLowerCase() === id || words.every((word) => searched.includes(word));
}

export function searchedText(run: Run): string {
  return `${run.title}\n${run.prompt}\n${run.agent_config?.skill_spec ?? ''}`.toLowerCase();
}

/** The text is the run's id or a link to it, which not every service looks for. */
export function isNamedIn(run: Run, text: string): boolean {
  return run.run_id.toLowerCase() === idIn(text);
}

/** The last part of an address, or the text itself, in small letters. */
function idIn(text: string): string | undefined {
  const [path = ''] = text.trim().toLowerCase().split(/[?#]/, 1);
  return path.replace(/\/+$/, '').split('/').at(-1);
}

/** True for a filter that lets everything through. */
export function isEmptyFilter(filter: RunFilter): boolean {
  return Object.keys(parseFilter(filter)).length === 0;
}

/** Whether two filters want the same; names, which are for people, do not count. */
export function isSameFilter(a: RunFilter, b: RunFilter): boolean {
  const withoutNames = (filter: RunFilter): string =>
    JSON.stringify(parseFilter(filter), (key, value: unknown) => (key === 'name' ? undefined : value));
  return withoutNames(a) === withoutNames(b);
}

/** The filter in what was remembered or put together: what is empty or makes no sense is left out. */
export function parseFilter(value: unknown): RunFilter {
  const from = (typeof value === 'object' ? value : null) as Partial<Record<keyof RunFilter, unknown>> | null;
  const filter = {
    text: text(typeof from?.text === 'string' ? from.text.trim().slice(0, maxText).trim() : undefined),
    thisRepository: from?.thisRepository === true || undefined,
    mine: from?.mine === true || undefined,
    states: texts(from?.states),
    sources: texts(from?.sources),
    environment: named(from?.environment),
    skill: named(from?.skill),
    model: named(from?.model),
    schedule: named(from?.schedule),
    creator: named(from?.creator),
    artifact: text(from?.artifact),
    created: from?.created === 'day' || from?.created === 'week' ? from.created : undefined,
  };
  return Object.fromEntries(Object.entries(filter).filter(([, member]) => member !== undefined));
}

function isAskable(artifact: string | undefined): boolean {
  return artifact !== undefined && askable.has(artifact);
}

function isThat(wanted: Named | undefined, id: string | undefined): boolean {
  return !wanted || wanted.id === id;
}

/** The run works in one of the workspace's repositories, follows a skill of one, or made a pull request there. */
function isAbout(run: Run, facts: FilterFacts): boolean {
  const { repositories } = facts;
  const isOpen = (one: GitHubRepository | undefined): boolean =>
    one !== undefined && repositories.some((open) => isSameRepository(open, one));
  const { environment_id: environmentId, skill_spec: spec } = run.agent_config ?? {};
  return (
    repositories.length > 0 &&
    ((spec !== undefined && isOpen(skillPlace(spec)?.repository)) ||
      (run.artifacts ?? []).some((artifact) => isOpen(pullRequestRepository(artifact))) ||
      (environmentId !== undefined && facts.environmentRepositories(environmentId).some(isOpen)))
  );
}

function pullRequestRepository({ artifact_type: type, data }: Artifact): GitHubRepository | undefined {
  const url = type === 'PULL_REQUEST' ? data.url : '';
  return gitHubRepository(/^(.+)\/pull\/\d/.exec(url)?.[1]);
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}

function texts(value: unknown): string[] | undefined {
  const found = Array.isArray(value) ? [...new Set(value.flatMap((one) => text(one) ?? []))] : [];
  return found.length > 0 ? found : undefined;
}

function named(value: unknown): Named | undefined {
  const id = text(memberOf(value, 'id'));
  return id === undefined ? undefined : { id, name: text(memberOf(value, 'name')) ?? id };
}
