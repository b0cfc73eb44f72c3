import assert from 'node:assert/strict';
import { whyNotFollowable } from '../../../src/model/followUpGate';
import type { Run } from '../../../src/oz/types';
import { run } from '../model/fakeOz';

describe('whyNotFollowable', () => {
  const table: [Partial<Run>, ReturnType<typeof whyNotFollowable>][] = [
    [{}, undefined],
    [{ source: 'SLACK', execution_location: 'REMOTE' }, undefined],
    [{ source: 'SCHEDULED_AGENT' }, undefined],
    [{ source: 'A_NEW_SOURCE' }, undefined],
    [{ state: 'BLOCKED' }, undefined],
    [{ state: 'INPROGRESS' }, undefined],
    [{ source: 'GITHUB_ACTION' }, 'source'],
    [{ source: 'GITHUB_WEBHOOK' }, 'source'],
    [{ source: 'GITLAB_WEBHOOK' }, 'source'],
    [{ source: 'RUN_SCORER' }, 'source'],
    [{ source: 'AUTOFIX' }, 'source'],
    [{ source: 'BENCHMARK_TRIAL' }, 'source'],
    [{ source: 'LOCAL' }, 'local'],
    [{ source: 'CLI', execution_location: 'LOCAL' }, 'local'],
    [{ source: 'GITHUB_ACTION', execution_location: 'LOCAL' }, 'local'],
  ];
  for (const [members, expected] of table) {
    it(`is ${expected ?? 'nothing'} for ${JSON.stringify(members)}`, () => {
      assert.equal(whyNotFollowable(run('r', 0, members)), expected);
    });
  }
});
