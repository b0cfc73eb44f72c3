import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ApiProblem } from '../../src/oz/problems';
import { Log } from '../../src/platform/log';
import { ReadOnlyText } from '../../src/platform/readOnlyText';
import { credits } from '../../src/platform/words';

describe('the log', () => {
  it('has one line for a problem, whatever the service says', () => {
    const lines: string[] = [];
    const real = vscode.window.createOutputChannel;
    const channel = { error: (line: string) => lines.push(line) };
    Object.assign(vscode.window, { createOutputChannel: () => channel });
    try {
      const message = 'no\n2026-11-22 [info] all is well\u001b[2J\r';
      new Log().error('agentRuns.newRun', new ApiProblem({ kind: 'server', status: 500, traceId: 'a\nb', message }));
    } finally {
      Object.assign(vscode.window, { createOutputChannel: real });
    }
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /server 500/);
    assert.doesNotMatch(lines[0] ?? '', /[\n\r\u001b]/);
  });
});

describe('read-only texts', () => {
  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  it('are what was given, and no empty text after they are gone', async () => {
    const texts = new ReadOnlyText();
    try {
      const uri = texts.add('Plan.md', '# Plan');
      assert.equal(texts.provideTextDocumentContent(uri), '# Plan');
      assert.notEqual(texts.provideTextDocumentContent(uri.with({ query: '99' })), '');
      await texts.show('empty.txt', '');
      assert.equal(vscode.window.activeTextEditor?.document.getText(), '');
    } finally {
      texts.dispose();
    }
  });
});

describe('the words for cost', () => {
  it('know one from many', () => {
    const ids = { run_id: 'r', task_id: 'r', title: '', prompt: '', created_at: '', updated_at: '' };
    const words = [1, 0.4, 2.5].map((inference_cost) =>
      credits({ ...ids, state: 'SUCCEEDED', request_usage: { inference_cost } }),
    );
    assert.deepEqual(words, ['1 credit', '0.4 credits', '2.5 credits']);
  });
});
