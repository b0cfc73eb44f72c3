import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { goToRun, type GoToRunDeps } from '../../src/commands/goToRun';
import { nextRun } from '../../src/commands/nextRun';
import { typingRest } from '../../src/model/runSearch';
import { RunWalk } from '../../src/model/runWalk';
import type { LoadStatus } from '../../src/model/loadStatus';
import type { ListRunsQuery, Run, RunPage } from '../../src/oz/types';
import { FakeClock } from '../unit/fakeClock';
import { aRun, known, problem } from './knownRuns';
import { QuickInputs } from './quickInput';

const id = '0192f3a4-5b6c-7d8e-9f01-23456789abcd';
type Pick = vscode.QuickPick<vscode.QuickPickItem>;

const idOf = (item: vscode.QuickPickItem | undefined): unknown => item && Reflect.get(item, 'id');
/** The ids of the rows; what parts them by its words. */
const idsOf = ({ items }: Pick): unknown[] =>
  items.map((item) => (item.kind === vscode.QuickPickItemKind.Separator ? `– ${item.label}` : idOf(item)));

describe('goToRun', () => {
  let inputs: QuickInputs;

  beforeEach(() => {
    inputs = new QuickInputs();
  });

  afterEach(async () => {
    await inputs.dispose();
  });

  function setUp(list: readonly Run[], { pinned = [] as string[], needing = [] as string[] } = {}) {
    const clock = new FakeClock();
    const queries: ListRunsQuery[] = [];
    const answers: (RunPage | Error)[] = [];
    const put: string[] = [];
    const opened: string[] = [];
    const step = (what: string) => (runId: string) => {
      opened.push(`${what} ${runId}`);
      return Promise.resolve();
    };
    const deps: GoToRunDeps = {
      clock,
      runs: {
        ...known(...list),
        putHistory: (runs) => {
          put.push(...runs.map(({ run_id }) => run_id));
        },
      },
      groups: { needing: () => needing },
      pinned: { ids: pinned },
      catalog: { environmentName: () => undefined },
      client: {
        listRuns: (query) => {
          queries.push(query);
          const answer = answers.shift() ?? { runs: [] };
          return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
        },
        getRun: (runId) => Promise.resolve(aRun(runId)),
      },
      webUrl: () => 'https://oz.example',
      show: step('show'),
      reveal: step('reveal'),
    };
    const type = async (pick: Pick, text: string): Promise<void> => {
      pick.value = text;
      await delay(50);
    };
    const search = async (pick: Pick, text: string): Promise<void> => {
      await type(pick, text);
      // What is typed comes back from the window.
      while (clock.waiting === 0) {
        await delay(10);
      }
      await clock.advance(typingRest);
      await delay(50);
    };
    return { deps, clock, queries, answers, put, opened, type, search };
  }

  const list = [
    aRun('blocked', { state: 'BLOCKED' }),
    aRun('active'),
    aRun('done', { state: 'SUCCEEDED', title: '$(zap) [done](command:x)', source: 'SLACK' }),
    aRun('strange', { state: 'ASLEEP' }),
  ];

  it('lists the known runs at once, in their groups and without icons of theirs', async () => {
    const { deps, queries } = setUp(list, { pinned: ['strange'], needing: ['blocked'] });
    const done = goToRun(deps);
    const pick = await inputs.nextPick();
    assert.deepEqual(idsOf(pick), [
      '– Pinned',
      'run strange',
      '– Needs you',
      'run blocked',
      '– Active',
      'run active',
      '– Recent',
      'run done',
    ]);
    assert.equal(idOf(pick.activeItems[0]), 'run strange');
    for (const { label, buttons, kind } of pick.items) {
      if (kind !== vscode.QuickPickItemKind.Separator) {
        assert.match(label, /^\$\([a-z-]+\) [^$]*(\$[^(]|[^$])*$/);
        assert.doesNotMatch(label, /\]\(/);
        assert.deepEqual(
          buttons?.map(({ tooltip }) => Boolean(tooltip)),
          [true, true],
        );
      }
    }
    await inputs.escape();
    await done;
    assert.equal(queries.length, 0);
  });

  it('opens the run and shows where it is', async () => {
    const { deps, opened, put } = setUp(list, { needing: ['blocked'] });
    const done = goToRun(deps);
    await inputs.nextPick();
    await inputs.enter();
    await done;
    assert.deepEqual([opened, put], [['show blocked', 'reveal blocked'], ['blocked']]);
  });

  it('opens nothing when it is dismissed', async () => {
    const { deps, opened, put } = setUp(list);
    const done = goToRun(deps);
    await inputs.nextPick();
    await inputs.escape();
    await done;
    assert.deepEqual([opened, put], [[], []]);
  });

  it('adds what the service finds below the known runs, and hides nothing of it', async () => {
    const { deps, queries, answers, search, opened } = setUp(list);
    answers.push({ runs: [aRun('far', { title: 'Nothing alike' }), aRun('active'), aRun('near')] });
    const done = goToRun(deps);
    const pick = await inputs.nextPick();
    await search(pick, 'run a');
    assert.deepEqual(queries, [{ q: 'run a', limit: 50 }]);
    assert.deepEqual(idsOf(pick), [
      '– Active',
      'run active',
      '– Recent',
      'run strange',
      '– Found by Oz',
      'run far',
      'run near',
    ]);
    const seen: unknown[] = [];
    while (seen.length < 4) {
      seen.push(idOf(pick.activeItems[0]));
      await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
      await delay(50);
    }
    assert.deepEqual(seen, ['run active', 'run strange', 'run far', 'run near']);
    pick.activeItems = pick.items.filter((item) => idOf(item) === 'run far');
    await delay(50);
    await inputs.enter();
    await done;
    assert.deepEqual(opened, ['show far', 'reveal far']);
  });

  it('stays on the row that a person went to while results arrive', async () => {
    const { deps, answers, type, clock } = setUp(list);
    answers.push({ runs: [aRun('r8'), aRun('r9')] });
    const done = goToRun(deps);
    const pick = await inputs.nextPick();
    await type(pick, 'run');
    assert.equal(pick.busy, true);
    await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
    await delay(50);
    const active = idOf(pick.activeItems[0]);
    assert.equal(active, idsOf(pick).filter((one) => String(one).startsWith('run'))[1]);
    await clock.advance(typingRest);
    await delay(50);
    assert.ok(idsOf(pick).includes('run r9'));
    assert.deepEqual([idOf(pick.activeItems[0]), pick.busy], [active, false]);
    await type(pick, 'run s');
    assert.equal(idOf(pick.activeItems[0]), 'run strange');
    await inputs.escape();
    await done;
  });

  it('reads on at the end, and goes on to the first run of the next page', async () => {
    const { deps, queries, answers, search } = setUp([]);
    answers.push({ runs: [aRun('r1')], nextCursor: 'c1' }, { runs: [aRun('r2'), aRun('r3')] });
    const done = goToRun(deps);
    const pick = (await inputs.next()) as Pick;
    await search(pick, 'zebra');
    assert.deepEqual(idsOf(pick), ['– Found by Oz', 'run r1', 'more 1']);
    pick.activeItems = pick.items.filter((item) => idOf(item) === 'more 1');
    await delay(50);
    await inputs.enter();
    await delay(100);
    assert.deepEqual(queries.at(-1), { q: 'zebra', limit: 50, cursor: 'c1' });
    assert.deepEqual(idsOf(pick), ['– Found by Oz', 'run r1', 'run r2', 'run r3']);
    assert.equal(idOf(pick.activeItems[0]), 'run r2');
    await inputs.escape();
    await done;
  });

  it('shows why a search failed, and tries again on Enter', async () => {
    const { deps, queries, answers, search, opened } = setUp([]);
    answers.push(problem('unreachable'), { runs: [aRun('r1')] });
    const done = goToRun(deps);
    const pick = (await inputs.next()) as Pick;
    await search(pick, 'zebra');
    assert.deepEqual(idsOf(pick), ['failed']);
    assert.ok(pick.items[0]?.detail);
    await inputs.enter();
    await delay(100);
    assert.deepEqual([idsOf(pick), queries.length], [['– Found by Oz', 'run r1'], 2]);
    await inputs.enter();
    await done;
    assert.deepEqual(opened, ['show r1', 'reveal r1']);
  });

  it('says when nothing fits', async () => {
    const { deps, search, opened } = setUp([]);
    const done = goToRun(deps);
    const pick = (await inputs.next()) as Pick;
    assert.deepEqual(idsOf(pick), ['none']);
    await search(pick, 'zebra');
    assert.deepEqual(idsOf(pick), ['none']);
    await inputs.enter();
    await delay(50);
    await inputs.escape();
    await done;
    assert.deepEqual(opened, []);
  });

  it('reads a run by its id or address', async () => {
    for (const text of [id, `https://oz.example/runs/${id}`]) {
      const { deps, queries, search, opened } = setUp(list);
      const done = goToRun(deps);
      const pick = await inputs.nextPick();
      await search(pick, text);
      assert.deepEqual(idsOf(pick), ['– Found by Oz', `run ${id}`]);
      await inputs.enter();
      await done;
      assert.deepEqual([opened, queries], [[`show ${id}`, `reveal ${id}`], []]);
    }
  });

  it('reads the list when nobody has looked at it, and says why that failed', async () => {
    const { deps } = setUp([]);
    let status: LoadStatus = { kind: 'starting' };
    let end = (): void => undefined;
    const runs = {
      ...deps.runs,
      get status() {
        return status;
      },
      refresh: () =>
        new Promise<void>((resolve) => {
          end = resolve;
        }),
    };
    const done = goToRun({ ...deps, runs });
    const pick = (await inputs.next()) as Pick;
    assert.deepEqual([pick.busy, idsOf(pick)], [true, []]);
    status = { kind: 'failed', problem: problem('unreachable') };
    end();
    await delay(50);
    assert.deepEqual([pick.busy, idsOf(pick)], [false, ['failed']]);
    await inputs.escape();
    await done;
  });
});

describe('nextRun', () => {
  let inputs: QuickInputs;

  beforeEach(() => {
    inputs = new QuickInputs();
  });

  afterEach(async () => {
    await inputs.dispose();
  });

  function setUp(needing: string[]) {
    const opened: string[] = [];
    const revealed: string[] = [];
    const deps = {
      runs: { ...known(aRun('r1')), isLookedAt: (runId: string) => opened.at(-1) === runId },
      groups: { needing: () => needing },
      walk: new RunWalk(),
      show: (runId: string) => {
        opened.push(runId);
        return Promise.resolve();
      },
      reveal: (runId: string) => {
        revealed.push(runId);
        return Promise.resolve();
      },
    };
    return { deps, opened, revealed };
  }

  it('goes from one run that needs a person to the next', async () => {
    const { deps, opened, revealed } = setUp(['r1', 'r2', 'r3']);
    while (opened.length < 4) {
      await nextRun(deps);
    }
    assert.deepEqual([opened, revealed], [['r1', 'r2', 'r3', 'r1'], opened]);
    assert.deepEqual(inputs.messages, []);
  });

  it('says so when there is none, and leads to the others', async () => {
    const { deps, opened } = setUp([]);
    const given: string[] = [];
    const { executeCommand } = vscode.commands;
    Object.assign(vscode.commands, { executeCommand: (command: string) => Promise.resolve(given.push(command)) });
    try {
      inputs.answerMessages('Go to Run');
      await nextRun(deps);
      await delay(0);
    } finally {
      Object.assign(vscode.commands, { executeCommand });
    }
    assert.deepEqual([opened, inputs.messages.length, given], [[], 1, ['agentRuns.goToRun']]);
  });

  it('passes on why there is no list', async () => {
    const { deps } = setUp([]);
    const status: LoadStatus = { kind: 'noKey' };
    await assert.rejects(nextRun({ ...deps, runs: { ...known(), status, isLookedAt: () => false } }), {
      kind: 'noKey',
    });
  });
});
