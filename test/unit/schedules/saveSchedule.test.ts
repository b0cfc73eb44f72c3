import assert from 'node:assert/strict';
import {
  enabledUnreadable,
  type SaveOutcome,
  type SaveQuestion,
  saveSchedule,
  type SaveScheduleDeps,
} from '../../../src/model/saveSchedule';
import type { Side } from '../../../src/model/scheduleChange';
import { formOf, type ScheduleForm } from '../../../src/model/scheduleForm';
import { ApiProblem, type ProblemKind } from '../../../src/oz/problems';
import { wholeScheduleFrom } from '../../../src/oz/shape';
import type { Schedule, ScheduleUpdate, WholeSchedule } from '../../../src/oz/types';
import { problem } from '../model/fakeOz';
import { schedule } from '../model/fakeSchedules';
import { problemFrom } from '../oz/testClient';

const base = schedule('s', { agent_config: { model_id: 'm', harness: { type: 'oz' } } });

/** A service with one schedule, which others change, too. */
class FakeService {
  readonly sent: ScheduleUpdate[] = [];
  reads = 0;
  now: object | undefined = base;
  /** What the next readings fail with. */
  readFailures: (ApiProblem | undefined)[] = [];
  /** What becomes of the next tries to replace it; `after`: once that was done. */
  failures: { problem: ApiProblem; after?: boolean; meanwhile?: () => void }[] = [];

  getWholeSchedule(_: string, signal?: AbortSignal): Promise<WholeSchedule> {
    this.reads += 1;
    const failure = this.readFailures.shift() ?? (signal?.aborted ? problem('aborted') : undefined);
    const raw = this.now;
    return failure || !raw ? Promise.reject(failure ?? problem('notFound')) : Promise.resolve(wholeScheduleFrom(raw));
  }

  updateSchedule(_: string, update: ScheduleUpdate): Promise<Schedule> {
    this.sent.push(update);
    const failure = this.failures.shift();
    const changed = { ...schedule('s'), ...update, prompt: update.prompt ?? '' };
    this.now = failure && !failure.after ? this.now : changed;
    failure?.meanwhile?.();
    return failure ? Promise.reject(failure.problem) : Promise.resolve(changed);
  }
}

const nobody = (): never => {
  throw new Error('nobody is asked');
};
const always =
  (...sides: Side[]) =>
  (): Promise<Side[]> =>
    Promise.resolve(sides);

const edited = (change: Partial<ScheduleForm>): ScheduleForm => ({ ...formOf(base), ...change });
const renamed = edited({ name: 'Mine' });

function saved(outcome: SaveOutcome): Extract<SaveOutcome, { kind: 'saved' }> {
  assert.ok(outcome.kind === 'saved', outcome.kind);
  return outcome;
}

function sidesOf(question: SaveQuestion): Extract<SaveQuestion, { kind: 'sides' }> {
  assert.ok(question.kind === 'sides', question.kind);
  return question;
}

describe('saveSchedule', () => {
  let client: FakeService;
  const save = (
    before: Schedule,
    form: ScheduleForm,
    ask: SaveScheduleDeps['ask'] = nobody,
    signal?: AbortSignal,
  ): Promise<SaveOutcome> => saveSchedule({ client, ask }, before, form, signal);

  beforeEach(() => {
    client = new FakeService();
  });

  it('sends what was edited and keeps what others changed meanwhile', async () => {
    client.now = { ...base, timezone: 'CET', enabled: false, agent_config: { ...base.agent_config, name: 'theirs' } };
    const { kept } = saved(await save(base, renamed));
    assert.deepEqual([...kept].sort(), ['config.name', 'enabled']);
    assert.deepEqual(client.sent, [
      {
        ...{ name: 'Mine', cron_schedule: '0 9 * * *', enabled: false, prompt: 'Do it', timezone: 'CET' },
        agent_config: { model_id: 'm', harness: { type: 'oz' }, name: 'theirs' },
      },
    ]);
  });

  it('sends nothing that is there already', async () => {
    client.now = { ...base, name: 'Mine' };
    saved(await save(base, renamed));
    saved(await save(base, formOf(base)));
    assert.deepEqual(client.sent, []);
  });

  it('leaves a text as it came of which nobody changed more than the spaces around it', async () => {
    const spaced = { ...base, prompt: 'Do it\n' };
    for (const prompt of ['Do it', 'Do it\n', ' Do it']) {
      client.now = { ...spaced, enabled: false };
      saved(await save(spaced, { ...formOf(spaced), name: 'Mine', prompt }));
      client.now = { ...spaced, prompt: 'Theirs' };
      saved(await save(spaced, { ...formOf(spaced), name: 'Mine', prompt }));
    }
    assert.deepEqual(
      client.sent.map(({ prompt }) => prompt),
      ['Do it\n', 'Theirs', 'Do it\n', 'Theirs', 'Do it\n', 'Theirs'],
    );
  });

  it('does not go on when the schedule cannot be read', async () => {
    client.readFailures = [problem('server')];
    assert.equal((await problemFrom(save(base, renamed))).kind, 'server');
    assert.deepEqual(client.sent, []);
  });

  it('neither starts nor stops one of which it cannot be read whether it is paused', async () => {
    for (const enabled of [undefined, null, 'no', 0]) {
      client.now = { ...base, enabled };
      const { facts } = await problemFrom(save(base, renamed));
      assert.equal(facts.code, enabledUnreadable);
    }
    assert.deepEqual(client.sent, []);
  });

  describe('where both changed the same', () => {
    it('asks which side counts', async () => {
      for (const [side, model] of [
        ['mine', 'a'],
        ['theirs', 'b'],
      ] as const) {
        client = new FakeService();
        client.now = { ...base, prompt: 'Theirs', agent_config: { ...base.agent_config, model_id: 'b' } };
        const form = edited({ name: 'Mine', prompt: 'Mine', model: 'a' });
        const choose = (question: SaveQuestion): Promise<Side[]> => {
          const { conflicts, isMismatch } = sidesOf(question);
          assert.deepEqual(conflicts, [
            { member: 'prompt', mine: 'Mine', theirs: 'Theirs' },
            { member: 'model', mine: 'a', theirs: 'b' },
          ]);
          assert.equal(isMismatch, false);
          return Promise.resolve(['theirs', side]);
        };
        saved(await save(base, form, choose));
        assert.deepEqual(
          client.sent.map(({ name, prompt, agent_config: config }) => [name, prompt, config?.model_id]),
          [['Mine', 'Theirs', model]],
        );
      }
    });

    it('looks again after a choice, which may have taken its time', async () => {
      const asked: string[][] = [];
      client.now = { ...base, prompt: 'Theirs' };
      const choose = (question: SaveQuestion): Promise<Side[]> => {
        const { conflicts } = sidesOf(question);
        asked.push(conflicts.map(({ member }) => member));
        if (asked.length === 1) {
          client.now = { ...base, prompt: 'Theirs', name: 'Theirs', cron_schedule: '1 1 * * *' };
        }
        return Promise.resolve(conflicts.map((): Side => 'mine'));
      };
      await save(base, edited({ name: 'Mine', prompt: 'Mine' }), choose);
      assert.deepEqual(asked, [['prompt'], ['name']]);
      assert.deepEqual(
        client.sent.map(({ name, prompt, cron_schedule: cron }) => [name, prompt, cron]),
        [['Mine', 'Mine', '1 1 * * *']],
      );
    });

    it('saves nothing when nobody chooses', async () => {
      client.now = { ...base, name: 'Theirs' };
      const choose = (): Promise<null> => Promise.resolve(null);
      const outcome = await save(base, renamed, choose);
      assert.deepEqual([outcome.kind, client.sent], ['declined', []]);
    });
  });

  describe('where both together would be wrong', () => {
    const skill = 'acme/web:a/SKILL.md';
    const secrets = { claude_auth_secret_name: 'key' };

    it('asks for what leaves neither a prompt nor a skill, until one is left', async () => {
      const before = { ...base, agent_config: { skill_spec: skill } };
      client.now = { ...base, agent_config: {} };
      const answers: Side[][] = [
        ['mine', 'theirs'],
        ['mine', 'mine'],
      ];
      const choose = (question: SaveQuestion): Promise<Side[] | null> => {
        const { conflicts, isMismatch } = sidesOf(question);
        assert.deepEqual(conflicts, [
          { member: 'prompt', mine: '', theirs: 'Do it' },
          { member: 'skill', mine: skill, theirs: undefined },
        ]);
        assert.equal(isMismatch, true);
        return Promise.resolve(answers.shift() ?? null);
      };
      const form = { ...formOf(before), prompt: '' };
      const { kept } = saved(await save(before, form, choose));
      assert.deepEqual(kept, []);
      assert.deepEqual(
        client.sent.map(({ prompt, agent_config: config }) => [prompt, config?.skill_spec]),
        [[undefined, skill]],
      );
      assert.deepEqual(answers, []);
    });

    it('asks for a secret of a harness that is another now', async () => {
      const before = { ...base, agent_config: { harness: { type: 'claude' as const } } };
      client.now = { ...base, agent_config: { harness: { type: 'codex' } } };
      const mine = { ...formOf(before), config: { ...formOf(before).config, harness_auth_secrets: secrets } };
      saved(await save(before, mine, always('mine', 'mine')));
      assert.deepEqual(client.sent[0]?.agent_config, { harness: { type: 'claude' }, harness_auth_secrets: secrets });
    });

    it('asks nothing where a side is no better by itself', async () => {
      client.now = { ...base, prompt: '', agent_config: {} };
      saved(await save(base, renamed));
    });
  });

  describe('of one whose secrets the service hides', () => {
    const config = { mcp_servers: { db: { command: 'x', env: { TOKEN: '***', MODE: 'fast' } } } };
    const hiding = { ...base, agent_config: config };
    const form = { ...formOf(hiding), name: 'Mine' };
    const answering = (isWanted: boolean): Pick<SaveScheduleDeps, 'ask'> & { asked: unknown[] } => {
      const asked: unknown[] = [];
      const ask = (question: SaveQuestion): Promise<[] | null> => {
        asked.push(question);
        return Promise.resolve(isWanted ? [] : null);
      };
      return { ask, asked };
    };

    beforeEach(() => {
      client.now = hiding;
    });

    it('sends them back only after a word, once', async () => {
      const no = answering(false);
      assert.equal((await save(hiding, form, no.ask)).kind, 'declined');
      const hidden = [{ kind: 'secret', server: 'db', member: 'env', name: 'TOKEN' }];
      assert.deepEqual(no.asked, [{ kind: 'hidden', hidden }]);
      assert.equal(client.sent.length, 0);
      const yes = answering(true);
      client.failures = [{ problem: problem('server') }];
      saved(await save(hiding, form, yes.ask));
      assert.equal(yes.asked.length, 1);
      assert.deepEqual(client.sent[0]?.agent_config, config);
    });

    it('knows its own servers again, with their values hidden, where the answer was lost', async () => {
      const chosen = { db: { command: 'x', env: { TOKEN: 's3cret', MODE: 'slow' } }, gh: { url: 'https://gh' } };
      const bare = { ...base, agent_config: {} };
      const mine = { ...formOf(bare), config: { mcp_servers: chosen } };
      const shown = { ...chosen, db: { command: 'x', env: { TOKEN: '***', MODE: 'slow' } } };
      const lose = (servers: object): void => {
        client = new FakeService();
        client.now = bare;
        const meanwhile = (): void => {
          client.now = { ...base, agent_config: { mcp_servers: servers } };
        };
        client.failures = [{ problem: problem('outcomeUnknown'), meanwhile }];
      };
      lose(shown);
      assert.deepEqual(saved(await save(bare, mine)).kept, []);
      assert.equal(client.sent.length, 1);
      for (const others of [
        { ...shown, gh: { url: 'https://other' } },
        { db: shown.db },
        { ...shown, db: { command: 'x', env: { TOKEN: '***', OTHER: '***', MODE: 'slow' } } },
        { ...shown, more: { url: 'https://more' } },
      ]) {
        lose(others);
        const asked: SaveQuestion['kind'][] = [];
        const ask = ({ kind }: SaveQuestion): Promise<null> => {
          asked.push(kind);
          return Promise.resolve(null);
        };
        await save(bare, mine, ask);
        assert.deepEqual(asked, ['sides']);
      }
    });

    it('sends them again where those of before look the same', async () => {
      const chosen = { db: { command: 'x', env: { TOKEN: 's3cret', MODE: 'fast' } } };
      client.failures = [{ problem: problem('outcomeUnknown') }];
      saved(await save(hiding, { ...form, config: { mcp_servers: chosen } }));
      assert.deepEqual(
        client.sent.map(({ agent_config: sent }) => sent),
        [{ mcp_servers: chosen }, { mcp_servers: chosen }],
      );
    });

    it('asks nothing where the servers are others, or nothing is sent', async () => {
      const yes = answering(true);
      const meanwhile = (): void => {
        client.now = base;
      };
      client.failures = [{ problem: problem('server'), meanwhile }];
      saved(await save(hiding, form, yes.ask));
      assert.equal(yes.asked.length, 1);
      client = new FakeService();
      client.now = hiding;
      const chosen = { db: { command: 'x', env: { TOKEN: 's3cret' } } };
      saved(await save(hiding, { ...form, config: { mcp_servers: chosen } }));
      assert.deepEqual(client.sent[0]?.agent_config, { mcp_servers: chosen });
      client.now = { ...hiding, name: 'Mine' };
      saved(await save(hiding, form));
    });
  });

  describe('that fails', () => {
    it('is tried again on what is there by then', async () => {
      for (const kind of ['server', 'outcomeUnknown', 'rateLimited', 'unreachable', 'timeout', 'notOz'] as const) {
        client = new FakeService();
        const meanwhile = (): void => {
          client.now = { ...base, prompt: 'Theirs', enabled: false };
        };
        client.failures = [{ problem: problem(kind), meanwhile }];
        const { kept } = saved(await save(base, renamed));
        assert.deepEqual([...kept].sort(), ['enabled', 'prompt'], kind);
        assert.deepEqual(
          client.sent.map(({ name, prompt, enabled }) => [name, prompt, enabled]),
          [
            ['Mine', 'Do it', true],
            ['Mine', 'Theirs', false],
          ],
        );
      }
    });

    it('is not tried again when it was done all the same, without the spaces that are not sent', async () => {
      for (const kind of ['outcomeUnknown', 'notOz', 'server'] as const) {
        client = new FakeService();
        client.failures = [{ problem: problem(kind), after: true }];
        const form = edited({ name: ' Mine', prompt: 'Do that\n', cron: '0  8 * *\u00a0*' });
        const { schedule: now, kept } = saved(await save(base, form));
        assert.deepEqual([now.name, now.prompt, now.cron_schedule, kept], ['Mine', 'Do that', '0 8 * * *', []]);
        assert.equal(client.sent.length, 1, kind);
      }
    });

    it('is tried three times', async () => {
      client.failures = Array.from({ length: 5 }, () => ({ problem: problem('server') }));
      assert.equal((await problemFrom(save(base, renamed))).kind, 'server');
      assert.deepEqual([client.sent.length, client.reads], [3, 4]);
    });

    it('is not tried again where that would not help', async () => {
      const final = (kind: ProblemKind): ApiProblem => new ApiProblem({ kind, message: '', retryable: false });
      for (const one of [
        final('rateLimited'),
        final('server'),
        problem('invalid'),
        problem('keyRefused'),
        problem('forbidden'),
        new ApiProblem({ kind: 'rateLimited', code: 'out_of_credits', message: '', retryable: false }),
      ]) {
        client = new FakeService();
        client.failures = [{ problem: one }];
        assert.equal(await problemFrom(save(base, renamed)), one);
        assert.equal(client.sent.length, 1);
      }
    });

    it('may be saved when it cannot be read whether it is', async () => {
      for (const [kind, end] of [
        ['outcomeUnknown', 'outcomeUnknown'],
        ['server', 'outcomeUnknown'],
        ['notOz', 'outcomeUnknown'],
        ['rateLimited', 'outcomeUnknown'],
        ['unreachable', 'unreachable'],
      ] as const) {
        client = new FakeService();
        client.failures = [{ problem: problem(kind) }];
        client.readFailures = [undefined, problem('unreachable')];
        assert.equal((await problemFrom(save(base, renamed))).kind, end);
      }
    });
  });

  describe('of one that is gone', () => {
    it('says so, also when that happens on the way', async () => {
      client.failures = [
        {
          problem: problem('notFound'),
          meanwhile: () => {
            client.now = undefined;
          },
        },
      ];
      assert.deepEqual(await save(base, renamed), { kind: 'gone' });
      assert.deepEqual(await save(base, renamed), { kind: 'gone' });
      assert.equal(client.sent.length, 1);
    });

    it('does not take it for gone when something that it names is', async () => {
      const missing = problem('notFound');
      client.failures = [{ problem: missing }];
      const form = edited({ environment: 'gone' });
      assert.equal(await problemFrom(save(base, form)), missing);
      assert.equal(client.sent.length, 1);
    });
  });

  describe('that is cancelled', () => {
    it('sends nothing more', async () => {
      const stopper = new AbortController();
      stopper.abort();
      const end = await problemFrom(save(base, renamed, nobody, stopper.signal));
      assert.deepEqual([end.kind, client.sent], ['aborted', []]);
    });

    it('looks what became of it when it was sent', async () => {
      for (const after of [true, false]) {
        client = new FakeService();
        const stopper = new AbortController();
        const lost = new ApiProblem({ kind: 'outcomeUnknown', code: 'aborted', message: '', retryable: false });
        const meanwhile = (): void => {
          stopper.abort();
        };
        client.failures = [{ problem: lost, after, meanwhile }];
        const saving = save(base, renamed, nobody, stopper.signal);
        if (after) {
          saved(await saving);
        } else {
          assert.equal(await problemFrom(saving), lost);
        }
        assert.deepEqual([client.sent.length, client.reads], [1, 2]);
      }
    });
  });
});
