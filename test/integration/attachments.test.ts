import assert from 'node:assert/strict';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { AttachmentProblem, attachmentsOf, chooseAttachments, readAttachments } from '../../src/commands/attachments';
import type { Attachment } from '../../src/model/attachment';
import { QuickInputs } from './quickInput';

describe('attachments', () => {
  let folder: string;
  let inputs: QuickInputs;

  beforeEach(async () => {
    inputs = new QuickInputs();
    folder = await fs.mkdtemp(path.join(os.tmpdir(), 'agent-runs-attachments-'));
    for (const name of ['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt', 'f.txt']) {
      await fs.writeFile(path.join(folder, name), `text of ${name}`);
    }
  });

  afterEach(async () => {
    await inputs.dispose();
    await fs.rm(folder, { recursive: true });
  });

  const uris = (...names: string[]): vscode.Uri[] => names.map((name) => vscode.Uri.file(path.join(folder, name)));
  const namesOf = (attachments: readonly Attachment[]): string[] => attachments.map(({ name }) => name);
  const read = (attachments: readonly Attachment[]) => readAttachments(attachments, new AbortController().signal);

  it('are read when they are sent', async () => {
    const [input] = await read(await attachmentsOf(uris('a.txt')));
    const data = Buffer.from('text of a.txt').toString('base64');
    assert.deepEqual(input, { file_name: 'a.txt', mime_type: 'text/plain', data });
    assert.deepEqual(inputs.messages, []);
  });

  it('leave out folders, what is not there and a sixth file, and say so once', async () => {
    await fs.mkdir(path.join(folder, 'folder'));
    const names = ['a.txt', 'folder', 'gone.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt', 'f.txt'];
    assert.deepEqual(namesOf(await attachmentsOf(uris(...names))), ['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt']);
    assert.equal(inputs.messages.length, 1);
    for (const name of ['folder', 'gone.txt', 'f.txt']) {
      assert.ok(inputs.messages[0]?.includes(name));
    }
  });

  it('are not sent when one changed, went or became a folder meanwhile, or when a person cancels', async () => {
    const attached = await attachmentsOf(uris('a.txt', 'b.txt'));
    const file = path.join(folder, 'b.txt');
    await fs.writeFile(file, 'another text than before');
    await assert.rejects(read(attached), AttachmentProblem);
    await fs.rm(file);
    await assert.rejects(read(attached), AttachmentProblem);
    await fs.mkdir(file);
    await assert.rejects(read(attached), AttachmentProblem);
    const cancelled = readAttachments(attached, AbortSignal.abort());
    await assert.rejects(cancelled, { name: 'ApiProblem', kind: 'aborted' });
  });

  it('are taken out with Enter, looked at anew and kept when the list is dismissed', async () => {
    const attached = await attachmentsOf(uris('a.txt', 'b.txt', 'c.txt'));
    await fs.writeFile(path.join(folder, 'b.txt'), 'longer than it was before');
    await fs.rm(path.join(folder, 'c.txt'));
    const chosen = chooseAttachments(attached);
    const pick = await inputs.nextPick();
    const itemOf = (text: string) => pick.items.find(({ label }) => label.includes(text));
    assert.ok(itemOf('c.txt'));
    const first = itemOf('a.txt');
    assert.ok(first);
    pick.activeItems = [first];
    await delay(50);
    await inputs.enter();
    await delay(50);
    assert.equal(itemOf('a.txt'), undefined);
    await inputs.escape();
    assert.deepEqual(
      (await chosen).map(({ name, size }) => [name, size]),
      [['b.txt', 25]],
    );
  });
});
