import assert from 'node:assert/strict';
import { followUp, type FollowUpDeps } from '../../src/commands/followUp';
import { sendLaunch } from '../../src/commands/sendLaunch';
import { ApiProblem, type ProblemKind } from '../../src/oz/problems';
import type { Run } from '../../src/oz/types';
import { aRun, known, problem } from './knownRuns';
import { draftOf, setUp } from './launchSetting';
import { QuickInputs } from './quickInput';

const row = (runId: string): object => ({ kind: 'run', runId });
const config = { environment_id: 'infra', model_id: 'auto' };
const ended = (id: string, members: Partial<Run> = {}): Run =>
  aRun(id, { state: 'SUCCEEDED', prompt: 'Do it', agent_config: config, ...members });

describe('followUp', () => {
  let inputs: QuickInputs;

  beforeEach(() => {
    inputs = new QuickInputs();
  });

  afterEach(() => inputs.dispose());

  function setUpFollowUp(run: Run, outcomes: (ProblemKind | ApiProblem | 'sent')[] = ['sent']) {
    const setting = setUp();
    const sent: [string, string][] = [];
    const put: Run[] = [];
    const deps: FollowUpDeps = {
      ...setting.deps,
      runs: { ...known(run), put: (fresh) => put.push(fresh) },
      client: {
        getRun: (id) => Promise.resolve(aRun(id)),
        followUp: (id, message) => {
          sent.push([id, message]);
          const outcome = outcomes.shift() ?? 'sent';
          if (outcome === 'sent') {
            return Promise.resolve('live_session');
          }
          return Promise.reject(typeof outcome === 'string' ? problem(outcome) : outcome);
        },
      },
    };
    void setting.memento.update(`agentRuns.launch.draft.followUp ${run.run_id}`, { text: 'And now?', title: '' });
    return { ...setting, sent, put, follow: () => followUp(deps, row(run.run_id)) };
  }

  const draft = { text: 'And now?', title: '' };

  it('sends what is typed once, says what becomes of it and opens the conversation', async () => {
    for (const state of ['SUCCEEDED', 'BLOCKED', 'INPROGRESS', 'A_NEW_STATE']) {
      const setting = setUpFollowUp(ended('a', { state }));
      const before = inputs.messages.length;
      const done = setting.follow();
      await inputs.next();
      await Promise.all([inputs.enter(), inputs.enter()]);
      await done;
      assert.deepEqual([setting.sent, setting.opened], [[['a', 'And now?']], ['a']]);
      assert.deepEqual([inputs.messages.length - before, draftOf(setting, 'followUp a')], [1, undefined]);
      assert.equal(setting.put.length, 1);
    }
  });

  it('keeps what was typed when it is left', async () => {
    const setting = setUpFollowUp(ended('a'));
    const done = setting.follow();
    await inputs.next();
    await inputs.escape();
    await done;
    assert.deepEqual([setting.sent, draftOf(setting, 'followUp a')], [[], draft]);
  });

  it('asks for nothing where the service would refuse it', async () => {
    for (const members of [{ source: 'AUTOFIX' }, { execution_location: 'LOCAL' }] as const) {
      const setting = setUpFollowUp(ended('a', members));
      await setting.follow();
      assert.deepEqual(setting.sent, []);
    }
    assert.equal(inputs.messages.length, 2);
  });

  it('keeps the text after a failure, and sends again only when asked to', async () => {
    for (const kind of ['outcomeUnknown', 'unreachable', 'keyRefused', 'rateLimited', 'unsupported'] as const) {
      const setting = setUpFollowUp(ended('a'), [kind]);
      const done = setting.follow();
      await inputs.next();
      await inputs.enter();
      await done;
      assert.deepEqual([setting.sent.length, draftOf(setting, 'followUp a')], [1, draft]);
    }
    assert.equal(inputs.messages.length, 5);

    inputs.answerMessages('Send Again', 'Try Again');
    for (const kind of ['outcomeUnknown', 'server'] as const) {
      const setting = setUpFollowUp(ended('a'), [kind]);
      const done = setting.follow();
      await inputs.next();
      await inputs.enter();
      await done;
      assert.deepEqual([setting.sent.length, draftOf(setting, 'followUp a')], [2, undefined]);
    }
  });

  it('tells a cancel that came too late from a broken connection', async () => {
    const failures = [undefined, 'aborted'].map(
      (code) => new ApiProblem({ kind: 'outcomeUnknown', message: '', code }),
    );
    for (const failure of failures) {
      const setting = setUpFollowUp(ended('a'), [failure]);
      const done = setting.follow();
      await inputs.next();
      await inputs.enter();
      await done;
      assert.deepEqual(draftOf(setting, 'followUp a'), draft);
      const launcher = { launch: (): Promise<never> => Promise.reject(failure) };
      await sendLaunch({ ...setting.deps, launcher }, { prompt: '' }, () => assert.fail());
    }
    assert.equal(new Set(inputs.messages).size, 4);
  });

  it('offers a new run that goes on with the conversation where the service takes no follow-up', async () => {
    inputs.answerMessages('Start New Run');
    for (const kind of ['notFound', 'unsupported', 'invalid'] as const) {
      const setting = setUpFollowUp(ended('a', { conversation_id: 'c' }), [kind]);
      const done = setting.follow();
      await inputs.next();
      await inputs.enter();
      await done;
      assert.deepEqual(
        setting.launched.map((request) => ({ ...request })),
        [{ prompt: 'And now?', conversation_id: 'c', config }],
      );
      assert.deepEqual([setting.opened, draftOf(setting, 'followUp a')], [['r1'], undefined]);
    }
    // Not while the run is at work, and not without a conversation.
    for (const run of [ended('a'), ended('a', { conversation_id: 'c', state: 'INPROGRESS' })]) {
      const setting = setUpFollowUp(run, ['unsupported']);
      const done = setting.follow();
      await inputs.next();
      await inputs.enter();
      await done;
      assert.deepEqual([setting.launched, draftOf(setting, 'followUp a')], [[], draft]);
    }
  });
});
