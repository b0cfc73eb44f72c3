import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { ApiProblem } from '../../src/oz/problems';
import { Log } from '../../src/platform/log';
import { ReadOnlyText } from '../../src/platform/readOnlyText';
import { showingErrors } from '../../src/platform/showErrors';
import { age, credits, sizeWord } from '../../src/platform/words';

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

describe('a command that fails', () => {
  it('ends before its message is read, and a button that fails is in the log', async () => {
    const logged: string[] = [];
    const log = Object.assign(new Log(), { error: (line: string) => logged.push(line) });
    const id = 'agentRuns.testFailing';
    const failing = (): Promise<never> => Promise.reject(new ApiProblem({ kind: 'keyRefused', message: '' }));
    const real = { ...vscode.window };
    const { executeCommand } = vscode.commands;
    let click = (): void => undefined;
    const showErrorMessage = (_words: string, button: string): Promise<string> =>
      new Promise((resolve) => {
        click = () => {
          resolve(button);
        };
      });
    Object.assign(vscode.window, { showErrorMessage });
    const registered = vscode.commands.registerCommand(id, showingErrors(id, failing, log));
    try {
      await vscode.commands.executeCommand(id);
      assert.equal(logged.length, 1);
      Object.assign(vscode.commands, { executeCommand: () => Promise.reject(new Error('no such command')) });
      click();
      await delay(0);
      assert.equal(logged.length, 2);
    } finally {
      registered.dispose();
      Object.assign(vscode.commands, { executeCommand });
      Object.assign(vscode.window, { showErrorMessage: real.showErrorMessage });
    }
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

describe('the words for sizes', () => {
  it('count in thousands', () => {
    assert.deepEqual([1000, 1_230_000, 5e12].map(sizeWord), ['1 kB', '1.2 MB', '5,000 GB']);
    assert.match(sizeWord(850), /^850 b/);
  });
});

describe('the words for ages', () => {
  it('count days as a calendar does', () => {
    const now = new Date(2026, 10, 22, 1).getTime();
    const ageAt = (...at: [day: number, hour: number, minute?: number]): string =>
      age(new Date(2026, 10, ...at).toISOString(), now);
    assert.deepEqual(
      [ageAt(23, 0), ageAt(22, 0, 30), ageAt(21, 2), ageAt(21, 0), ageAt(20, 23), ageAt(20, 1)],
      ['just now', '30 min ago', '23 h ago', '1 day ago', '2 days ago', '2 days ago'],
    );
    assert.deepEqual([age(undefined, now), age('string', now)], ['', '']);
  });
});
