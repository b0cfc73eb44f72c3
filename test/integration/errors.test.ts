import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { connectGitHub } from '../../src/commands/connectGitHub';
import { copyTraceId } from '../../src/commands/copyTraceId';
import { openEnvironment } from '../../src/commands/openEnvironment';
import { topUp } from '../../src/commands/topUp';
import { isErrorCode } from '../../src/model/errorHelp';
import { ApiProblem, type ProblemFacts } from '../../src/oz/problems';
import { errorSentence } from '../../src/platform/errorWords';
import { Log } from '../../src/platform/log';
import { problemWords } from '../../src/platform/problemWords';
import { attempt, showingErrors } from '../../src/platform/showErrors';

const codes = [
  ...['insufficient_credits', 'feature_not_available', 'external_authentication_required', 'not_authorized'],
  ...['invalid_request', 'resource_not_found', 'budget_exceeded', 'integration_disabled', 'integration_not_configured'],
  ...['operation_not_supported', 'environment_setup_failed', 'content_policy_violation', 'conflict'],
  ...['authentication_required', 'resource_unavailable', 'internal_error', 'infrastructure_timeout'],
  ...['agent_process_failed', 'agent_stream_network_error', 'agent_stream_failure', 'at_cloud_agent_capacity'],
];

describe('the words for error codes', () => {
  it('are one sentence for each code, and nothing for a code that is not known', () => {
    const sentences = codes.map((code) => errorSentence(code) ?? '');
    assert.ok(codes.every(isErrorCode));
    assert.ok(sentences.every((sentence) => /^[^.{}]+\.$/.test(sentence)));
    assert.equal(new Set(sentences).size, codes.length);
    assert.ok(errorSentence('out_of_credits'));
    assert.equal(errorSentence('made_up_tomorrow'), undefined);
    assert.equal(errorSentence('toString'), undefined);
  });

  it('are what is said of a problem with that code, whichever status it came with', () => {
    const words = (facts: Partial<ProblemFacts>): string =>
      problemWords(new ApiProblem({ kind: 'forbidden', message: 'said', ...facts }));
    for (const code of ['insufficient_credits', 'budget_exceeded', 'feature_not_available']) {
      assert.ok(words({ code }).startsWith(errorSentence(code) ?? '?'), code);
    }
    assert.ok(words({ kind: 'rateLimited', code: 'out_of_credits', retryAfter: 60_000 }).startsWith('There are no'));
    assert.match(words({ kind: 'rateLimited', code: 'resource_unavailable', retryAfter: 61_000 }), /1 min 01 s/);
    assert.match(words({ code: 'made_up_tomorrow' }), /said/);
    assert.match(words({ kind: 'externalAuth', inaccessibleRepos: ['acme/backend'] }), /acme\/backend/);
  });
});

/** What a message about this problem offers, and what each of the buttons does. */
async function offers(facts: Partial<ProblemFacts>): Promise<string[]> {
  const done: string[] = [];
  let buttons: string[] = [];
  let shown = 0;
  let click = (): void => undefined;
  const { executeCommand } = vscode.commands;
  const { showErrorMessage } = vscode.window;
  const { openExternal } = vscode.env;
  Object.assign(vscode.window, {
    showErrorMessage: (_words: string, ...given: string[]) => {
      buttons = given;
      return new Promise((resolve) => {
        click = () => {
          resolve(given[shown]);
        };
      });
    },
  });
  const note = (...given: unknown[]): Promise<boolean> => {
    const told = given.filter((one) => one !== undefined);
    done.push(told.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join(' '));
    return Promise.resolve(true);
  };
  Object.assign(vscode.env, { openExternal: note });
  const log = Object.assign(new Log(), {
    error: () => undefined,
    show: () => {
      done.push('log');
    },
  });
  const id = 'agentRuns.testOffers';
  const failing = (): Promise<never> => Promise.reject(new ApiProblem({ kind: 'server', message: '', ...facts }));
  const registered = vscode.commands.registerCommand(id, showingErrors(id, failing, log));
  try {
    do {
      await executeCommand(id, { runId: 'r' });
      Object.assign(vscode.commands, { executeCommand: note });
      click();
      await delay(0);
      Object.assign(vscode.commands, { executeCommand });
      shown += 1;
    } while (shown < buttons.length);
  } finally {
    registered.dispose();
    Object.assign(vscode.commands, { executeCommand });
    Object.assign(vscode.window, { showErrorMessage });
    Object.assign(vscode.env, { openExternal });
  }
  return done;
}

describe('the message about a problem', () => {
  it('has the one button that helps', async () => {
    const again = 'agentRuns.testOffers {"runId":"r"}';
    const authUrl = 'https://github.com/login/oauth/authorize?x=1';
    const connect = { kind: 'externalAuth', code: 'external_authentication_required' } as const;
    assert.deepEqual(await offers({ kind: 'forbidden', code: 'insufficient_credits' }), ['agentRuns.topUp']);
    assert.deepEqual(await offers({ kind: 'rateLimited', code: 'out_of_credits' }), ['agentRuns.topUp']);
    assert.deepEqual(await offers({ ...connect, authUrl }), [authUrl]);
    assert.deepEqual(await offers(connect), ['agentRuns.connectGitHub']);
    assert.deepEqual(await offers({ code: 'environment_setup_failed' }), ['agentRuns.openEnvironment']);
    assert.deepEqual(await offers({ kind: 'keyRefused' }), ['agentRuns.setApiKey']);
    assert.deepEqual(await offers({ kind: 'noKey' }), ['agentRuns.setApiKey']);
    assert.deepEqual(await offers({ code: 'made_up_tomorrow', retryable: true }), [again]);
    assert.deepEqual(await offers({ code: 'internal_error', retryable: false }), ['log']);
    assert.deepEqual(await offers({ kind: 'outcomeUnknown', code: 'internal_error', retryable: false }), ['log']);
  });

  it('offers to find out what is wrong on the way', async () => {
    const diagnose = 'agentRuns.diagnoseConnection';
    assert.deepEqual(await offers({ kind: 'notOz', retryable: true }), ['agentRuns.openServiceSettings', diagnose]);
    assert.deepEqual(await offers({ kind: 'unreachable', code: 'ENOTFOUND' }), ['log', diagnose]);
  });

  it('offers the trace id where there is one', async () => {
    assert.deepEqual(await offers({ kind: 'invalid', traceId: 'abc' }), [
      'log',
      'agentRuns.copyTraceId {"traceId":"abc"}',
    ]);
  });
});

describe('what a person asked for in a page', () => {
  let messages: string[] = [];
  const { showErrorMessage } = vscode.window;
  const log = Object.assign(new Log(), { error: () => undefined });

  beforeEach(() => {
    messages = [];
    Object.assign(vscode.window, {
      showErrorMessage: (words: string, button: string) => {
        messages.push(words);
        return Promise.resolve(button);
      },
    });
  });

  afterEach(() => {
    Object.assign(vscode.window, { showErrorMessage });
  });

  it('is tried again by the button of its message', async () => {
    let tries = 0;
    const failure = new ApiProblem({ kind: 'timeout', message: '', code: 'made_up_tomorrow', retryable: true });
    const work = (): Promise<void> => {
      tries += 1;
      return tries < 3 ? Promise.reject(failure) : Promise.resolve();
    };
    attempt('schedule', work, log);
    await delay(10);
    assert.deepEqual([tries, messages.length], [3, 2]);
  });

  it('is no error when it was cancelled', async () => {
    attempt('schedule', () => Promise.reject(new ApiProblem({ kind: 'aborted', message: '' })), log);
    await delay(10);
    assert.deepEqual(messages, []);
  });
});

describe('the commands that help', () => {
  it('open the pages of the web app', async () => {
    const opened: unknown[] = [];
    const { openExternal } = vscode.env;
    Object.assign(vscode.env, { openExternal: (url: unknown) => Promise.resolve(opened.push(url)) });
    try {
      const deps = { webUrl: () => 'https://web.example/' };
      await topUp(deps);
      await connectGitHub(deps);
      await openEnvironment(deps);
    } finally {
      Object.assign(vscode.env, { openExternal });
    }
    assert.deepEqual(opened, [
      'https://web.example/settings',
      'https://web.example/integrations',
      'https://web.example/environments',
    ]);
  });

  it('copy the trace id that is meant, as one line', async () => {
    await vscode.env.clipboard.writeText('before');
    await copyTraceId({ trace: { id: undefined } });
    assert.equal(await vscode.env.clipboard.readText(), 'before');
    await copyTraceId({ trace: { id: 'newest' } });
    assert.equal(await vscode.env.clipboard.readText(), 'newest');
    await copyTraceId({ trace: { id: 'newest' } }, { traceId: 'this one\nrm -rf' });
    assert.equal(await vscode.env.clipboard.readText(), 'this one rm -rf');
  });
});
