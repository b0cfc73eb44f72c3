import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { Emitter } from '../../src/model/emitter';
import type { News } from '../../src/model/runNews';
import { RunStore } from '../../src/model/runStore';
import type { Run } from '../../src/oz/types';
import { showNews } from '../../src/views/notifications';
import { StatusBar } from '../../src/views/statusBar';
import { FakeClock, noon, settle } from '../unit/fakeClock';
import { FakeOz, problem, run } from '../unit/model/fakeOz';

const minute = 60_000;

/** As much of a status bar item as is used; counts how often its text was set. */
class FakeItem {
  name: string | undefined;
  tooltip: string | vscode.MarkdownString | undefined;
  command: string | vscode.Command | undefined;
  accessibilityInformation: vscode.AccessibilityInformation | undefined;
  visible = false;
  writes = 0;
  #text = '';

  get text(): string {
    return this.#text;
  }

  set text(text: string) {
    this.#text = text;
    this.writes += 1;
  }

  show(): void {
    this.visible = true;
  }

  hide(): void {
    this.visible = false;
  }

  dispose(): void {
    this.visible = false;
  }
}

function setUp(...runs: Run[]) {
  const oz = new FakeOz(...runs);
  const clock = new FakeClock();
  const store = new RunStore(oz, clock);
  const changed = new Emitter<undefined>();
  const needing: string[] = [];
  const groups = { needing: () => needing, onDidChange: new Emitter<never>().event };
  const launches = { needing: 0, onDidChange: changed.event };
  const item = new FakeItem();
  const bar = new StatusBar({ store, groups, launches, clock }, item);
  return { oz, clock, store, changed, launches, needing, item, bar };
}

describe('the item in the status bar', () => {
  it('counts what is active and what needs a person, and is not there for nothing', async () => {
    const { oz, store, changed, launches, needing, item, bar } = setUp(
      run('a', noon, { state: 'INPROGRESS' }),
      run('b', noon - 1),
    );
    assert.ok(!item.visible);
    await store.refresh();
    assert.ok(item.visible);
    assert.deepEqual(item.text.match(/\d+/g), ['1']);
    needing.push('b', 'c');
    oz.set(run('c', noon + 1, { state: 'QUEUED' }));
    await store.refresh();
    assert.deepEqual(item.text.match(/\d+/g), ['2', '2']);
    launches.needing = 1;
    changed.fire(undefined);
    assert.deepEqual(item.text.match(/\d+/g), ['2', '3']);
    launches.needing = 0;
    changed.fire(undefined);
    assert.match(item.accessibilityInformation?.label ?? '', /2.*2/);
    assert.doesNotMatch(item.accessibilityInformation?.label ?? '', /\$\(/);
    needing.length = 0;
    oz.set(run('a', noon + 2), run('c', noon + 2));
    await store.refresh();
    assert.ok(!item.visible);
    bar.dispose();
  });

  it('is written only when it says something else', async () => {
    const { store, item, bar } = setUp(run('a', noon, { state: 'INPROGRESS' }));
    for (let reading = 0; reading < 5; reading += 1) {
      await store.refresh();
    }
    assert.equal(item.writes, 1);
    bar.dispose();
  });

  it('says as of when it is once the last reading is old, until the next good one', async () => {
    const { oz, clock, store, item, bar } = setUp(run('a', noon, { state: 'INPROGRESS' }));
    await store.refresh();
    const fresh = item.tooltip;
    await clock.advance(9 * minute);
    assert.equal(item.tooltip, fresh);
    oz.failures = [problem('server')];
    await store.refresh();
    await clock.advance(2 * minute);
    assert.notEqual(item.tooltip, fresh);
    assert.equal(typeof item.tooltip, 'string');
    await store.refresh();
    assert.equal(item.tooltip, fresh);
    bar.dispose();
    await settle();
    assert.equal(clock.waiting, 0);
  });
});

interface Shown {
  manner: 'information' | 'warning';
  words: string;
  buttons: string[];
}

/** Shows the news, and clicks the button at `place` if there is one; answers with what was shown and done. */
async function show(news: News[], place = -1): Promise<Shown & { done: unknown[][] }> {
  const real = { ...vscode.window };
  const { executeCommand } = vscode.commands;
  const shown: Shown[] = [];
  const done: unknown[][] = [];
  const failures: string[] = [];
  const message =
    (manner: Shown['manner']) =>
    (words: string, ...buttons: string[]) => {
      shown.push({ manner, words, buttons });
      return Promise.resolve(buttons[place]);
    };
  Object.assign(vscode.window, {
    showInformationMessage: message('information'),
    showWarningMessage: message('warning'),
  });
  Object.assign(vscode.commands, { executeCommand: (...given: unknown[]) => Promise.resolve(done.push(given)) });
  try {
    showNews(news, { error: (line) => failures.push(line) });
    await settle();
  } finally {
    Object.assign(vscode.window, {
      showInformationMessage: real.showInformationMessage,
      showWarningMessage: real.showWarningMessage,
    });
    Object.assign(vscode.commands, { executeCommand });
  }
  const [first, ...more] = shown;
  assert.ok(first);
  assert.deepEqual([more, failures], [[], []]);
  return { ...first, done };
}

describe('a notification', () => {
  const finished: News = { kind: 'finished', run: run('a', noon) };
  const blocked: News = { kind: 'blocked', run: run('b', noon, { state: 'BLOCKED' }) };
  const failed = (code: string, retryable?: boolean): News => {
    const said = { message: 'It broke.', error_code: code, ...(retryable !== undefined && { retryable }) };
    return { kind: 'failed', run: run('c', noon, { state: 'FAILED', status_message: said as Run['status_message'] }) };
  };

  it('names the run and leads to its conversation', async () => {
    for (const [news, manner] of [
      [finished, 'information'],
      [blocked, 'warning'],
      [failed('content_policy_violation'), 'warning'],
    ] as const) {
      const { run: item } = news;
      const shown = await show([news], 0);
      assert.equal(shown.manner, manner);
      assert.ok(shown.words.includes(item.title));
      assert.deepEqual(shown.done, [['agentRuns.openConversation', { runId: item.run_id }]]);
    }
  });

  it('offers what helps first when a run failed', async () => {
    const run = { runId: 'c' };
    assert.deepEqual((await show([failed('budget_exceeded')], 0)).done, [['agentRuns.topUp', run]]);
    assert.deepEqual((await show([failed('agent_stream_failure', true)], 0)).done, [['agentRuns.runAgain', run]]);
    assert.deepEqual((await show([failed('budget_exceeded')], 1)).done, [['agentRuns.openConversation', run]]);
    assert.deepEqual((await show([failed('budget_exceeded')])).done, []);
  });

  it('names the schedule that starts to fail, and leads to it or pauses it', async () => {
    const { kind, run: item } = failed('content_policy_violation');
    const schedule = { schedule_id: 's', schedule_name: 'Nightly', cron_schedule: '' };
    const news: News = { kind, run: { ...item, schedule }, isFirstFailure: true };
    const shown = await show([news], 0);
    assert.ok(shown.words.includes('Nightly'));
    assert.deepEqual(shown.done, [['agentRuns.showSchedule', { runId: 'c' }]]);
    assert.deepEqual((await show([news], 1)).done, [['agentRuns.pauseSchedule', { scheduleId: 's' }]]);
    assert.ok(!(await show([{ ...news, isFirstFailure: false }])).words.includes('Nightly'));
  });

  it('counts several, and leads to the list', async () => {
    const shown = await show([finished, finished, finished, failed('conflict'), blocked], 0);
    assert.deepEqual(shown.words.match(/\d+/g), ['3', '1', '1']);
    assert.equal(shown.manner, 'warning');
    assert.deepEqual(shown.done, [['agentRuns.runs.focus', undefined]]);
    assert.equal((await show([finished, finished])).manner, 'information');
  });

  it('holds no link, icon or hidden character of the service', async () => {
    const evil = '$(error) [click](command:workbench.action.quit)\n\u202e';
    for (const kind of ['blocked', 'failed', 'finished'] as const) {
      const item = run('d', noon, { title: evil, status_message: { message: evil } });
      assert.doesNotMatch((await show([{ kind, run: item }])).words, /\$\(|\]\(|\n|\u202e/);
    }
  });
});
