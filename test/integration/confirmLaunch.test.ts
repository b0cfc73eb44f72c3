import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { confirmLaunch, type ConfirmLaunchDeps } from '../../src/commands/confirmLaunch';
import { systemClock as clock } from '../../src/oz/clock';
import { runFrom } from '../../src/oz/shape';
import { QuickInputs } from './quickInput';

describe('asking before a launch', () => {
  const settings = vscode.workspace.getConfiguration('agentRuns');
  const request = { prompt: 'Fix it', config: { environment_id: 'e1' } };
  let inputs: QuickInputs;
  let asked = 0;

  const run = runFrom({
    run_id: 'r',
    state: 'SUCCEEDED',
    agent_config: { environment_id: 'e1' },
    request_usage: { inference_cost: 3 },
  });
  const deps: ConfirmLaunchDeps = {
    runs: { all: () => [run] },
    client: {
      listRuns: () => {
        asked += 1;
        return Promise.resolve({ runs: [] });
      },
    },
    clock,
    catalog: {
      environmentName: () => '$(bug) Backend',
      modelName: () => 'Opus',
      identityName: () => undefined,
    },
  };

  beforeEach(() => {
    inputs = new QuickInputs();
    asked = 0;
  });

  afterEach(async () => {
    await inputs.dispose();
    await settings.update('launch.confirm', undefined, vscode.ConfigurationTarget.Global);
  });

  it('does nothing unless it is wanted', async () => {
    assert.equal(await confirmLaunch(deps, request), true);
    assert.deepEqual([inputs.messages, asked], [[], 0]);
  });

  it('tells where it runs and what such runs cost, and launches or goes back', async () => {
    await settings.update('launch.confirm', true, vscode.ConfigurationTarget.Global);
    inputs.answerMessages('Change');
    assert.equal(await confirmLaunch(deps, request), false);
    inputs.answerMessages('Launch');
    assert.equal(await confirmLaunch(deps, request), true);
    const [detail = ''] = inputs.details;
    assert.match(detail, /Backend[^]*3 credits/);
    assert.ok(!detail.includes('$(bug)'));
    assert.equal(asked, 2);
  });

  it('says what is launched, not the label that every launch has, and whom and what as', async () => {
    await settings.update('launch.confirm', true, vscode.ConfigurationTarget.Global);
    const config = { name: 'nightly', model_id: 'm1', harness: { type: 'claude' as const } };
    await confirmLaunch(deps, { prompt: 'Fix the cart', agent_identity_uid: 'release-manager', config });
    await confirmLaunch(deps, { prompt: 'Be brief', title: 'Sort the exports', config });
    assert.match(inputs.messages[0] ?? '', /Fix the cart/);
    assert.match(inputs.messages[1] ?? '', /Sort the exports/);
    const [first = '', second = ''] = inputs.details;
    for (const words of ['Opus', 'release-manager', 'Claude Code', 'nightly']) {
      assert.ok(first.includes(words), words);
    }
    assert.ok(second.includes('Be brief'));
  });
});
