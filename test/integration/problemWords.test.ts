import assert from 'node:assert/strict';
import { ApiProblem, type ProblemKind } from '../../src/oz/problems';
import { causeWord, problemWords } from '../../src/platform/problemWords';

const kinds: Record<ProblemKind, true> = {
  noKey: true,
  unreachable: true,
  timeout: true,
  aborted: true,
  notOz: true,
  invalid: true,
  keyRefused: true,
  externalAuth: true,
  forbidden: true,
  notFound: true,
  conflict: true,
  unsupported: true,
  rateLimited: true,
  server: true,
  outcomeUnknown: true,
};

describe('the words for problems', () => {
  it('differ for each kind', () => {
    const words = Object.keys(kinds).map((kind) =>
      problemWords(new ApiProblem({ kind: kind as ProblemKind, message: '' })),
    );
    assert.equal(new Set(words.filter(Boolean)).size, words.length);
  });

  it('name the cause when the service cannot be reached', () => {
    const codes = [
      ...['ENOTFOUND', 'ECONNREFUSED', 'ECONNRESET', 'ENETUNREACH', 'ETIMEDOUT'],
      ...['ERR_PROXY_CONNECTION_FAILED', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'ESOMETHING'],
    ];
    const words = codes.map((code) => causeWord(new ApiProblem({ kind: 'unreachable', message: '', code })));
    assert.equal(new Set(words).size, codes.length);
  });

  it('hold nothing of the service that the editor would read as more than text', () => {
    const evil = '$(error) [click](command:workbench.action.quit)\n\u202e';
    for (const kind of Object.keys(kinds) as ProblemKind[]) {
      const problem = new ApiProblem({ kind, message: evil, code: evil, inaccessibleRepos: [evil] });
      assert.doesNotMatch(problemWords(problem) + causeWord(problem), /\$\(|\]\(|\n|\u202e/);
    }
  });
});
