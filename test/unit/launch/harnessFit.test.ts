import assert from 'node:assert/strict';
import { harnessTakes } from '../../../src/model/harnessFit';
import { harnesses } from '../../../src/model/launchOptions';

describe('what a harness is told', () => {
  const taking = (detail: Parameters<typeof harnessTakes>[0]): (string | undefined)[] =>
    [undefined, ...harnesses, 'a newer one'].filter((harness) => harnessTakes(detail, { harness }));

  it('is a model and a reasoning level for each but the service’s own', () => {
    const others = ['claude', 'gemini', 'codex', 'a newer one'];
    assert.deepEqual([taking('harnessModel'), taking('harnessReasoning')], [others, others]);
  });

  it('is the name of a secret for the one that signs in with it', () => {
    assert.deepEqual(taking('harnessSecret'), ['claude']);
  });
});
