import assert from 'node:assert/strict';
import { continueInNewRun } from '../../src/commands/continueInNewRun';
import { followUp } from '../../src/commands/followUp';
import { sendLaunch } from '../../src/commands/sendLaunch';
import { ApiProblem, type ProblemKind } from '../../src/oz/problems';
import type { Run } from '../../src/oz/types';
import { aRun, known } from './knownRuns';
import { setUp } from './launchSetting';
import { QuickInputs } from './quickInput';

const config = { environment_id: 'infra', model_id: 'auto' };
const ended = (id: string, members: Partial<Run> = {}): Run =>
  aRun(id, { state: 'SUCCEEDED', prompt: 'Do it', agent_config: config, ...members });

describe('answering a run', () => {
  let inputs: QuickInputs;

  beforeEach(() => {
    inputs = new QuickInputs();
  });

  afterEach(() => inputs.dispose());

  describe('followUp', () => {
    function setUpFollowUp(...runs: Run[]) {
      const answered: string[] = [];
      const deps = {
        runs: known(...runs),
        client: { getRun: (id: string) => Promise.resolve(ended(id)) },
        answer: (runId: string) => {
          answered.push(runId);
          return Promise.resolve();
        },
      };
      return { answered, follow: (argument?: unknown) => followUp(deps, argument) };
    }

    it('opens the conversation of the run, whatever its state, also of one that is not known yet', async () => {
      for (const state of ['SUCCEEDED', 'BLOCKED', 'INPROGRESS', 'A_NEW_STATE']) {
        const { answered, follow } = setUpFollowUp(ended('a', { state }));
        await follow({ kind: 'run', runId: 'a' });
        await follow({ runId: 'other' });
        assert.deepEqual(answered, ['a', 'other']);
      }
      assert.deepEqual(inputs.messages, []);
    });

    it('lets a person pick among the runs that take one', async () => {
      const { answered, follow } = setUpFollowUp(ended('a', { source: 'AUTOFIX' }), ended('b'));
      const done = follow();
      const pick = await inputs.nextPick();
      assert.equal(pick.items.length, 1);
      await inputs.enter();
      await done;
      assert.deepEqual(answered, ['b']);
    });

    it('explains why a run takes none', async () => {
      for (const members of [{ source: 'AUTOFIX' }, { execution_location: 'LOCAL' }] as const) {
        const { answered, follow } = setUpFollowUp(ended('a', members));
        await follow({ runId: 'a' });
        assert.deepEqual(answered, []);
      }
      assert.equal(new Set(inputs.messages).size, 2);
    });
  });

  describe('continueInNewRun', () => {
    function setUpContinue(run: Run, failures: (ProblemKind | undefined)[] = []) {
      const setting = setUp({}, failures);
      const deps = {
        ...setting.deps,
        runs: known(run),
        client: { getRun: (id: string) => Promise.resolve(aRun(id)) },
      };
      return { ...setting, go: (argument: unknown) => continueInNewRun(deps, argument) };
    }

    it('launches a run that goes on with the conversation, and opens it', async () => {
      const setting = setUpContinue(ended('a', { conversation_id: 'c' }));
      assert.equal(await setting.go({ runId: 'a', text: 'And now?' }), true);
      assert.deepEqual(
        setting.launched.map((request) => ({ ...request })),
        [{ prompt: 'And now?', conversation_id: 'c', config }],
      );
      assert.deepEqual(setting.opened, ['r1']);
    });

    it('says no where nothing was launched, and launches anew only when asked to', async () => {
      const failed = setUpContinue(ended('a', { conversation_id: 'c' }), ['outcomeUnknown']);
      assert.equal(await failed.go({ runId: 'a', text: 'And now?' }), false);
      assert.deepEqual([failed.launched.length, failed.opened], [1, []]);
      inputs.answerMessages('Launch Again');
      const again = setUpContinue(ended('a', { conversation_id: 'c' }), ['outcomeUnknown']);
      assert.equal(await again.go({ runId: 'a', text: 'And now?' }), true);
      assert.equal(again.launched.length, 2);
    });

    it('launches nothing while the run is at work, without a conversation, or for what is no request', async () => {
      for (const run of [ended('a'), ended('a', { conversation_id: 'c', state: 'INPROGRESS' })]) {
        const setting = setUpContinue(run);
        assert.equal(await setting.go({ runId: 'a', text: 'And now?' }), false);
        assert.deepEqual(setting.launched, []);
      }
      assert.equal(inputs.messages.length, 2);
      const setting = setUpContinue(ended('a', { conversation_id: 'c' }));
      for (const argument of [undefined, {}, { runId: 'a' }, { runId: 'a', text: ' ' }, { runId: 7, text: 'x' }]) {
        assert.equal(await setting.go(argument), false);
      }
      assert.deepEqual(setting.launched, []);
    });

    it('tells before what the new run will not have', async () => {
      const mcp_servers = { github: { env: { TOKEN: '***' } } };
      const run = ended('a', { conversation_id: 'c', agent_config: { ...config, mcp_servers } });
      const setting = setUpContinue(run);
      assert.equal(await setting.go({ runId: 'a', text: 'And now?' }), false);
      assert.deepEqual([setting.launched.length, inputs.details.length], [0, 1]);
      inputs.answerMessages('Start New Run');
      assert.equal(await setting.go({ runId: 'a', text: 'And now?' }), true);
    });
  });

  it('tells of a broken connection at once, and of a cancel that came too late when it is known what came of it', async () => {
    for (const code of [undefined, 'aborted']) {
      const failure = new ApiProblem({ kind: 'outcomeUnknown', message: '', code });
      const { deps } = setUp();
      const launcher = { ...deps.launcher, launch: (): Promise<never> => Promise.reject(failure) };
      assert.ok(await sendLaunch({ ...deps, launcher }, { prompt: '' }, () => assert.fail()));
    }
    assert.equal(inputs.messages.length, 1);
  });
});
