import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { openEditor, type Editor } from './editor';
import { startMockService, type MockService } from './mockService';

/** What a mock answers, as far as it has to be on the screen. */
interface Answers {
  readonly runs: readonly string[];
  readonly schedules: readonly string[];
  readonly conversation: readonly string[];
}

for (const { what, seeds } of [
  { what: 'one plain example of everything', seeds: [undefined] },
  { what: 'random answers', seeds: ['1', '2', '3', '4', '5'] },
]) {
  describe(`a mock that knows only the description of the API, in place of Oz: ${what}`, () => {
    let mock: MockService;
    let answers: Answers;
    let editor: Editor;
    let runs: Locator;

    before(async () => {
      ({ mock, answers } = await startFilledMock(seeds));
      editor = await openEditor({ settings: { 'agentRuns.baseUrl': mock.baseUrl } });
      await editor.workbench.openContainer('Agent Runs');
      runs = await editor.workbench.view('Runs');
    });

    after(async () => {
      await editor.close();
      await mock.stop();
      assert.deepEqual(editor.errors(), []);
    });

    it('shows its runs and schedules', async () => {
      const { workbench } = editor;
      await workbench.row(runs, anyOf(answers.runs)).waitFor();
      await workbench.row(await workbench.view('Schedules'), anyOf(answers.schedules)).waitFor();
    });

    it('shows its past runs of a schedule', async () => {
      const { workbench } = editor;
      const schedules = await workbench.view('Schedules');
      await workbench.expand(workbench.row(schedules, anyOf(answers.schedules)));
      // By its start, with the year of another one.
      await workbench.row(schedules, /^\w+, \w+ \d+, (\d{4}, )?\d+:\d\d/).waitFor();
    });

    it('shows its conversation', async () => {
      const { workbench } = editor;
      await workbench.row(runs, anyOf(answers.runs)).click();
      await workbench.webview().getByText(anyOf(answers.conversation)).first().waitFor();
      await workbench.screenshot(`mock-${what.replaceAll(' ', '-')}`);
      assert.equal(await workbench.notification(/./).count(), 0);
    });
  });
}

/** Random lists may be empty, and which ones are depends on the description: takes the first seed that fills them all. */
async function startFilledMock(
  seeds: readonly (string | undefined)[],
): Promise<{ mock: MockService; answers: Answers }> {
  for (const seed of seeds) {
    const mock = await startMockService({ seed });
    const { runs } = await read<{ runs: { title: string }[] }>(mock, '/agent/runs');
    const { schedules } = await read<{ schedules: { name: string }[] }>(mock, '/agent/schedules');
    const answers = {
      runs: runs.map(({ title }) => title),
      schedules: schedules.map(({ name }) => name),
      conversation: spoken(await read(mock, '/agent/runs/any/conversation')),
    };
    if (Object.values(answers).every((texts) => texts.length > 0)) {
      return { mock, answers };
    }
    await mock.stop();
  }
  return assert.fail('no seed fills the lists');
}

async function read<T>({ baseUrl }: MockService, path: string): Promise<T> {
  const answer = await fetch(`${baseUrl}${path}`, { headers: { authorization: 'Bearer any' } });
  assert.equal(answer.status, 200, path);
  return (await answer.json()) as T;
}

/** The texts of a conversation's blocks, however deep they are. */
function spoken(conversation: unknown): string[] {
  const texts: string[] = [];
  JSON.stringify(conversation, (key, value: unknown) => {
    if (key === 'text' && typeof value === 'string') {
      texts.push(value);
    }
    return value;
  });
  return texts;
}

/** For what begins with one of the texts: a row has its description behind. */
function anyOf(texts: readonly string[]): RegExp {
  return new RegExp(`^(${texts.map((text) => text.replace(/[^\w ]/g, '.')).join('|')})`);
}
