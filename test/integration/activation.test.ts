import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the extension', () => {
  const find = (): vscode.Extension<unknown> => {
    const extension = vscode.extensions.getExtension('agent-runs.agent-runs');
    assert.ok(extension, 'the extension is installed');
    return extension;
  };

  it('is activated', async () => {
    await find().activate();
    assert.equal(find().isActive, true);
  });

  it('registers every command that it contributes', async () => {
    await find().activate();
    const { contributes } = find().packageJSON as { contributes: { commands: { command: string }[] } };
    const contributed = contributes.commands.map(({ command }) => command);
    const registered = await vscode.commands.getCommands(true);
    assert.ok(contributed.length > 0);
    assert.deepEqual(
      contributed.filter((command) => !registered.includes(command)),
      [],
    );
  });

  it('talks to the local Oz', () => {
    assert.equal(vscode.workspace.getConfiguration('agentRuns').get('baseUrl'), process.env.AGENT_RUNS_TEST_BASE_URL);
  });
});
