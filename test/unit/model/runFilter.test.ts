import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type FilterFacts,
  isEmptyFilter,
  isNamedIn,
  isSameFilter,
  matches,
  needsLocalMatching,
  parseFilter,
  queryOf,
  resembles,
  type RunFilter,
} from '../../../src/model/runFilter';
import type { Artifact, ListRunsQuery, Run } from '../../../src/oz/types';
import { listRuns } from '../../local-oz/runQuery';
import { noon } from '../fakeClock';
import { useLocalOz } from '../localOz/localOz';
import { run } from './fakeOz';

const nothingKnown: FilterFacts = { uid: undefined, repositories: [], environmentRepositories: () => [] };
const named = (id: string): { id: string; name: string } => ({ id, name: `Name of ${id}` });
const hour = 60 * 60 * 1000;

describe('A filter of runs', () => {
  const local = useLocalOz();

  /** What the local Oz, which was written after the service's description, answers. */
  const answered = (query: ListRunsQuery): string[] => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = listRuns(local().state, { ...query, limit: 500, ...(cursor && { cursor }) });
      ids.push(...page.runs.map((one) => one.run_id));
      cursor = page.page_info.next_cursor;
    } while (cursor !== undefined);
    return ids.sort();
  };
  const all = (): Run[] => [...local().state.runs.values()].map(({ item }) => item);
  const matching = (filter: RunFilter, facts: FilterFacts): string[] =>
    all()
      .filter((one) => matches(one, filter, facts, local().clock.now()))
      .map((one) => one.run_id)
      .sort();

  /** Filters with values that runs have, and some that none has. */
  function filters(): fc.Arbitrary<RunFilter> {
    const values = (of: (one: Run) => (string | undefined)[]): fc.Arbitrary<string> =>
      fc.constantFrom(
        ...new Set(
          all()
            .flatMap(of)
            .filter((value) => value !== undefined),
        ),
        'nobody',
      );
    const name = (of: (one: Run) => string | undefined): fc.Arbitrary<{ id: string; name: string }> =>
      values((one) => [of(one)]).map(named);
    return fc
      .record(
        {
          mine: fc.constant(true as const),
          states: fc.uniqueArray(
            values((one) => [one.state]),
            { minLength: 1, maxLength: 4 },
          ),
          sources: fc.uniqueArray(
            values((one) => [one.source]),
            { minLength: 1, maxLength: 4 },
          ),
          environment: name((one) => one.agent_config?.environment_id),
          skill: name((one) => one.agent_config?.skill_spec),
          model: name((one) => one.agent_config?.model_id),
          schedule: name((one) => one.schedule?.schedule_id),
          creator: name((one) => one.creator?.uid),
          artifact: values((one) => (one.artifacts ?? []).map((artifact): string => artifact.artifact_type)),
          created: fc.constantFrom('day' as const, 'week' as const),
        },
        { requiredKeys: [] },
      )
      .chain((filter) => fc.subarray(Object.keys(filter), { maxLength: 2 }).map((keys) => pick(filter, keys)));
  }

  it('matches the very runs that the service answers with', () => {
    const uid = all().find((one) => one.creator?.uid)?.creator?.uid;
    const facts = { ...nothingKnown, uid };
    let found = 0;
    fc.assert(
      fc.property(filters(), (filter) => {
        const given = answered(queryOf(filter, uid, local().clock.now()));
        const wanted = matching(filter, facts);
        const isLocal = needsLocalMatching(filter) || (filter.mine && filter.creator);
        assert.deepEqual(isLocal ? wanted.filter((id) => given.includes(id)) : given, wanted);
        found += wanted.length;
      }),
      { numRuns: 500 },
    );
    assert.ok(found > 1000);
  });

  it('asks for what the service looks after, and leaves the rest to itself', () => {
    const filter: RunFilter = {
      text: 'flaky tests',
      mine: true,
      states: ['FAILED', 'PAUSED_BY_MOON'],
      sources: ['API'],
      environment: named('env'),
      skill: named('acme/web:a/SKILL.md'),
      model: named('model'),
      schedule: named('schedule'),
      artifact: 'PLAN',
      created: 'week',
      thisRepository: true,
    };
    const query = {
      q: 'flaky tests',
      state: ['FAILED', 'PAUSED_BY_MOON'],
      source: 'API',
      environment_id: 'env',
      skill_spec: 'acme/web:a/SKILL.md',
      model_id: 'model',
      schedule_id: 'schedule',
      creator: 'u1',
      artifact_type: 'PLAN',
      created_after: new Date(noon - 7 * 24 * hour).toISOString(),
    };
    assert.deepEqual(queryOf(filter, 'u1', noon), query);
    assert.equal(needsLocalMatching(filter), true);
    assert.deepEqual(queryOf({ sources: ['API', 'CLI'], artifact: 'EXTERNAL_REFERENCE' }, 'u1', noon), {});
    assert.equal(needsLocalMatching({ sources: ['API', 'CLI'] }), true);
    assert.equal(needsLocalMatching({ artifact: 'EXTERNAL_REFERENCE' }), true);
    assert.equal(needsLocalMatching({ text: 'a', mine: true, states: ['FAILED'], sources: ['API'] }), false);
    assert.deepEqual(queryOf({}, 'u1', noon), {});
    assert.deepEqual(queryOf({ mine: true, creator: named('u2') }, 'u1', noon), { creator: 'u2' });
  });

  it('takes no run for an own one before it is known whose they are', () => {
    const own = run('a', noon, { creator: { uid: 'u1' } });
    assert.equal(matches(own, { mine: true }, nothingKnown, noon), false);
    assert.equal(matches(run('a', noon), { mine: true }, nothingKnown, noon), false);
    assert.equal(matches(own, { mine: true }, { ...nothingKnown, uid: 'u1' }, noon), true);
    assert.equal(matches(own, { mine: true }, { ...nothingKnown, uid: 'u2' }, noon), false);
  });

  it('lets a run grow too old', () => {
    const day = 24 * hour;
    const old = run('a', noon, { created_at: new Date(noon - day).toISOString() });
    assert.equal(matches(old, { created: 'day' }, nothingKnown, noon - 1), true);
    assert.equal(matches(old, { created: 'day' }, nothingKnown, noon), false);
    assert.equal(matches(old, { created: 'week' }, nothingKnown, noon + 6 * day - 1), true);
    assert.equal(matches(run('a', noon, { created_at: '' }), { created: 'week' }, nothingKnown, noon), false);
  });

  describe('by this repository', () => {
    const facts: FilterFacts = {
      uid: undefined,
      repositories: [{ owner: 'Acme', repo: 'Web.js' }],
      environmentRepositories: (id) =>
        id === 'env'
          ? [
              { owner: 'acme', repo: 'other' },
              { owner: 'ACME', repo: 'web.JS' },
            ]
          : [],
    };
    const isAbout = (members: Partial<Run>, known = facts): boolean =>
      matches(run('a', noon, members), { thisRepository: true }, known, noon);
    const pull = (url: string, type = 'PULL_REQUEST'): Partial<Run> => ({
      artifacts: [{ artifact_type: type, created_at: '', data: { url, branch: 'b' } } as Artifact],
    });

    it('finds runs by their environment, skill and pull request, in any case of letters', () => {
      assert.ok(isAbout({ agent_config: { environment_id: 'env' } }));
      assert.ok(isAbout({ agent_config: { environment_id: 'gone', skill_spec: 'acme/web.js:a/SKILL.md' } }));
      assert.ok(isAbout(pull('https://github.com/acme/WEB.js/pull/12')));
      assert.ok(isAbout(pull('https://github.com/acme/web.js/pull/12/files?w=1')));
    });

    it('is not misled', () => {
      assert.ok(!isAbout({}));
      assert.ok(!isAbout({ agent_config: { environment_id: 'gone', skill_spec: 'acme/web:a' } }));
      assert.ok(!isAbout({ agent_config: { skill_spec: 'web.js:a' } }));
      assert.ok(!isAbout(pull('https://example.com/acme/web.js/pull/12')));
      assert.ok(!isAbout(pull('https://github.com/acme/web.js/issues/12')));
      assert.ok(!isAbout(pull('https://github.com/acme/web.js/pull/12', 'EXTERNAL_REFERENCE')));
      assert.ok(!isAbout(pull('nonsense')));
      assert.ok(!isAbout({ agent_config: { environment_id: 'env' } }, { ...facts, repositories: [] }));
    });

    it('looks no environment up for a run that needs none', () => {
      const asked: string[] = [];
      const noting = { ...facts, environmentRepositories: (id: string) => (asked.push(id), []) };
      isAbout({ agent_config: { environment_id: 'e1', skill_spec: 'acme/web.js:a' } }, noting);
      isAbout({ agent_config: { environment_id: 'e2' } }, { ...noting, repositories: [] });
      isAbout({ agent_config: { environment_id: 'e3' } }, noting);
      assert.deepEqual(asked, ['e3']);
    });
  });

  it('guesses what a text finds', () => {
    const one = run('0B1C', noon, {
      title: 'Mend Flaky tests',
      prompt: 'in the CART',
      agent_config: { skill_spec: 'acme/web:triage' },
    });
    assert.ok(resembles(one, 'cart  flaky'));
    assert.ok(resembles(one, 'acme/web:triage'));
    assert.ok(!resembles(one, 'flaky checkout'));
    assert.ok(resembles(one, '0b1c'));
    assert.ok(isNamedIn(one, ' https://oz.warp.dev/runs/0b1C/?tab=plan '));
    assert.ok(!isNamedIn(one, '0b1'));
    assert.ok(!isNamedIn(one, 'mend 0b1c'));
  });

  describe('that was remembered', () => {
    it('is the one that was stored', () => {
      fc.assert(
        fc.property(filters(), (filter) => {
          assert.deepEqual(parseFilter(JSON.parse(JSON.stringify(filter))), filter);
        }),
      );
    });

    it('leaves out what is empty and what makes no sense', () => {
      const nonsense = {
        text: '  ',
        mine: 'yes',
        thisRepository: false,
        states: [1, '', 'FAILED', null, 'FAILED'],
        sources: [],
        environment: { id: '' },
        skill: 'acme/web:a',
        model: { id: 'm', name: 3 },
        schedule: null,
        created: 'year',
        artifact: {},
        other: 1,
      };
      assert.deepEqual(parseFilter(nonsense), { states: ['FAILED'], model: { id: 'm', name: 'm' } });
      assert.deepEqual(parseFilter({ text: ' a b ' }), { text: 'a b' });
      assert.equal(parseFilter({ text: 'x'.repeat(10_000) }).text?.length, 500);
    });

    it('is a filter whatever was stored', () => {
      fc.assert(
        fc.property(fc.anything(), (value) => {
          const filter = parseFilter(value);
          assert.deepEqual(parseFilter(filter), filter);
          matches(run('a', noon), filter, nothingKnown, noon);
          queryOf(filter, undefined, noon);
        }),
      );
    });
  });

  it('is empty when it lets everything through', () => {
    assert.ok(isEmptyFilter({}));
    assert.ok(isEmptyFilter({ text: ' ', states: [], created: undefined }));
    assert.ok(!isEmptyFilter({ mine: true }));
  });

  it('is the same with another name of the same thing', () => {
    assert.ok(isSameFilter({ model: { id: 'm', name: 'a' } }, { model: { id: 'm', name: 'b' }, states: [] }));
    assert.ok(!isSameFilter({ model: named('m') }, { model: named('n') }));
    assert.ok(!isSameFilter({ text: 'a' }, { text: 'b' }));
  });
});

function pick(filter: RunFilter, keys: string[]): RunFilter {
  return Object.fromEntries(Object.entries(filter).filter(([key]) => keys.includes(key)));
}
