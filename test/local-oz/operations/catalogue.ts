import { invalid } from '../problems';
import { ok, type Handlers } from './operation';

/** What runs can be made of: skills, environments, models. */
export const catalogueOperations = {
  'GET /agent': ({ state }, { query }) => {
    const { repo, sort_by = 'name', include_malformed_skills: includeMalformed = false } = query;
    if (repo !== undefined && !/^[\w.-]+\/[\w.-]+$/.test(repo))
      throw invalid('A repository is given as owner/repo.', repo);
    const agents = state.skills
      .map(({ name, variants }) => ({
        name,
        variants: variants.filter(
          ({ source, error }) =>
            (repo === undefined || `${source.owner}/${source.name}` === repo) &&
            (includeMalformed || error === undefined),
        ),
      }))
      .filter(({ variants }) => variants.length);
    const lastRun = ({ variants }: (typeof agents)[number]): string =>
      variants.reduce((latest, { last_run_timestamp: time }) => (time && time > latest ? time : latest), '');
    agents.sort((a, b) => {
      const order = sort_by === 'last_run' ? compare(lastRun(b), lastRun(a)) : 0;
      return order || compare(a.name.toLowerCase(), b.name.toLowerCase());
    });
    return ok({ agents });
  },
  'GET /agent/environments': ({ state }, { query }) => {
    const environments = [...state.environments].sort((a, b) =>
      query.sort_by === 'name'
        ? compare(a.config.name?.toLowerCase() ?? '', b.config.name?.toLowerCase() ?? '')
        : compare(b.last_updated, a.last_updated),
    );
    return ok({ environments });
  },
  'GET /agent/models': ({ state }) => ok(state.models),
} satisfies Partial<Handlers>;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
