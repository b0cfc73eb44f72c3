import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type * as vscode from 'vscode';
import { runAgain } from '../../src/commands/runAgain';
import { type RunAgainDeps, runAgainWithChanges } from '../../src/commands/runAgainWithChanges';
import type { ProblemKind } from '../../src/oz/problems';
import type { Run } from '../../src/oz/types';
import { aRun, known, problem } from './knownRuns';
import { draftOf, setUp, type Setting } from './launchSetting';
import { QuickInputs } from './quickInput';

const row = (runId: string): object => ({ kind: 'run', runId });
const ended = (id: string, members: Partial<Run> = {}): Run =>
  aRun(id, {
    state: 'SUCCEEDED',
    prompt: `Do ${id}`,
    agent_config: { environment_id: 'infra', model_id: 'auto' },
    ...members,
  });
const requestOf = (id: string): object => ({
  prompt: `Do ${id}`,
  title: `Run ${id}`,
  config: { environment_id: 'infra', model_id: 'auto' },
});

function setUpAgain(runs: Run[], failures: (ProblemKind | undefined)[] = []): Setting & { again: RunAgainDeps } {
  const setting = setUp({}, failures);
  const client = { ...setting.deps.client, getRun: (): Promise<never> => Promise.reject(problem('notFound')) };
  return { ...setting, again: { ...setting.deps, runs: known(...runs), client } };
}

const launchedBy = ({ launched }: Setting): unknown[] => launched.map((request) => ({ ...request }));

describe('a run that is like another one', () => {
  let inputs: QuickInputs;

  beforeEach(() => {
    inputs = new QuickInputs();
  });

  afterEach(() => inputs.dispose());

  async function take(id: string): Promise<void> {
    const pick = await inputs.nextPick();
    pick.activeItems = pick.items.filter((item) => Reflect.get(item, 'id') === id);
    await delay(50);
    await inputs.enter();
  }

  describe('as it was', () => {
    it('launches one as it was, without a question, and opens it', async () => {
      const setting = setUpAgain([ended('a', { conversation_id: 'c', parent_run_id: 'p' })]);
      await runAgain(setting.again, row('a'));
      assert.deepEqual(launchedBy(setting), [requestOf('a')]);
      assert.deepEqual([setting.opened, inputs.messages], [['r1'], []]);
    });

    it('asks first when something is left out, or two would do the same', async () => {
      const secret = { agent_config: { mcp_servers: { db: { command: 'db', env: { TOKEN: '***' } } } } };
      for (const run of [ended('a', secret), ended('a', { state: 'INPROGRESS' })]) {
        inputs.answerMessages('');
        const setting = setUpAgain([run]);
        await runAgain(setting.again, row('a'));
        assert.deepEqual(setting.launched, []);
        inputs.answerMessages('Run Again');
        await runAgain(setting.again, row('a'));
        assert.equal(setting.launched.length, 1);
      }
      assert.match(inputs.details[0] ?? '', /TOKEN.*db/);
    });

    it('asks once for several, and launches them one after another', async () => {
      const rows = ['a', 'b', 'local'].map(row);
      const runs = [ended('a'), ended('b'), ended('local', { execution_location: 'LOCAL' })];
      const setting = setUpAgain(runs);
      await runAgain(setting.again, rows[0], rows);
      assert.deepEqual([setting.launched, inputs.messages.length], [[], 1]);
      inputs.answerMessages('Run All');
      await runAgain(setting.again, rows[0], rows);
      assert.deepEqual(launchedBy(setting), [requestOf('a'), requestOf('b')]);
      assert.deepEqual([setting.opened, inputs.messages.length], [[], 3]);
    });

    it('goes on with the others after a failure only when asked to', async () => {
      const rows = ['a', 'b', 'c'].map(row);
      for (const [answers, expected] of [
        [['Run All'], ['a']],
        [
          ['Run All', 'Launch the Others'],
          ['a', 'b', 'c'],
        ],
      ] as const) {
        inputs.answerMessages(...answers);
        const setting = setUpAgain([ended('a'), ended('b'), ended('c')], ['server']);
        await runAgain(setting.again, rows[0], rows);
        assert.deepEqual(
          setting.launched.map(({ prompt }) => prompt),
          expected.map((id) => `Do ${id}`),
        );
      }
    });

    it('leads to the changes of one among several, and then asks about the others', async () => {
      const rows = ['a', 'b', 'c'].map(row);
      inputs.answerMessages('Run All', 'Change', 'Launch the Others');
      const setting = setUpAgain([ended('a'), ended('b'), ended('c')], ['forbidden']);
      const done = runAgain(setting.again, rows[0], rows);
      const box = (await inputs.next()) as vscode.InputBox;
      assert.equal(box.value, 'Do a');
      await inputs.enter();
      await inputs.nextPick();
      await inputs.enter();
      await done;
      assert.deepEqual(
        setting.launched.map(({ prompt }) => prompt),
        ['Do a', 'Do a', 'Do b', 'Do c'],
      );
      assert.deepEqual(setting.opened, []);
      assert.match(inputs.messages.at(-1) ?? '', /3\D+3/);
    });

    it('never sends a launch again by itself', async () => {
      for (const kind of ['outcomeUnknown', 'server', 'timeout'] as const) {
        const setting = setUpAgain([ended('a')], [kind]);
        await runAgain(setting.again, row('a'));
        assert.equal(setting.launched.length, 1);
      }
      assert.equal(inputs.messages.length, 3);
    });

    it('says why nothing is launched', async () => {
      const setting = setUpAgain([ended('a', { prompt: '' })]);
      await runAgain(setting.again, row('a'));
      assert.deepEqual([setting.launched, inputs.messages.length], [[], 1]);
    });

    it('leads to the changes after a failure', async () => {
      inputs.answerMessages('Change');
      const setting = setUpAgain([ended('a')], ['forbidden']);
      const done = runAgain(setting.again, row('a'));
      const box = (await inputs.next()) as vscode.InputBox;
      assert.equal(box.value, 'Do a');
      await inputs.escape();
      await done;
      assert.equal(setting.launched.length, 1);
    });
  });

  describe('with changes', () => {
    it('begins with what the run had, and carries the rest along', async () => {
      const agent_config = { environment_id: 'infra', base_prompt: 'Be kind', idle_timeout_minutes: 5 };
      const setting = setUpAgain([ended('a', { agent_config })]);
      await setting.memento.update('agentRuns.launch.choices', { environment: { id: 'shop', name: 'shop' } });
      const done = runAgainWithChanges(setting.again, row('a'));
      const box = (await inputs.next()) as vscode.InputBox;
      assert.equal(box.value, 'Do a');
      await inputs.enter();
      inputs.answerMessages('Launch');
      await take('preview');
      await done;
      assert.match(setting.texts[0] ?? '', /Do a\n[^]*"base_prompt": "Be kind"[^]*"idle_timeout_minutes": 5/);
      assert.deepEqual(launchedBy(setting), [{ prompt: 'Do a', title: 'Run a', config: agent_config }]);
      assert.deepEqual(setting.memento.get('agentRuns.launch.choices'), { environment: { id: 'shop', name: 'shop' } });
    });

    it('sends what was changed', async () => {
      const setting = setUpAgain([ended('a')]);
      void setting.memento.update('agentRuns.launch.draft.again a', { text: 'Do more', title: '' });
      const done = runAgainWithChanges(setting.again, row('a'));
      await inputs.next();
      await inputs.enter();
      await take('environment');
      await take('id shop');
      await inputs.nextPick();
      await inputs.enter();
      await done;
      assert.deepEqual(launchedBy(setting), [
        { prompt: 'Do more', config: { environment_id: 'shop', model_id: 'auto' } },
      ]);
      assert.equal(draftOf(setting, 'again a'), undefined);
    });

    it('keeps the lines of a prompt', async () => {
      const prompt = 'Fix it:\r\n\n```ts\nlet x = 1;\n```';
      const setting = setUpAgain([ended('a', { prompt })]);
      const done = runAgainWithChanges(setting.again, row('a'));
      const box = (await inputs.next()) as vscode.InputBox;
      assert.doesNotMatch(box.value, /[\r\n]/);
      await inputs.enter();
      await inputs.nextPick();
      await inputs.enter();
      await done;
      assert.equal(setting.launched[0]?.prompt, prompt.replace('\r', ''));
    });

    it('goes to the sheet at once for a skill', async () => {
      const skill_spec = 'acme/storefront:.agents/skills/write-tests/SKILL.md';
      const setting = setUpAgain([ended('a', { prompt: 'Only cart.ts', agent_config: { skill_spec } })]);
      const done = runAgainWithChanges(setting.again, row('a'));
      await inputs.nextPick();
      await inputs.enter();
      await done;
      assert.deepEqual(launchedBy(setting), [{ prompt: 'Only cart.ts', skill: skill_spec, title: 'Run a' }]);
    });

    it('keeps a draft of its own for each run when it is left', async () => {
      const setting = setUpAgain([ended('a'), ended('b')]);
      const done = runAgainWithChanges(setting.again, row('a'));
      await inputs.next();
      await inputs.enter();
      await inputs.nextPick();
      await inputs.escape();
      await done;
      assert.deepEqual(setting.launched, []);
      assert.deepEqual(draftOf(setting, 'again a'), { text: 'Do a', title: 'Run a' });
      assert.equal(draftOf(setting, 'again b'), undefined);
    });
  });
});
