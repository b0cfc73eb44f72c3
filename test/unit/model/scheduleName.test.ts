import assert from 'node:assert/strict';
import { scheduleName } from '../../../src/model/scheduleName';

describe('what a schedule is called', () => {
  it('is its name, else its prompt, else its id', () => {
    const of = (name: string, prompt: string): string => scheduleName({ name, prompt, id: 'id' });
    assert.deepEqual([of('Name', 'Prompt'), of(' \n', 'Prompt'), of('\u0085', '\t')], ['Name', 'Prompt', 'id']);
  });
});
