import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newArtifactFolder } from '../../../src/commands/artifactFolder';

const day = 24 * 60 * 60_000;

describe('the folders of files that were opened', () => {
  let parent: string;

  beforeEach(async () => {
    parent = await fs.mkdtemp(path.join(tmpdir(), 'agent-runs-unit-'));
  });

  afterEach(() => fs.rm(parent, { recursive: true }));

  it('are deleted a day later, with what is in them, and nothing else is', async () => {
    const made = 1_000_000_000_000;
    const folder = async (name: string, time: number): Promise<void> => {
      await fs.mkdir(path.join(parent, name));
      await fs.writeFile(path.join(parent, name, 'a.png'), 'a');
      await fs.utimes(path.join(parent, name), time / 1000, time / 1000);
    };
    await folder('agent-runs-artifact-old', made);
    await folder('agent-runs-artifact-new', made + 1000);
    await folder('agent-runs-for-oz', made);
    const fresh = path.basename(await newArtifactFolder(made + day, parent));
    assert.deepEqual((await fs.readdir(parent)).sort(), [fresh, 'agent-runs-artifact-new', 'agent-runs-for-oz'].sort());
    assert.deepEqual(await fs.readdir(path.join(parent, fresh)), []);
  });
});
