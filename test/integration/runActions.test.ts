import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import * as vscode from 'vscode';
import { copyBranch } from '../../src/commands/copyBranch';
import { copyPrompt } from '../../src/commands/copyPrompt';
import { copyRunId } from '../../src/commands/copyRunId';
import { copyRunLink } from '../../src/commands/copyRunLink';
import { markAllAsSeen, markAsSeen } from '../../src/commands/markAsSeen';
import { openConversation } from '../../src/commands/openConversation';
import { openPullRequest } from '../../src/commands/openPullRequest';
import { openSession } from '../../src/commands/openSession';
import { type KnownRuns, whichRun, whichRuns } from '../../src/commands/pickRun';
import { pinRuns, unpinRuns } from '../../src/commands/pinRuns';
import { showInRuns } from '../../src/commands/showInRuns';
import { showParent } from '../../src/commands/showParent';
import { showSchedule } from '../../src/commands/showSchedule';
import { showSkill } from '../../src/commands/showSkill';
import type { SkillPlace } from '../../src/model/skillSpec';
import type { Run } from '../../src/oz/types';
import { findSkillFile } from '../../src/platform/skillFiles';
import { FakeClock } from '../unit/fakeClock';
import { aRun, at, known, problem } from './knownRuns';
import { QuickInputs } from './quickInput';

const row = (runId: string): object => ({ kind: 'run', id: `active/${runId}`, runId });
const unreachable = (): Promise<never> => Promise.reject(problem('unreachable'));
const unread = { getRun: unreachable };

function pulls(...branches: string[]): Partial<Run> {
  return {
    artifacts: branches.map((branch) => ({
      artifact_type: 'PULL_REQUEST',
      created_at: at,
      data: { url: `https://github.com/acme/shop/pull/${branch.length}`, branch },
    })),
  };
}

describe('actions on runs', () => {
  let inputs: QuickInputs;
  let opened: string[];
  let real: typeof vscode.env.openExternal;

  beforeEach(() => {
    inputs = new QuickInputs();
    opened = [];
    real = vscode.env.openExternal;
    Object.assign(vscode.env, {
      openExternal: (url: unknown) => Promise.resolve(opened.push(String(url)) > 0),
    });
  });

  afterEach(async () => {
    Object.assign(vscode.env, { openExternal: real });
    await inputs.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  const copied = (): Thenable<string> => vscode.env.clipboard.readText();

  describe('are for', () => {
    const runs: KnownRuns = { ...known(aRun('r1'), aRun('r2'), aRun('r3')), selected: () => ['r3', 'r2'] };
    const ask = { placeHolder: '' };

    it('the selected rows when the menu was opened on one of them', async () => {
      const selected = [row('r1'), { kind: 'group', id: 'active' }, row('r3'), { ...row('r2'), kind: 'artifact' }];
      assert.deepEqual(await whichRuns(runs, selected[0], selected, ask), ['r1', 'r3']);
      assert.deepEqual(await whichRuns(runs, row('r2'), selected, ask), ['r2']);
      assert.deepEqual(await whichRuns(runs, { runId: 'r2' }, undefined, ask), ['r2']);
      assert.deepEqual(await whichRuns(runs, row('r1'), [row('r1'), { ...row('r1'), id: 'x' }], ask), ['r1']);
      assert.equal(await whichRun(runs, row('r2'), ''), 'r2');
    });

    it('what is selected in the view when a key asks for that', async () => {
      assert.deepEqual(await whichRuns(runs, { selection: true }, undefined, ask), ['r3', 'r2']);
      assert.equal(await whichRun({ ...runs, selected: () => ['r2'] }, { selection: true }, ''), 'r2');
    });

    it('what the keyboard is on rather than what is selected, and nothing when that is no run', async () => {
      const on = (...underKeys: string[]): KnownRuns => ({ ...runs, underKeys: () => Promise.resolve(underKeys) });
      assert.deepEqual(await whichRuns(on('r1'), { selection: true }, undefined, ask), ['r1']);
      assert.equal(await whichRun(on('r1'), { selection: true }, ''), 'r1');
      assert.equal(await whichRuns(on(), { selection: true }, undefined, ask), undefined);
      assert.equal(await whichRun(on(), { selection: true }, ''), undefined);
      const nowhere = { ...runs, underKeys: () => Promise.resolve(undefined) };
      assert.deepEqual(await whichRuns(nowhere, { selection: true }, undefined, ask), ['r3', 'r2']);
    });

    it('what a person picks otherwise, beginning with what is selected', async () => {
      const several = whichRuns(runs, undefined, undefined, ask);
      const pick = await inputs.nextPick();
      assert.equal(pick.canSelectMany, true);
      assert.deepEqual(pick.selectedItems.map(({ label }) => label).sort(), ['Run r2', 'Run r3']);
      await inputs.enter();
      assert.deepEqual((await several)?.sort(), ['r2', 'r3']);

      const one = whichRun(runs, { selection: true }, '');
      const single = await inputs.nextPick();
      assert.equal(single.canSelectMany, false);
      assert.equal(single.activeItems[0]?.label, 'Run r3');
      await inputs.enter();
      assert.equal(await one, 'r3');
    });

    it('the active line when nothing is checked, and nothing after Escape', async () => {
      const none = { ...runs, selected: () => [] };
      const picked = whichRuns(none, undefined, undefined, { ...ask, many: true, isFit: (run) => run.run_id !== 'r1' });
      const pick = await inputs.nextPick();
      assert.deepEqual([pick.canSelectMany, pick.items.length, pick.selectedItems.length], [true, 2, 0]);
      await inputs.enter();
      assert.deepEqual(await picked, ['r2']);

      const left = whichRuns(none, undefined, undefined, { ...ask, many: true });
      await inputs.nextPick();
      await inputs.escape();
      assert.equal(await left, undefined);
    });

    it('one of the 200 that changed last, with all a search away where one is wanted', async () => {
      const many = Array.from({ length: 300 }, (_, index) =>
        aRun(`r${index}`, { updated_at: new Date(index * 1000).toISOString() }),
      );
      const listed = known(...many);
      const several = whichRuns({ ...listed, selected: () => ['r5'] }, undefined, undefined, { ...ask, many: true });
      const pick = await inputs.nextPick();
      assert.deepEqual(
        [pick.items.length, pick.items[0]?.label, pick.items.at(-1)?.label],
        [201, 'Run r299', 'Run r5'],
      );
      await inputs.enter();
      assert.deepEqual(await several, ['r5']);

      const given: unknown[] = [];
      const one = whichRun(listed, undefined, '');
      const single = await inputs.nextPick();
      assert.equal(single.items.length, 201);
      single.activeItems = single.items.slice(-1);
      await delay(50);
      const { executeCommand } = vscode.commands;
      const enter = inputs.enter();
      Object.assign(vscode.commands, { executeCommand: (id: string) => Promise.resolve(given.push(id)) });
      await enter;
      assert.equal(await one, undefined);
      Object.assign(vscode.commands, { executeCommand });
      assert.deepEqual(given, ['agentRuns.goToRun']);
    });
  });

  it('open each conversation, and ask before many', async () => {
    const shown: string[] = [];
    const show = (runId: string): Promise<void> => {
      shown.push(runId);
      return Promise.resolve();
    };
    const rows = Array.from({ length: 9 }, (_, index) => row(`r${index}`));
    await openConversation({ runs: known(), show }, rows[0], rows.slice(0, 8));
    assert.deepEqual([shown.length, inputs.messages.length], [8, 0]);
    await openConversation({ runs: known(), show }, rows[0], rows);
    assert.deepEqual([shown.length, inputs.messages.length], [8, 1]);
    inputs.answerMessages('Open All');
    await openConversation({ runs: known(), show }, rows[0], rows);
    assert.equal(shown.length, 17);
  });

  it('open the sessions that there are, and say when some are missing', async () => {
    const runs = known(aRun('r1', { session_link: 'https://s.example/1' }), aRun('r2'));
    const deps = {
      runs: { ...runs, put: () => assert.fail() },
      client: {
        getRun: (id: string) => Promise.resolve(aRun(id, id === 'r3' ? { session_link: 'https://s.example/3' } : {})),
        sessionConversation: unreachable,
      },
      clock: new FakeClock(),
      show: () => assert.fail(),
    };
    await openSession(deps, row('r1'), [row('r1'), row('r2'), row('r3')]);
    assert.deepEqual(opened, ['https://s.example/1', 'https://s.example/3']);
    assert.equal(inputs.messages.length, 1);
  });

  it('copy one a line', async () => {
    const submitted_prompt = 'Only bugs';
    const runs = known(
      aRun('r1', { prompt: 'Do it', ...pulls('a', 'bb') }),
      aRun('r2', { prompt: 'x', submitted_prompt, ...pulls('a') }),
    );
    const rows = [row('r1'), row('r2')] as const;
    await copyRunId({ runs }, rows[0], rows);
    assert.equal(await copied(), 'r1\nr2');
    await copyRunLink({ runs, webUrl: () => 'https://oz.example' }, rows[0], rows);
    assert.equal(await copied(), 'https://oz.example/runs/r1\nhttps://oz.example/runs/r2');
    await copyPrompt({ runs, client: unread }, rows[0], rows);
    assert.equal(await copied(), 'Do it\nOnly bugs');
    await copyBranch({ runs, client: unread }, rows[0], rows);
    assert.equal(await copied(), 'a\nbb');
  });

  it('copy nothing where there is nothing, and say so', async () => {
    await vscode.env.clipboard.writeText('before');
    await copyPrompt({ runs: known(aRun('r1')), client: unread }, row('r1'));
    await copyBranch({ runs: known(aRun('r1')), client: unread }, row('r1'));
    assert.deepEqual([await copied(), inputs.messages.length], ['before', 2]);
  });

  it('copy no branch that is made to deceive, and say so', async () => {
    const bad = ['a\nrm -rf ~', 'b\u001b[2J', 'c\u202e', 'd\u2028e'];
    await copyBranch({ runs: known(aRun('r1', pulls(...bad, 'good'))), client: unread }, row('r1'));
    assert.deepEqual([await copied(), inputs.messages.length], ['good', 1]);
    await copyBranch({ runs: known(aRun('r1', pulls(...bad))), client: unread }, row('r1'));
    assert.deepEqual([await copied(), inputs.messages.length], ['good', 2]);
    assert.doesNotMatch(inputs.messages.join(), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
  });

  it('pass on that a run cannot be read', async () => {
    const deps = { runs: known(), client: unread };
    await assert.rejects(copyPrompt(deps, row('r1')), { kind: 'unreachable' });
    await assert.rejects(openPullRequest(deps, row('r1')), { kind: 'unreachable' });
  });

  it('open the pull request, or those that a person picks', async () => {
    const client = { getRun: (id: string) => Promise.resolve(aRun(id, pulls('ccc'))) };
    const runs = known(aRun('r1', pulls('a')), aRun('r2', pulls('bb')), aRun('r0'));
    await openPullRequest({ runs, client }, row('r1'));
    assert.deepEqual(opened, ['https://github.com/acme/shop/pull/1']);
    const rows = [row('r1'), row('r2'), row('r3')];
    const done = openPullRequest({ runs, client }, rows[0], rows);
    const pick = await inputs.nextPick();
    assert.deepEqual(
      pick.items.map(({ label }) => label),
      ['acme/shop #1', 'acme/shop #2', 'acme/shop #3'],
    );
    pick.selectedItems = pick.items.slice(1);
    await inputs.enter();
    await done;
    assert.deepEqual(opened.slice(1), ['https://github.com/acme/shop/pull/2', 'https://github.com/acme/shop/pull/3']);
    await openPullRequest({ runs, client }, row('r0'));
    assert.equal(inputs.messages.length, 1);
  });

  it('mark as seen', async () => {
    const marked: string[] = [];
    const seen = {
      needsYou: ({ state }: Run) => state === 'FAILED',
      mark: (list: Iterable<Run>) => {
        marked.push(...[...list].map(({ run_id: id }) => id));
      },
    };
    const below = aRun('below', { state: 'FAILED', parent_run_id: 'r1' });
    const runs = known(aRun('r1', { state: 'FAILED' }), aRun('r2'), aRun('r3', { state: 'FAILED' }), below);
    const said: string[] = [];
    const { setStatusBarMessage } = vscode.window;
    Object.assign(vscode.window, { setStatusBarMessage: (words: string) => said.push(words) });
    const groups = {
      withSubRuns: (ids: Iterable<string>) => new Set([...ids, 'below']),
      needing: () => ['r1', 'r3'],
    };
    await markAsSeen({ runs, seen, groups }, row('r1'), [row('r1'), row('r2')]);
    assert.deepEqual(marked.splice(0), ['r1', 'r2', 'below']);
    markAllAsSeen({ runs, seen, groups });
    Object.assign(vscode.window, { setStatusBarMessage });
    assert.deepEqual(marked, ['r1', 'r3', 'below']);
    // As many as the badge says, and the others apart from them.
    assert.match(said[0] ?? '', /“Run r1”.*1 sub-run/);
    assert.match(said[1] ?? '', /2 runs.*1 sub-run/);
  });

  it('pin and unpin', async () => {
    const pins = new Set(['r2']);
    const pinned = {
      has: (id: string) => pins.has(id),
      pin: (ids: Iterable<string>) => {
        [...ids].forEach((id) => pins.add(id));
        const dropped = [...pins].slice(0, -3);
        dropped.forEach((id) => pins.delete(id));
        return dropped;
      },
      unpin: (ids: Iterable<string>) => {
        [...ids].forEach((id) => pins.delete(id));
      },
    };
    const runs = known(aRun('r1'), aRun('r2'));
    await pinRuns({ runs, pinned }, row('r1'), [row('r1'), row('r3')]);
    assert.deepEqual([[...pins], inputs.messages], [['r2', 'r1', 'r3'], []]);
    await unpinRuns({ runs, pinned }, row('r2'));
    assert.deepEqual([...pins], ['r1', 'r3']);
    const done = unpinRuns({ runs, pinned });
    assert.equal((await inputs.nextPick()).items.length, 1);
    await inputs.escape();
    await done;
    assert.deepEqual([...pins], ['r1', 'r3']);
    await pinRuns({ runs, pinned }, row('r4'), [row('r4'), row('r5')]);
    assert.deepEqual([...pins], ['r3', 'r4', 'r5']);
    assert.match(inputs.messages.join(), /“Run r1”/);
  });

  it('show the schedule, and say when it is gone', async () => {
    const schedule = { schedule_id: 's1', schedule_name: 'Nightly', cron_schedule: '0 9 * * *' };
    const asked: string[] = [];
    const show = (isThere: boolean, members: Partial<Run>): Promise<void> =>
      showSchedule(
        {
          runs: known(aRun('r1', members)),
          client: unread,
          revealSchedule: (id) => {
            asked.push(id);
            return Promise.resolve(isThere);
          },
        },
        row('r1'),
      );
    await show(true, { schedule });
    assert.deepEqual([asked, inputs.messages.length], [['s1'], 0]);
    await show(false, { schedule });
    await show(true, {});
    assert.deepEqual([asked, inputs.messages.length], [['s1', 's1'], 2]);
  });

  it('show the parent, read first when it is not known', async () => {
    const put: string[] = [];
    const revealed: string[] = [];
    const show = (isListed: boolean, ...list: Run[]): Promise<void> =>
      showParent(
        {
          runs: { ...known(...list), putHistory: (parents) => put.push(...parents.map(({ run_id: id }) => id)) },
          client: { getRun: (id) => Promise.resolve(aRun(id)) },
          revealRun: (id) => {
            revealed.push(id);
            return Promise.resolve(isListed);
          },
        },
        row('r1'),
      );
    await show(true, aRun('r1', { parent_run_id: 'p' }));
    assert.deepEqual([put, revealed, inputs.messages.length], [['p'], ['p'], 0]);
    await show(false, aRun('r1', { parent_run_id: 'p' }));
    await show(true, aRun('r1'));
    assert.deepEqual([revealed.length, inputs.messages.length], [2, 2]);
  });

  it('show the run in the list with its sub-runs, or say that it is not there', async () => {
    const revealed: unknown[][] = [];
    const show = (isListed: boolean): Promise<void> =>
      showInRuns(
        {
          runs: known(aRun('r1')),
          revealRun: (...given) => {
            revealed.push(given);
            return Promise.resolve(isListed);
          },
        },
        row('r1'),
      );
    await show(true);
    assert.deepEqual([revealed, inputs.messages.length], [[['r1', true]], 0]);
    await show(false);
    assert.equal(inputs.messages.length, 1);
  });

  describe('show the skill', () => {
    const skill = (
      skill_spec: string,
      findFile: (place: SkillPlace) => Promise<vscode.Uri | undefined> = findSkillFile,
    ) =>
      showSkill(
        { runs: known(aRun('r1', { agent_config: { skill_spec } })), client: unread, findSkillFile: findFile },
        row('r1'),
      );

    it('in the workspace, whatever the case of its repository', async () => {
      await skill('Acme/Storefront:.agents/skills/write-tests/SKILL.md');
      assert.ok(vscode.window.activeTextEditor?.document.uri.path.endsWith('/.agents/skills/write-tests/SKILL.md'));
      assert.deepEqual(opened, []);
    });

    it('on GitHub when it is not there', async () => {
      await skill('acme/storefront:.agents/skills/not here/SKILL.md');
      await skill('other/repo:.agents/skills/write-tests/SKILL.md');
      await skill('acme/storefront:write-tests');
      await skill('acme/storefront:../../etc/SKILL.md');
      assert.deepEqual(opened, [
        'https://github.com/acme/storefront/blob/HEAD/.agents/skills/not%20here/SKILL.md',
        'https://github.com/other/repo/blob/HEAD/.agents/skills/write-tests/SKILL.md',
        'https://github.com/acme/storefront',
        'https://github.com/acme/storefront',
      ]);
      assert.equal(vscode.window.activeTextEditor, undefined);
    });

    it('nowhere when it has no place', async () => {
      await skill('write-tests', () => assert.fail());
      assert.deepEqual([opened, inputs.messages.length], [[], 1]);
    });
  });
});
