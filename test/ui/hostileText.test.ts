import assert from 'node:assert/strict';
import type { Frame, Request } from 'playwright-core';
import { closeInOrder, openEditor, type Editor } from './editor';
import { hostileRun, hostileSteps } from './hostileConversation';
import { evilHost, hostilePayloads, marker } from './hostilePayloads';
import { strayElements } from './strayElements';
import { until } from './until';

const title = 'Rotate the staging database password';

describe('text that tries to be more than text, in the real webview', () => {
  let editor: Editor;
  let frame: Frame;
  const asked: string[] = [];
  const dialogs: string[] = [];

  before(async () => {
    editor = await openEditor();
    const { oz, workbench } = editor;
    const run = editor.run(title);
    const conversation = `${run.run_id}-hostile`;
    oz.state.conversations.add(conversation, { steps: hostileSteps(hostilePayloads()) });
    Object.assign(run, {
      ...hostileRun(hostilePayloads().filter((_, at) => at % 4 === 0)),
      conversation_id: conversation,
      updated_at: new Date().toISOString(),
    });
    workbench.page.on('request', (request: Request) => asked.push(request.url()));
    workbench.page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    await workbench.openContainer('Agent Runs');
    const runs = await workbench.view('Runs');
    await workbench.openFrom(workbench.row(runs, title), title);
    await workbench.webview().locator('.message').first().waitFor();
    const handle = await workbench.webview().locator('body').elementHandle();
    const found = await handle.ownerFrame();
    assert.ok(found);
    frame = found;
  });

  after(() => closeInOrder(editor));

  const wasRun = async (): Promise<unknown[]> =>
    Promise.all(editor.workbench.page.frames().map((one) => one.evaluate(`window.${marker}`).catch(() => undefined)));

  it('cannot become HTML: the page itself may not read any', async () => {
    const refused = await frame.evaluate(() => {
      const tries: (() => unknown)[] = [
        () => (document.body.innerHTML = '<b>x</b>'),
        () => (document.body.outerHTML = '<b>x</b>'),
        () => {
          document.body.insertAdjacentHTML('beforeend', '<b>x</b>');
        },
        () => new DOMParser().parseFromString('<b>x</b>', 'text/html'),
        () => document.createRange().createContextualFragment('<b>x</b>'),
        () => (document.createElement('script').text = 'x'),
        () => (document.createElement('iframe').srcdoc = '<b>x</b>'),
      ];
      return tries.map((attempt) => {
        try {
          attempt();
          return 'was taken';
        } catch (error) {
          return error instanceof TypeError ? 'refused' : String(error);
        }
      });
    });
    assert.deepEqual(
      refused,
      refused.map(() => 'refused'),
    );
  });

  it('stays text in what stands around a conversation', async () => {
    const details = frame.locator('[data-does="body"][data-of="details"]');
    const more = frame.locator('.rest > .line[aria-expanded="false"]');
    // The list of runs brings them.
    await more.waitFor();
    const cards = frame.locator('[data-does="artifact"]');
    while ((await more.count()) > 0) {
      const before = await cards.count();
      await more.first().dispatchEvent('click');
      await until('the next page of them', async () => (await cards.count()) > before);
    }
    assert.ok((await cards.count()) > 250);
    await details.click();
    await frame.getByText('Base Prompt').or(frame.getByText('Base prompt')).first().waitFor();
    assert.deepEqual(await strayElements(frame), []);
    await details.click();
  });

  it('runs nothing, asks the network for nothing and leaves no stray element, in any member that is shown', async function () {
    this.timeout(240_000);
    const payloads = hostilePayloads();
    assert.ok(payloads.length >= 1000);
    await editor.workbench.page.setViewportSize({ width: 1280, height: 6000 });
    const shown = new Set<string>();
    const stray = new Set<string>();
    for (let atEnd = false; !atEnd;) {
      // Everything that folds is unfolded, without a click of the mouse on each of thousands.
      await frame.evaluate(() => {
        for (const line of document.querySelectorAll<HTMLElement>('.foldable .line[aria-expanded="false"]')) {
          line.click();
        }
      });
      await until('all bodies are there', () =>
        frame.evaluate(
          () =>
            document.querySelectorAll('.foldable:has(> .line[aria-expanded="true"]):not(:has(> .body))').length === 0,
        ),
      );
      for (const id of await frame.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('.entry')].map(({ dataset }) => dataset.id ?? ''),
      )) {
        shown.add(id);
      }
      for (const element of await strayElements(frame)) {
        stray.add(element);
      }
      atEnd = await frame.evaluate(() => {
        const { scrollTop, scrollHeight, clientHeight } = document.documentElement;
        scrollBy({ top: clientHeight * 1.6, behavior: 'instant' });
        return scrollHeight - scrollTop - clientHeight < 50;
      });
      // Also what was scrolled over: it is near enough to be there.
      await until('what is in view is filled', () =>
        frame.evaluate(() =>
          [...document.querySelectorAll('.chunk')].every((chunk) => {
            const { top, bottom } = chunk.getBoundingClientRect();
            return bottom < innerHeight * -0.6 || top > innerHeight || chunk.childElementCount > 0;
          }),
        ),
      );
    }
    assert.deepEqual([...stray], []);
    // A step and three messages of each; where a slow machine scrolls over some, enough payloads are there whole.
    const missed = payloads.length * 4 - shown.size;
    assert.ok(payloads.length - missed >= 1000, `${missed} entries were not seen`);
    assert.deepEqual(
      (await wasRun()).filter((value) => value !== undefined && value !== null),
      [],
    );
    assert.deepEqual(dialogs, []);
    assert.deepEqual(
      asked.filter((url) => url.includes(evilHost)),
      [],
    );
    await editor.workbench.screenshot('hostile-text');
  });
});
