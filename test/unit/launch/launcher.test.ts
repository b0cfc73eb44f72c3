import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Launcher } from '../../../src/model/launcher';
import { markOf } from '../../../src/model/launchMatch';
import { launchRequest } from '../../../src/model/launchRequest';
import type { Clock } from '../../../src/oz/clock';
import { ApiProblem, type ProblemKind } from '../../../src/oz/problems';
import type { LaunchAnswer, LaunchRequest, ListRunsQuery, Run } from '../../../src/oz/types';
import { FakeClock } from '../fakeClock';
import { problem } from '../model/fakeOz';

const start = Date.parse('2026-03-18T14:30:00Z');
/** The service's clock is ahead of this machine's. */
const skew = 3_600_000;

function aRun(members: Partial<Run> = {}): Run {
  const created_at = new Date(start + skew + 300).toISOString();
  return {
    ...ids('r1'),
    title: 'Tests',
    state: 'QUEUED',
    prompt: 'Fix the tests',
    created_at,
    updated_at: created_at,
    ...members,
  };
}

function ids(id: string) {
  return { run_id: id, task_id: id };
}

/** How a call ends, with as much time as it takes. */
async function outcome<T>(clock: FakeClock, call: Promise<T>): Promise<PromiseSettledResult<T>> {
  const [result] = await clock.until(Promise.allSettled([call]));
  return result;
}

interface Service {
  create?: (request: LaunchRequest) => Promise<LaunchAnswer>;
  get?: (runId: string) => Promise<Run>;
  list?: (look: number, query: ListRunsQuery) => Promise<Run[]>;
  serverNow?: (clock: Clock) => number | undefined;
}

function setUp({ create, get, list, serverNow = (clock) => clock.now() + skew }: Service = {}) {
  const clock = new FakeClock(start);
  const created: LaunchRequest[] = [];
  const listed: ListRunsQuery[] = [];
  const put: Run[] = [];
  const told: [runId: string, found: boolean, isPut: boolean][] = [];
  const launcher = new Launcher({
    clock,
    serverNow: () => serverNow(clock),
    runs: { put: (run) => put.push(run) },
    onLaunched: (run, { found: isFound }) => told.push([run.run_id, isFound, put.includes(run)]),
    client: {
      createRun: (request) => {
        created.push(request);
        return create ? create(request) : Promise.resolve({ ...ids('r1'), state: 'QUEUED' });
      },
      getRun: (runId) => (get ? get(runId) : Promise.resolve(aRun({ run_id: runId }))),
      listRuns: async (query) => {
        listed.push(query);
        return { runs: list ? await list(listed.length, query) : [] };
      },
    },
  });
  const launch = (request: LaunchRequest) => outcome(clock, launcher.launch(request));
  return { clock, created, listed, put, told, launcher, launch };
}

const request = (): LaunchRequest => launchRequest({ prompt: 'Fix the tests', title: '' });
const lost = (): Promise<never> => Promise.reject(problem('outcomeUnknown'));

function found(result: PromiseSettledResult<{ run: Run }>): string | undefined {
  return result.status === 'fulfilled' ? result.value.run.run_id : undefined;
}

function kindOf(result: PromiseSettledResult<unknown>): ProblemKind | undefined {
  return result.status === 'rejected' && ApiProblem.is(result.reason) ? result.reason.kind : undefined;
}

describe('Launcher', () => {
  it('launches, shows the run and looks for nothing', async () => {
    const { launch, created, listed, put } = setUp();
    const result = await launch(request());
    assert.equal(found(result), 'r1');
    assert.deepEqual([created.length, listed.length, put.map(({ run_id }) => run_id)], [1, 0, ['r1']]);
  });

  it('says that the service is at capacity', async () => {
    const { launch } = setUp({
      create: () => Promise.resolve({ ...ids('r1'), state: 'QUEUED', at_capacity: true }),
    });
    const result = await launch(request());
    assert.ok(result.status === 'fulfilled' && result.value.atCapacity && !result.value.found);
  });

  it('shows a placeholder that any real copy replaces when the run cannot be read yet', async () => {
    for (const kind of ['notFound', 'server', 'unreachable'] as const) {
      const { launch, put, created } = setUp({ get: () => Promise.reject(problem(kind)) });
      const result = await launch({ ...request(), skill: 'acme/shop:a/SKILL.md', title: 'T' });
      assert.equal(found(result), 'r1');
      assert.equal(created.length, 1);
      const [run] = put;
      assert.deepEqual([run?.title, run?.prompt, run?.state], ['T', 'Fix the tests', 'QUEUED']);
      assert.ok(run && Date.parse(run.updated_at) <= start + skew);
    }
  });

  it('sends once under every outcome, and passes on what it cannot help', async () => {
    const kinds: ProblemKind[] = [
      'noKey',
      'unreachable',
      'timeout',
      'aborted',
      'notOz',
      'invalid',
      'keyRefused',
      'externalAuth',
      'forbidden',
      'notFound',
      'conflict',
      'unsupported',
      'rateLimited',
      'server',
      'outcomeUnknown',
    ];
    // A time limit without a status came before anything was sent.
    const looks: Record<string, number> = { notOz: 2, rateLimited: 2, server: 4, outcomeUnknown: 4 };
    for (const kind of kinds) {
      const { launch, created, listed, put } = setUp({ create: () => Promise.reject(problem(kind)) });
      assert.equal(kindOf(await launch(request())), kind);
      assert.deepEqual([created.length, listed.length, put.length], [1, looks[kind] ?? 0, 0], kind);
    }
  });

  it('passes on what is no problem of the service', async () => {
    const { launch, listed } = setUp({ create: () => Promise.reject(new TypeError('bug')) });
    const result = await launch(request());
    assert.ok(result.status === 'rejected' && result.reason instanceof TypeError);
    assert.equal(listed.length, 0);
  });

  describe('after a lost answer', () => {
    it('adopts the run at whichever look it shows', async () => {
      for (const look of [1, 2, 3, 4]) {
        const { launch, created, listed, put } = setUp({
          create: lost,
          list: (n) =>
            n === 2 && look > 2 ? Promise.reject(problem('server')) : Promise.resolve(n < look ? [] : [aRun()]),
        });
        const result = await launch(request());
        assert.ok(result.status === 'fulfilled' && result.value.found);
        assert.deepEqual([created.length, listed.length, put.length], [1, look, 1]);
      }
    });

    it('also after a failure that may have left a run behind', async () => {
      for (const [kind, status] of [
        ['timeout', 408],
        ['notOz', 200],
        ['rateLimited', 429],
        ['server', 500],
      ] as const) {
        const { launch, created } = setUp({
          create: () => Promise.reject(new ApiProblem({ kind, status, message: '' })),
          list: () => Promise.resolve([aRun()]),
        });
        assert.equal(found(await launch(request())), 'r1');
        assert.equal(created.length, 1);
      }
    });

    it('says that the outcome is unknown when it cannot look', async () => {
      const { launch, created, clock } = setUp({ create: lost, list: () => Promise.reject(problem('unreachable')) });
      assert.equal(kindOf(await launch(request())), 'outcomeUnknown');
      assert.equal(created.length, 1);
      assert.ok(clock.now() - start <= 20_000);
    });

    it('does not believe a failure that it cannot check', async () => {
      for (const kind of ['notOz', 'rateLimited', 'server'] as const) {
        const { launch } = setUp({
          create: () => Promise.reject(problem(kind)),
          list: () => Promise.reject(problem('unreachable')),
        });
        const result = await launch(request());
        assert.equal(kindOf(result), 'outcomeUnknown');
        assert.ok(result.status === 'rejected' && ApiProblem.is(result.reason) && result.reason.facts.code === kind);
      }
    });

    it('does not look for what a limit of the account kept from being launched', async () => {
      for (const code of ['out_of_credits', 'at_cloud_agent_capacity']) {
        const { launch, listed } = setUp({
          create: () => Promise.reject(new ApiProblem({ kind: 'rateLimited', status: 429, code, message: '' })),
        });
        assert.equal(kindOf(await launch(request())), 'rateLimited');
        assert.equal(listed.length, 0);
      }
    });

    it('gives up a look that does not end', async () => {
      const clock = new FakeClock(start);
      const launcher = new Launcher({
        clock,
        serverNow: () => undefined,
        runs: { put: () => assert.fail() },
        client: {
          createRun: lost,
          getRun: () => Promise.reject(problem('notFound')),
          listRuns: (_query, signal) =>
            new Promise((_resolve, reject) => {
              signal?.addEventListener('abort', () => {
                reject(problem('aborted'));
              });
            }),
        },
      });
      assert.equal(kindOf(await outcome(clock, launcher.launch(request()))), 'outcomeUnknown');
      assert.equal(clock.now() - start, 20_000);
    });

    it("looks from the launch on by the service's clock", async () => {
      const { launch, listed } = setUp({ create: lost });
      await launch(request());
      for (const query of listed) {
        assert.equal(query.created_after, new Date(start + skew - 10_000).toISOString());
        assert.deepEqual([query.sort_by, query.sort_order], ['created_at', 'asc']);
      }
    });

    it("does not trust this machine's clock to leave out runs at the service", async () => {
      let isKnown = false;
      const { launch, listed } = setUp({
        create: lost,
        serverNow: (clock) => (isKnown ? clock.now() - skew : undefined),
        list: () => {
          isKnown = true;
          return Promise.resolve([aRun({ created_at: new Date(start - skew + 1).toISOString() })]);
        },
      });
      assert.equal(found(await launch(request())), 'r1');
      assert.deepEqual(
        listed.map((query) => 'created_after' in query),
        [false],
      );
    });

    const at = (ms: number): string => new Date(start + skew + ms).toISOString();
    const others: [string, Partial<Run>][] = [
      ['another prompt', { prompt: 'Fix the tests, please' }],
      ['an earlier time', { created_at: at(-11_000) }],
      ['a much later time', { created_at: at(200_000) }],
      ['a parent', { parent_run_id: 'p' }],
      ['another name', { agent_config: { name: 'nightly' } }],
      ['a schedule', { schedule: { schedule_id: 's', schedule_name: 's', cron_schedule: '0 9 * * *' } }],
      ['another environment', { agent_config: { environment_id: 'e2' } }],
      ['another model', { agent_config: { model_id: 'm2' } }],
      ['another title', { title: 'Other' }],
    ];
    const precise = {
      prompt: 'Fix the tests',
      title: 'Tests',
      environment: 'e1',
      model: 'm1',
      options: { name: 'n1' },
    };
    for (const [what, members] of others) {
      it(`does not adopt a run of ${what}`, async () => {
        const { launch, created } = setUp({ create: lost, list: () => Promise.resolve([aRun(members)]) });
        assert.equal(kindOf(await launch(launchRequest(precise))), 'outcomeUnknown');
        assert.equal(created.length, 1);
      });
    }

    it('adopts a run that tells only some of it', async () => {
      for (const members of [
        {},
        { agent_config: {} },
        { agent_config: { environment_id: 'e1' } },
        { created_at: 'string' },
      ]) {
        const { launch } = setUp({ create: lost, list: () => Promise.resolve([aRun(members)]) });
        assert.equal(found(await launch(launchRequest(precise))), 'r1');
      }
    });

    it('takes the nearest of several', async () => {
      const runs = [
        aRun({ run_id: 'later', created_at: at(4000) }),
        aRun({ run_id: 'mine', created_at: at(200) }),
        aRun({ run_id: 'earlier', created_at: at(-9000) }),
      ];
      const { launch } = setUp({ create: lost, list: () => Promise.resolve(runs) });
      assert.equal(found(await launch(request())), 'mine');
    });

    it('does not adopt a run that it launched before', async () => {
      let isLost = false;
      const { launch, created } = setUp({
        create: () => (isLost ? lost() : Promise.resolve({ ...ids('r1'), state: 'QUEUED' })),
        list: () => Promise.resolve([aRun()]),
      });
      assert.equal(found(await launch(request())), 'r1');
      isLost = true;
      assert.equal(kindOf(await launch(request())), 'outcomeUnknown');
      assert.equal(kindOf(await launch(request())), 'outcomeUnknown');
      assert.equal(created.length, 3);
    });

    it('does not adopt the run of somebody else, once it knows who launches', async () => {
      const by = (uid: string): Partial<Run> => ({ creator: { type: 'user', uid } });
      let isLost = false;
      const { launch, launcher } = setUp({
        create: () => (isLost ? lost() : Promise.resolve({ ...ids('r0'), state: 'QUEUED' })),
        get: (runId) => Promise.resolve(aRun({ run_id: runId, ...by('me') })),
        list: () => Promise.resolve([aRun({ run_id: 'theirs', ...by('them') })]),
      });
      await launch(request());
      isLost = true;
      assert.equal(kindOf(await launch(request())), 'outcomeUnknown');
      launcher.keyChanged();
      assert.equal(found(await launch(request())), 'theirs');
    });

    it('knows from the beginning who launches, where that was learned before', async () => {
      const clock = new FakeClock(start);
      const theirs = aRun({ creator: { type: 'user', uid: 'them' }, created_at: new Date(start).toISOString() });
      const launcher = new Launcher({
        clock,
        serverNow: () => clock.now(),
        creator: () => 'me',
        runs: { put: () => assert.fail() },
        client: { createRun: lost, getRun: () => assert.fail(), listRuns: () => Promise.resolve({ runs: [theirs] }) },
      });
      assert.equal(kindOf(await outcome(clock, launcher.launch(request()))), 'outcomeUnknown');
    });

    it('takes two runs for two launches that are alike, and one of them for none', async () => {
      for (const there of [2, 1, 0]) {
        const runs = [aRun({ run_id: 'a' }), aRun({ run_id: 'b' })].slice(0, there);
        const { launcher, clock, created } = setUp({ create: lost, list: () => Promise.resolve(runs) });
        const both = await clock.until(Promise.allSettled([launcher.launch(request()), launcher.launch(request())]));
        assert.equal(new Set(both.map(found).filter(Boolean)).size, there);
        assert.equal(created.length, 2);
      }
    });

    it('leaves a run to a launch like it that is still on its way', async () => {
      let answer: (answer: LaunchAnswer) => void = () => undefined;
      const first = request();
      const { launcher, clock } = setUp({
        create: (one) => (one === first ? new Promise((resolve) => (answer = resolve)) : lost()),
        list: () => Promise.resolve([aRun()]),
      });
      const slow = launcher.launch(first);
      assert.equal(kindOf(await outcome(clock, launcher.launch(request()))), 'outcomeUnknown');
      answer({ ...ids('r1'), state: 'QUEUED' });
      assert.equal(found(await outcome(clock, slow)), 'r1');
    });

    it('leaves a run to another window that knows it already', async () => {
      const claims = new Set(['launched r1']);
      const clock = new FakeClock(start);
      const launcher = new Launcher({
        clock,
        serverNow: () => clock.now() + skew,
        claim: (name) => Promise.resolve(!claims.has(name)),
        runs: { put: () => undefined },
        client: {
          createRun: lost,
          getRun: () => assert.fail(),
          listRuns: () => Promise.resolve({ runs: [aRun(), aRun({ run_id: 'r2' })] }),
        },
      });
      assert.equal(found(await outcome(clock, launcher.launch(request()))), 'r2');
    });

    it('knows a prompt that is too long to be kept by its mark', async () => {
      const prompt = 'Fix the tests. '.repeat(1000);
      const { wholePrompt, ...rest } = { ...request(), prompt: 'Fix', wholePrompt: markOf(prompt.trim()) };
      for (const [told, isIt] of [
        [prompt, true],
        [`${prompt}x`, false],
        [prompt.replace('Fix', 'Mix'), false],
      ] as const) {
        const { launcher, clock } = setUp({ list: () => Promise.resolve([aRun({ prompt: told })]) });
        const sought = { ...launcher.sought(rest), request: { ...rest, wholePrompt } };
        const { run } = await clock.until(launcher.find(sought, undefined));
        assert.equal(run?.run_id, isIt ? 'r1' : undefined);
      }
    });

    it('knows the run of a skill by the skill and the end of its prompt', async () => {
      const skill = 'acme/shop:.agents/skills/review/SKILL.md';
      const plan = { prompt: 'Only the cart', skill, title: '' };
      const mine: Partial<Run>[] = [
        { prompt: 'Review it.\n\nOnly the cart', agent_config: { skill_spec: skill } },
        { prompt: 'Only the cart', agent_skill: { full_path: '/home/ada/shop/.agents/skills/review/SKILL.md' } },
        { prompt: 'Review it.', submitted_prompt: 'Only the cart', agent_config: { skill_spec: skill } },
      ];
      const theirs: Partial<Run>[] = [
        { prompt: 'Only the cart' },
        { prompt: 'Only the cart', agent_config: { skill_spec: 'acme/shop:.agents/skills/other/SKILL.md' } },
        { prompt: 'Review it.', agent_config: { skill_spec: skill } },
      ];
      for (const [members, expected] of [
        ...mine.map((run) => [run, 'r1'] as const),
        ...theirs.map((run) => [run, undefined] as const),
      ]) {
        const { launch } = setUp({ create: lost, list: () => Promise.resolve([aRun(members)]) });
        assert.equal(found(await launch(launchRequest(plan))), expected, JSON.stringify(members));
      }
    });

    it('tells whether a run is the launched one or was guessed', async () => {
      const answered = setUp();
      await answered.launch(request());
      assert.deepEqual(answered.told, [['r1', false, false]]);
      const guessed = setUp({ create: lost, list: () => Promise.resolve([aRun({ run_id: 'mine' })]) });
      await guessed.launch(request());
      assert.deepEqual(guessed.told, [['mine', true, false]]);
    });

    it('never sends twice, whatever the looks answer', async () => {
      const look = fc.oneof(
        fc.constantFrom<ProblemKind>('server', 'unreachable', 'keyRefused', 'rateLimited', 'notOz'),
        fc.array(fc.constantFrom('mine', 'foreign'), { maxLength: 3 }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(look, { minLength: 4, maxLength: 4 }), async (answers) => {
          const { launch, created, put } = setUp({
            create: lost,
            list: (n) => {
              const answer = answers[n - 1] ?? [];
              return typeof answer === 'string'
                ? Promise.reject(problem(answer))
                : Promise.resolve(
                    answer.map((run_id) => aRun({ run_id, ...(run_id === 'foreign' && { prompt: 'x' }) })),
                  );
            },
          });
          const result = await launch(request());
          const isThere = answers.some((answer) => Array.isArray(answer) && answer.includes('mine'));
          assert.equal(found(result), isThere ? 'mine' : undefined);
          assert.deepEqual([created.length, put.length], [1, isThere ? 1 : 0]);
        }),
      );
    });
  });
});
