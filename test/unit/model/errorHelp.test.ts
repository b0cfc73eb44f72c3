import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { errorCodeIn, type ErrorHelp, helpForCode, isErrorCode, runHelp } from '../../../src/model/errorHelp';
import type { Run } from '../../../src/oz/types';
import { run } from './fakeOz';

function failed(code: string | undefined, members: Partial<Run> = {}, retryable?: boolean): Run {
  const said = {
    message: 'It broke.',
    ...(code && { error_code: code }),
    ...(retryable !== undefined && { retryable }),
  };
  return run('r', '2026-11-22T12:00:00Z', {
    state: 'FAILED',
    status_message: said as Run['status_message'],
    ...members,
  });
}

describe('the help for an error', () => {
  it('knows every code of the API description and of the header', () => {
    const text = readFileSync(path.resolve(__dirname, '../../../src/oz/openapi.yaml'), 'utf8');
    const codes = /PlatformErrorCode:\n[^]*?enum:\n((?: +- \w+\n)+)/.exec(text)?.[1]?.match(/\w+/g) ?? [];
    assert.ok(codes.length >= 20);
    for (const code of [...codes, 'out_of_credits', 'at_cloud_agent_capacity']) {
      assert.ok(isErrorCode(code), code);
    }
    assert.ok(!isErrorCode('toString'));
    assert.ok(!isErrorCode(undefined));
  });

  it('leads to the one place where a person can do something', () => {
    const expected: [string, ErrorHelp | undefined][] = [
      ['insufficient_credits', 'topUp'],
      ['budget_exceeded', 'topUp'],
      ['out_of_credits', 'topUp'],
      ['external_authentication_required', 'connect'],
      ['integration_not_configured', 'connect'],
      ['authentication_required', 'key'],
      ['environment_setup_failed', 'environment'],
      ['conflict', 'retry'],
      ['at_cloud_agent_capacity', 'retry'],
      ['not_authorized', undefined],
      ['agent_process_failed', undefined],
      ['made_up_tomorrow', undefined],
      ['constructor', undefined],
    ];
    for (const [code, help] of expected) {
      assert.equal(helpForCode(code), help, code);
    }
    assert.equal(helpForCode(undefined), undefined);
  });

  it('believes the service about retrying, but for what a person has to do first', () => {
    assert.equal(helpForCode('agent_process_failed', true), 'retry');
    assert.equal(helpForCode('made_up_tomorrow', true), 'retry');
    assert.equal(helpForCode(undefined, true), 'retry');
    assert.equal(helpForCode('environment_setup_failed', true), 'retry');
    assert.equal(helpForCode('internal_error', false), undefined);
    for (const code of ['insufficient_credits', 'external_authentication_required', 'authentication_required']) {
      assert.equal(helpForCode(code, true), helpForCode(code), code);
    }
  });
});

describe('the error code in a text', () => {
  it('is found among other words, when it is known', () => {
    assert.equal(errorCodeIn('insufficient_credits: top up'), 'insufficient_credits');
    assert.equal(
      errorCodeIn('Launch failed (error_code=external_authentication_required).'),
      'external_authentication_required',
    );
    assert.equal(errorCodeIn('some_new_code, then environment_setup_failed'), 'environment_setup_failed');
  });

  it('is none in what only sounds like one', () => {
    for (const text of [
      '',
      'A conflict with another run',
      'Environment env-1 not found',
      'to_string has_own',
      'constructor',
    ]) {
      assert.equal(errorCodeIn(text), undefined, text);
    }
  });
});

describe('the help for a run', () => {
  it('is there for runs that failed or are blocked and say why', () => {
    assert.equal(runHelp(failed('budget_exceeded')), 'topUp');
    assert.equal(runHelp(failed('internal_error', { state: 'ERROR' })), 'retry');
    assert.equal(runHelp(failed('external_authentication_required', { state: 'BLOCKED' })), 'connect');
    for (const state of ['SUCCEEDED', 'CANCELLED', 'INPROGRESS', 'NEW_STATE']) {
      assert.equal(runHelp(failed('budget_exceeded', { state })), undefined, state);
    }
    assert.equal(runHelp(run('r', 0, { state: 'FAILED' })), undefined);
  });

  it('is the page of a failed run when nothing else is known to help', () => {
    assert.equal(runHelp(failed('content_policy_violation')), 'browser');
    assert.equal(runHelp(failed(undefined)), 'browser');
    assert.equal(runHelp(failed(undefined, { state: 'BLOCKED' })), undefined);
  });

  it('never offers to run again what cannot be', () => {
    assert.equal(runHelp(failed('internal_error', { execution_location: 'LOCAL' })), 'browser');
    assert.equal(runHelp(failed('internal_error', { prompt: '' })), 'browser');
    assert.equal(runHelp(failed('internal_error', { state: 'BLOCKED' }, true)), undefined);
  });
});
