import assert from 'node:assert/strict';
import { linkTarget, type LinkTarget } from '../../../src/model/linkTarget';
import type { ConversationLink } from '../../../src/model/conversationLink';
import { ApiProblem, type ProblemKind } from '../../../src/oz/problems';
import type { Conversation, ListRunsQuery, Run } from '../../../src/oz/types';
import { problem, run } from './fakeOz';

interface World {
  known?: Run[];
  /** What the service has. */
  runs?: Run[];
  conversations?: Record<string, unknown>;
  sessions?: Record<string, string>;
  fails?: Partial<Record<'getRun' | 'getConversation' | 'listRuns' | 'sessionConversation', ProblemKind>>;
}

function setUp({ known = [], runs = [], conversations = {}, sessions = {}, fails = {} }: World) {
  const asked: string[] = [];
  const queries: ListRunsQuery[] = [];
  const put: string[] = [];
  const answer = <T>(name: keyof typeof fails, what: string, value: T | undefined): Promise<T> => {
    asked.push(`${name} ${what}`.trim());
    const kind = fails[name] ?? (value === undefined ? 'notFound' : undefined);
    return kind ? Promise.reject(problem(kind)) : Promise.resolve(value as T);
  };
  const deps = {
    runs: {
      get: (id: string) => known.find(({ run_id }) => run_id === id),
      all: () => known,
      putHistory: (found: readonly Run[]) => put.push(...found.map(({ run_id }) => run_id)),
    },
    client: {
      getRun: (id: string) =>
        answer(
          'getRun',
          id,
          runs.find(({ run_id }) => run_id === id),
        ),
      getConversation: (id: string) => answer('getConversation', id, conversations[id] as Conversation | undefined),
      listRuns: (query: ListRunsQuery) => {
        queries.push(query);
        return answer('listRuns', '', { runs });
      },
      sessionConversation: (id: string) =>
        fails.sessionConversation
          ? answer<string>('sessionConversation', id, undefined)
          : answer('sessionConversation', id, { found: sessions[id] }).then(({ found }) => found),
    },
  };
  const find = (kind: Exclude<ConversationLink['kind'], 'none'>, id: string): Promise<LinkTarget | undefined> =>
    linkTarget(deps, { kind, id }, new AbortController().signal);
  return { find, asked, queries, put };
}

const talk = {
  conversation_id: 'c1',
  steps: [{ id: 's', started_at: '2026-11-22T11:00:00Z', messages: [], steps: [] }],
};
const withTalk = run('r1', 0, { conversation_id: 'c1', session_id: 's1' });

describe('linkTarget', () => {
  it('finds a run that is known without asking', async () => {
    const world = setUp({ known: [withTalk] });
    for (const [kind, id] of [
      ['run', 'r1'],
      ['any', 'r1'],
      ['conversation', 'c1'],
      ['session', 's1'],
    ] as const) {
      assert.deepEqual(await world.find(kind, id), { kind: 'run', runId: 'r1' });
    }
    assert.deepEqual(world.asked, []);
  });

  it('reads a run that is not known, which is known from then on', async () => {
    const world = setUp({ runs: [withTalk] });
    assert.deepEqual(await world.find('run', 'r1'), { kind: 'run', runId: 'r1' });
    assert.deepEqual([world.asked, world.put], [['getRun r1'], ['r1']]);
    assert.equal(await world.find('run', 'r2'), undefined);
  });

  it('looks for the run of a conversation among those made before it began', async () => {
    const world = setUp({ runs: [run('r0', 0), withTalk], conversations: { c1: talk } });
    assert.deepEqual(await world.find('conversation', 'c1'), { kind: 'run', runId: 'r1' });
    assert.deepEqual(world.put, ['r1']);
    const [query] = world.queries;
    assert.equal(world.queries.length, 1);
    assert.deepEqual([query?.sort_by, query?.sort_order, query?.limit], ['created_at', 'desc', 100]);
    assert.ok(Date.parse(query?.created_before ?? '') > Date.parse('2026-11-22T11:00:00Z'));
  });

  it('takes the newest of the runs that share a conversation', async () => {
    const again = run('r2', 5, { conversation_id: 'c1' });
    assert.deepEqual(await setUp({ known: [again, withTalk] }).find('conversation', 'c1'), {
      kind: 'run',
      runId: 'r2',
    });
  });

  it('gives a conversation without a run, also when the list cannot be read', async () => {
    for (const fails of [{}, { listRuns: 'unreachable' }] as const) {
      const world = setUp({ conversations: { c1: talk }, fails });
      const expected = { kind: 'conversation', conversationId: 'c1', conversation: talk };
      assert.deepEqual(await world.find('conversation', 'c1'), expected);
    }
  });

  it('gives one that the service does not give out, for its panel to say so', async () => {
    const world = setUp({ fails: { getConversation: 'unsupported' } });
    const expected = { kind: 'conversation', conversationId: 'c1', conversation: undefined };
    assert.deepEqual(await world.find('conversation', 'c1'), expected);
    assert.equal(world.queries[0]?.created_before, undefined);
  });

  it('follows a session that is over to its conversation', async () => {
    const world = setUp({ conversations: { c1: talk }, sessions: { s1: 'c1' } });
    assert.equal((await world.find('session', 's1'))?.kind, 'conversation');
    assert.equal((await world.find('any', 's1'))?.kind, 'conversation');
  });

  it('finds the run of a session that lives, or gives the session', async () => {
    const live = run('r1', 0, { session_id: 's1' });
    assert.deepEqual(await setUp({ runs: [live] }).find('session', 's1'), { kind: 'run', runId: 'r1' });
    assert.deepEqual(await setUp({}).find('session', 's9'), { kind: 'session', sessionUuid: 's9' });
  });

  it('tries an id alone as each of them, and finds nothing in the end', async () => {
    const world = setUp({});
    assert.equal(await world.find('any', 'x'), undefined);
    assert.deepEqual(world.asked, ['getRun x', 'getConversation x', 'sessionConversation x']);
    const refused = setUp({ fails: { getRun: 'invalid' }, conversations: { x: talk } });
    assert.equal((await refused.find('any', 'x'))?.kind, 'conversation');
  });

  it('throws what keeps the service from answering', async () => {
    for (const kind of ['noKey', 'keyRefused', 'forbidden', 'unreachable'] as const) {
      const calls = [
        setUp({ fails: { getRun: kind } }).find('any', 'x'),
        setUp({ fails: { getConversation: kind } }).find('conversation', 'x'),
        setUp({ fails: { sessionConversation: kind } }).find('session', 'x'),
      ];
      for (const call of calls) {
        await assert.rejects(call, (error) => ApiProblem.is(error) && error.kind === kind);
      }
    }
  });
});
