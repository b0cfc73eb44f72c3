import assert from 'node:assert/strict';
import { StartingRuns } from '../../../src/model/startingRuns';
import { FollowUpBox } from '../../../src/conversation/followUpBox';
import { followUpBoxHtml } from '../../../src/conversation/followUpBoxHtml';
import { followUpBoxState } from '../../../src/conversation/followUpBoxState';
import type { FollowUpBoxState, ToPage } from '../../../src/conversation/protocol';
import { childrenOf, textOf, type ViewAttributes, type ViewNode } from '../../../src/conversation/viewNodes';
import { FollowUpDrafts } from '../../../src/model/followUpDrafts';
import { FollowUps } from '../../../src/model/followUps';
import { readConversation } from '../../../src/model/conversation';
import { ApiProblem } from '../../../src/oz/problems';
import type { Run } from '../../../src/oz/types';
import { context, makeRun, runId } from '../conversation/samples';
import { FakeClock, settle } from '../fakeClock';
import { FakeMemento } from '../model/fakeMemento';
import { failed, FakeService, lost, offline } from './fakeService';

const continuable = { conversation_id: 'c' };

function setUp(run: Partial<Run> = {}, id: string | undefined = runId) {
  const clock = new FakeClock();
  const memento = new FakeMemento();
  const service = new FakeService(clock);
  const queue = new FollowUps({
    memento,
    client: service,
    clock,
    random: () => 0,
    claim: () => Promise.resolve(true),
  });
  const drafts = new FollowUpDrafts(memento);
  let answers = 0;
  const live = {
    runId: id,
    run: makeRun(run) as Run | undefined,
    reading: 'good' as const,
    entries: [],
    problem: undefined as ApiProblem | undefined,
    serviceAnswered: () => {
      answers++;
    },
  };
  const commands: [string, Record<string, unknown>][] = [];
  const starts: { end: (value: unknown) => void; fail: (error: unknown) => void }[] = [];
  const host = {
    execute: (command: string, argument: Record<string, unknown>) => {
      commands.push([command, argument]);
      return new Promise((end, fail) => starts.push({ end, fail }));
    },
  };
  let changes = 0;
  const changed = (): void => {
    changes++;
  };
  const starting = new StartingRuns();
  const box = new FollowUpBox({ queue, drafts, starting, live, host, context: context(), changed });
  const another = () => new FollowUpBox({ queue, drafts, starting, live, host, context: context(), changed });
  box.html();
  box.ready();
  const rows = (): { state: string; acts: string[]; text: string }[] => {
    const pending = box.pending();
    return pending
      ? all(pending, 'li').map((row) => ({ state: classOf(row), acts: actsOf(row), text: textOf(row) }))
      : [];
  };
  const itemOf = (text: string) => queue.of(runId).find((one) => one.text === text)?.id ?? -1;
  const act = (text: string, name: 'edit' | 'send' | 'newRun' | 'remove'): void => {
    box.receive({ type: 'pending', item: itemOf(text), act: name });
  };
  const told = (): { sends?: string; text?: string | null; busy?: boolean } => {
    const [message] = box.changes().filter((one): one is Extract<ToPage, { type: 'box' }> => one.type === 'box');
    return message ? { sends: message.box.sends, text: message.text, busy: message.box.busy } : {};
  };
  const seen = { changes: () => changes, answers: () => answers };
  return {
    clock,
    memento,
    service,
    queue,
    drafts,
    live,
    commands,
    starts,
    box,
    another,
    rows,
    act,
    itemOf,
    told,
    ...seen,
  };
}

function all(node: ViewNode, tag: string): Exclude<ViewNode, string>[] {
  if (typeof node === 'string') {
    return [];
  }
  return [...(node[0] === tag ? [node] : []), ...childrenOf(node).flatMap((child) => all(child, tag))];
}

const attributesOf = (node: Exclude<ViewNode, string>): ViewAttributes =>
  typeof node[1] === 'string' ? { class: node[1] } : node[1];
const classOf = (node: Exclude<ViewNode, string>): string => attributesOf(node).class ?? '';
const actsOf = (node: ViewNode): string[] =>
  all(node, 'button').map((button) => `${attributesOf(button).does ?? ''} ${attributesOf(button).name ?? ''}`);

describe('the box for a follow-up', () => {
  it('sends to the run, and lets go of the text when it is kept', async () => {
    const { box, service, told, drafts, rows } = setUp();
    box.receive({ type: 'draft', text: 'Go ' });
    assert.equal(drafts.of(runId), 'Go ');
    box.receive({ type: 'send', text: ' Go on\n' });
    assert.deepEqual([told().text, drafts.of(runId), rows().length], ['', '', 1]);
    await settle();
    assert.deepEqual([service.asked, rows()[0]?.state, rows()[0]?.acts], [['Go on'], 'sent', []]);
    assert.deepEqual(told(), {}, 'the box stays as it is');
  });

  it('is filled with an answer that a person may change, and sends none by itself', async () => {
    const { box, drafts, service } = setUp({ state: 'BLOCKED' });
    const put = (item: number): string => {
      box.receive({ type: 'answer', item });
      return drafts.of(runId);
    };
    const [yes, no] = [put(0), put(1)];
    assert.ok(yes !== '' && no !== '' && yes !== no && !no.includes(yes));
    assert.deepEqual(
      box.changes().map((message) => (message.type === 'box' ? message.text : message.type)),
      [no, 'focus'],
    );
    box.receive({ type: 'draft', text: `${no} It is late.` });
    assert.equal(put(0), `${yes}\n\nIt is late.`);
    assert.equal(put(2), `${yes}\n\nIt is late.`, 'there is no third answer');
    await settle();
    assert.deepEqual(service.asked, []);
  });

  it('takes no answer where the run asks nothing, or nobody can answer it here', () => {
    for (const run of [{ state: 'INPROGRESS' }, { state: 'BLOCKED', source: 'AUTOFIX' }] as const) {
      const { box, drafts } = setUp(run);
      box.receive({ type: 'answer', item: 0 });
      assert.equal(drafts.of(runId), '');
    }
  });

  it('knows that the run was answered until the conversation shows it, or the run goes on', async () => {
    const { box, live } = setUp({ state: 'BLOCKED' });
    assert.equal(box.isAnswered, false);
    box.receive({ type: 'send', text: 'Yes' });
    await settle();
    assert.equal(box.isAnswered, true);
    Object.assign(live, { run: makeRun({ state: 'INPROGRESS' }) });
    assert.equal(box.isAnswered, false);
  });

  it('sends nothing that says nothing', async () => {
    const { box, service, rows } = setUp();
    box.receive({ type: 'send', text: ' \n' });
    await settle();
    assert.deepEqual([service.asked, rows()], [[], []]);
  });

  it('lets go of what the conversation shows', async () => {
    const { box, live, rows, service } = setUp();
    box.receive({ type: 'send', text: 'Go on' });
    await settle();
    const answer = await service.getRunConversation(runId);
    Object.assign(live, { entries: readConversation(answer, 'running').entries });
    box.update();
    assert.deepEqual([rows(), box.pending()], [[], null]);
  });

  it('is there for a run that takes follow-ups, and says otherwise why not', () => {
    const sends = (run: Partial<Run>) => followUpBoxState(makeRun(run), [], false, context()).sends;
    for (const state of ['QUEUED', 'INPROGRESS', 'BLOCKED', 'SUCCEEDED', 'FAILED', 'NEWER'] as const) {
      assert.equal(sends({ state: state }), 'followUp');
    }
    for (const run of [{ source: 'AUTOFIX' }, { execution_location: 'LOCAL' }] as const) {
      assert.equal(sends(run), 'none');
      const pending = setUp(run).box.pending();
      assert.ok(pending);
      assert.deepEqual(actsOf(pending), ['command openBrowser']);
    }
    assert.equal(followUpBoxState(undefined, [], false, context()).sends, 'none');
    const asks = followUpBoxState(makeRun({ state: 'BLOCKED' }), [], false, context());
    assert.notEqual(asks.placeholder, followUpBoxState(makeRun(), [], false, context()).placeholder);
  });

  it('asks for no second answer once the service has one', async () => {
    const { box, live, service } = setUp({ state: 'BLOCKED' });
    const isShown = (state: Run['state']): void => {
      const shown = box.changes().find(({ type }) => type === 'box');
      assert.ok(shown?.type === 'box');
      assert.deepEqual(shown.box, followUpBoxState(makeRun({ state }), [], false, context()));
    };
    box.receive({ type: 'send', text: 'Yes' });
    await settle();
    isShown('INPROGRESS');
    // The conversation has it, and the run waits still: for another one.
    Object.assign(live, { entries: readConversation(await service.getRunConversation(runId), 'running').entries });
    box.update();
    isShown('BLOCKED');
  });

  it('does nothing for a conversation without a run', async () => {
    const { box, service, live } = setUp({}, '');
    Object.assign(live, { runId: undefined, run: undefined });
    box.receive({ type: 'send', text: 'Go on' });
    await settle();
    assert.deepEqual([service.asked, box.pending()], [[], null]);
  });

  it('offers what can be done with what was not sent', async () => {
    const waiting = setUp();
    waiting.service.fates = [offline];
    waiting.box.receive({ type: 'send', text: 'one' });
    waiting.box.receive({ type: 'send', text: 'two' });
    await settle();
    assert.deepEqual(
      waiting.rows().map(({ state, acts }) => [state, ...acts]),
      [
        ['waiting', 'pending send', 'pending edit', 'pending remove'],
        ['waiting', 'pending edit', 'pending remove'],
      ],
    );
    waiting.act('two', 'remove');
    waiting.act('one', 'send');
    await settle();
    assert.deepEqual([waiting.service.told.length, waiting.rows().length], [1, 1]);

    const needsKey = setUp();
    needsKey.service.fates = [failed('keyRefused')];
    needsKey.box.receive({ type: 'send', text: 'one' });
    await settle();
    assert.equal(needsKey.rows()[0]?.acts[0], 'command setKey');

    const unsure = setUp();
    unsure.service.fates = [{ ...lost, delivers: false }];
    unsure.box.receive({ type: 'send', text: 'one' });
    await settle();
    assert.equal(unsure.queue.isLooking(runId), true);
    const [{ text: looking, ...row } = { text: '' }] = unsure.rows();
    assert.deepEqual(row, { state: 'unsure', acts: ['pending send', 'pending remove'] });
    await unsure.clock.advance(60_000);
    assert.equal(unsure.queue.isLooking(runId), false);
    assert.deepEqual(unsure.rows(), [{ ...row, text: looking }], 'the row stays as it is');
    assert.ok(unsure.changes() > 2);
  });

  it('tells that the service answered when one went out, once for each', async () => {
    const { box, service, clock, answers, rows, live } = setUp();
    service.fates = [offline];
    box.receive({ type: 'send', text: 'one' });
    await settle();
    const [alone] = rows();
    live.problem = new ApiProblem({ kind: 'unreachable', message: '' });
    assert.notEqual(rows()[0]?.text, alone?.text, 'the cause is told once');
    assert.equal(answers(), 0);
    await clock.advance(10_000);
    assert.deepEqual([rows()[0]?.state, answers()], ['sent', 1]);
    service.fates = [offline];
    box.receive({ type: 'send', text: 'two' });
    await settle();
    assert.equal(answers(), 1, 'one that went out earlier says nothing');
    await clock.advance(10_000);
    assert.equal(answers(), 2);
  });

  it('gets a text back to be changed, before what is in it', async () => {
    const { box, service, act, told, drafts, rows } = setUp();
    service.fates = [offline];
    box.receive({ type: 'send', text: 'one' });
    await settle();
    told();
    box.receive({ type: 'draft', text: 'more' });
    act('one', 'edit');
    const messages = box.changes();
    assert.deepEqual(
      messages.map((message) => (message.type === 'box' ? message.text : message.type)),
      ['one\n\nmore', 'focus'],
    );
    assert.deepEqual([drafts.of(runId), rows()], ['one\n\nmore', []]);
    act('one', 'edit');
    assert.deepEqual(box.changes(), []);
  });

  it('keeps what was typed for each run, also in another panel and after a restart', () => {
    const { box, memento } = setUp();
    box.receive({ type: 'draft', text: '\n<b>"x"' });
    const drafts = new FollowUpDrafts(memento);
    assert.deepEqual([drafts.of(runId), drafts.of('other')], ['\n<b>"x"', '']);
    assert.match(box.html(), /<textarea[^>]*>\n\n&lt;b&gt;&quot;x&quot;<\/textarea>/);
    box.receive({ type: 'draft', text: '' });
    assert.deepEqual([...memento.values.keys()], []);
  });

  it('tells a page that comes back what it does not know', () => {
    const { box, told } = setUp();
    box.receive({ type: 'draft', text: 'one' });
    box.html();
    box.ready();
    assert.deepEqual(told(), {});
    box.receive({ type: 'send', text: 'one' });
    box.ready();
    assert.equal(told().text, '');
  });

  describe('of a run that takes none after all', () => {
    const refused = async (run: Partial<Run> = continuable) => {
      const setting = setUp({ state: 'SUCCEEDED', ...run });
      setting.service.fates = [failed('unsupported')];
      setting.box.receive({ type: 'send', text: 'one' });
      await settle();
      return setting;
    };

    it('starts a new run, once, and keeps the text until that exists', async () => {
      const { box, told, commands, starts, drafts } = await refused();
      assert.equal(told().sends, 'newRun');
      box.receive({ type: 'send', text: 'two' });
      box.receive({ type: 'send', text: 'two' });
      assert.deepEqual(commands, [['agentRuns.continueInNewRun', { runId, text: 'two' }]]);
      assert.deepEqual([told().busy, drafts.of(runId)], [true, 'two']);
      starts[0]?.end(false);
      await settle();
      assert.deepEqual([told().text, drafts.of(runId)], ['two', 'two']);
      box.receive({ type: 'send', text: 'two' });
      starts[1]?.end(true);
      await settle();
      assert.deepEqual([told(), drafts.of(runId)], [{ sends: 'newRun', text: '', busy: false }, '']);
    });

    it('starts no second one from a panel that was opened anew meanwhile', async () => {
      const { box, another, commands, starts, act, itemOf } = await refused();
      box.receive({ type: 'send', text: 'two' });
      act('one', 'newRun');
      box.dispose();
      const again = another();
      again.receive({ type: 'send', text: 'two' });
      again.receive({ type: 'pending', item: itemOf('one'), act: 'newRun' });
      assert.equal(commands.length, 2);
      starts[0]?.end(false);
      await settle();
      again.receive({ type: 'send', text: 'two' });
      assert.equal(commands.length, 3);
    });

    it('keeps what was typed meanwhile', async () => {
      const { box, told, starts, drafts, act } = await refused();
      box.receive({ type: 'send', text: 'two' });
      act('one', 'edit');
      starts[0]?.end(true);
      await settle();
      assert.equal(drafts.of(runId), 'one\n\ntwo');
      assert.equal(told().text, 'one\n\ntwo');
    });

    it('starts a new run with what was refused, once, and keeps it until that exists', async () => {
      const { act, commands, starts, rows } = await refused();
      assert.deepEqual(rows()[0]?.acts, ['pending newRun', 'pending send', 'pending edit', 'pending remove']);
      act('one', 'newRun');
      act('one', 'newRun');
      act('one', 'remove');
      assert.deepEqual(commands, [['agentRuns.continueInNewRun', { runId, text: 'one' }]]);
      assert.deepEqual(rows()[0]?.acts, []);
      starts[0]?.fail(new Error('gone'));
      await settle();
      assert.equal(rows()[0]?.acts.length, 4);
      act('one', 'newRun');
      starts[1]?.end(true);
      await settle();
      assert.deepEqual(rows(), []);
    });

    it('offers no new run while one is at work, or without a conversation', async () => {
      for (const run of [{}, { ...continuable, state: 'INPROGRESS' as const }]) {
        const { rows, told } = await refused(run);
        assert.deepEqual(rows()[0]?.acts, ['pending send', 'pending edit', 'pending remove']);
        assert.equal(told().sends, 'followUp');
      }
    });
  });

  it('shows text from outside as text', () => {
    const box: FollowUpBoxState = {
      sends: 'followUp',
      label: '<i>',
      placeholder: '"><script>',
      button: '</button>',
      busy: true,
    };
    const html = followUpBoxHtml(box, '</textarea><script>', '" onfocus="x');
    assert.doesNotMatch(html, /<script|<i>|" onfocus|<\/button><\/button>/);
    assert.match(html, / readonly/);
    const { box: page, service, rows } = setUp();
    service.fates = [offline];
    page.receive({ type: 'send', text: 'a\u202Eb' });
    assert.doesNotMatch(rows()[0]?.text ?? '', /\u202E/);
  });
});
