import assert from 'node:assert/strict';
import type { FromPage } from '../../../src/conversation/protocol';
import { childrenOf, type ViewAttributes, type ViewElement, type ViewNode } from '../../../src/conversation/viewNodes';
import { type Kind, Panel } from './fakePanel';
import { action, answer, makeRun, message, result, runId, step, talk, text } from './samples';

function attributes(node: ViewNode): ViewAttributes[] {
  if (typeof node === 'string') {
    return [];
  }
  const own = typeof node[1] === 'string' ? {} : node[1];
  return [own, ...childrenOf(node).flatMap(attributes)];
}

const idsOf = (entries: readonly ViewElement[]): string[] =>
  entries.map((entry) => (typeof entry[1] === 'object' ? (entry[1].id ?? '') : ''));
const hashesOf = (entries: readonly ViewElement[]): string[] =>
  entries.map((entry) => (typeof entry[1] === 'object' ? (entry[1].hash ?? '') : ''));

describe("the host's half of a page", () => {
  describe('its HTML', () => {
    it('allows nothing but its own script, style and font, and pictures that it makes', async () => {
      const panel = new Panel(talk(1));
      await panel.open();
      const policy = /Content-Security-Policy" content="([^"]*)"/.exec(panel.html)?.[1]?.replaceAll('&#39;', "'");
      assert.deepEqual(policy?.split('; '), [
        "default-src 'none'",
        "script-src 'nonce-N0NCE'",
        "style-src 'nonce-N0NCE'",
        'font-src data:',
        'img-src blob:',
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
      ]);
      assert.deepEqual(
        [...panel.html.matchAll(/<(script|style)[^>]*>/g)].filter(([tag]) => !tag.includes('nonce="N0NCE"')),
        [],
      );
      // The script of these tests says both in a string.
      assert.deepEqual([panel.html.match(/<\/script/g)?.length, panel.html.includes('<!--')], [2, false]);
    });

    it('has the first messages of a finished run and the last of one that works', async () => {
      const finished = new Panel(talk(500));
      await finished.open();
      assert.ok(finished.html.includes('>0 word') && !finished.html.includes('>250 word'));
      const working = new Panel(talk(500), makeRun({ state: 'INPROGRESS' }));
      await working.open();
      assert.ok(working.html.includes('>499 word') && working.html.includes('>494 word'));
      assert.ok(!working.html.includes('>0 word'));
      assert.ok(finished.html.length < 60_000);
    });

    it('has text of any kind as text', async () => {
      const attack = '</script><script>alert(1)</script><img src=x onerror=alert(1)>';
      const panel = new Panel(
        answer(
          step([message(attack, 1, text(attack), { type: attack }, action('a', attack, attack, { command: attack }))]),
        ),
        makeRun({ title: attack, run_id: attack }),
      );
      await panel.open();
      assert.doesNotMatch(panel.html, /<img|<script>|alert\(1\)<\/script>/);
      assert.equal(panel.html.match(/<\/script>/g)?.length, 2);
    });
  });

  describe('chunks', () => {
    it('are sent when they are asked for, and only then', async () => {
      const panel = new Panel(talk(500));
      await panel.ready();
      assert.equal(panel.take('chunk').length, 0);
      const [first, ...more] = panel.chunk(2);
      assert.equal(more.length, 0);
      assert.ok(first && first.entries.length >= 20 && first.entries.length <= 50);
      assert.deepEqual(panel.chunk(9999), []);
    });

    it('are at most 64 KB a message', async () => {
      const links = '[a](http://b.example) *c* ';
      const long = Array.from({ length: 30 }, (_, index) =>
        message('assistant', index, text(links.repeat(60 * (index % 7)))),
      );
      const panel = new Panel(answer(step(long)));
      await panel.ready();
      let entries = 0;
      for (let index = 0, sent = panel.chunk(0); sent.length > 0; sent = panel.chunk(++index)) {
        assert.ok(sent.every((one) => JSON.stringify(one).length <= 65_536));
        assert.deepEqual(
          sent.map(({ more }) => more),
          sent.map((_, place) => place < sent.length - 1),
        );
        entries += sent.reduce((sum, one) => sum + one.entries.length, 0);
      }
      assert.equal(entries, 25);
    });

    it('that did not change are not sent again, and entries that did not change keep their hash', async () => {
      const messages = Array.from({ length: 100 }, (_, index) => message('assistant', index, text(`t${index}`)));
      const call = message('assistant', 100, action('a', 'command', 'run_command', { command: 'ls' }));
      const panel = new Panel(answer(step([...messages, call])), makeRun({ state: 'INPROGRESS' }));
      await panel.ready();
      const [part] = panel.parts(2, null);
      const before = panel.chunk(2).flatMap(({ entries }) => entries);
      panel.conversation = answer(
        step([...messages, call, message('tool', 101, result('a', 'completed', { exit_code: 0 }))]),
      );
      const sizes = (): unknown => panel.take('layout')[0]?.chunks;
      await panel.live.read();
      const chunks = sizes() as [number, number][];
      assert.equal(chunks.length, 3);
      const after = panel.chunk(2).flatMap(({ entries }) => entries);
      assert.deepEqual(idsOf(after), idsOf(before));
      assert.deepEqual(hashesOf(after).slice(0, -1), hashesOf(before).slice(0, -1));
      assert.notEqual(hashesOf(after).at(-1), hashesOf(before).at(-1));
      const ids = panel.live.entries.slice(-after.length).map(({ id }) => id);
      const known = panel.parts(2, part?.version ?? -1).flatMap(({ entries }) => entries);
      assert.deepEqual(known, [...ids.slice(0, -1), after.at(-1)]);
      await panel.live.read();
      assert.equal(panel.posted.length, 0);
    });
  });

  it('tells nothing to a page that is not there', async () => {
    const panel = new Panel(talk(3), makeRun({ state: 'INPROGRESS' }));
    await panel.open();
    panel.conversation = talk(9);
    await panel.live.read();
    assert.equal(panel.posted.length, 0);
    panel.send({ type: 'ready', folded: [], anchor: null });
    assert.equal(panel.take('layout')[0]?.entries, 9);
  });

  it('tells a page that came back what happened while it was hidden', async () => {
    const panel = new Panel(talk(3), makeRun({ state: 'INPROGRESS' }));
    await panel.ready();
    panel.setVisible(false);
    panel.conversation = talk(9);
    await panel.live.read();
    assert.equal(panel.take('layout').length, 0);
    panel.setVisible(true);
    panel.send({ type: 'ready', folded: [], anchor: null });
    assert.equal(panel.take('layout')[0]?.entries, 9);
  });

  it('sends parts around the conversation only when they changed', async () => {
    const changedIn = async (messages: number): Promise<Set<string>> => {
      const panel = new Panel(talk(messages), makeRun({ state: 'INPROGRESS' }));
      await panel.ready();
      assert.deepEqual(panel.take('part'), []);
      panel.run = makeRun({ state: 'SUCCEEDED', updated_at: '2026-11-22T12:00:00Z' });
      panel.runsChanged.fire(undefined);
      await panel.live.read();
      return new Set(panel.take('part').map(({ name }) => name));
    };
    const names = await changedIn(9);
    assert.ok(names.has('header') && names.has('outcome') && names.has('tail') && !names.has('artifacts'));
    // What a short conversation came to is in sight at its end.
    assert.ok(!(await changedIn(8)).has('outcome'));
  });

  describe('that came up before its conversation', () => {
    async function early(run = makeRun(), id?: string): Promise<Panel> {
      const panel = new Panel(talk(500), run);
      panel.setVisible(true);
      panel.load();
      panel.send({ type: 'ready', folded: [], anchor: null });
      if (id !== undefined) {
        const anchor = { id, offset: 0 };
        panel.send({ type: 'reading', anchor, following: false, seen: null, unfolded: [] });
        panel.send({ type: 'ready', folded: [], anchor });
      }
      panel.posted = [];
      await panel.live.read();
      return panel;
    }

    it('is sent its first screen once, after how it is cut', async () => {
      const panel = await early();
      const types = panel.posted.map(({ type }) => type);
      assert.ok(types.lastIndexOf('layout') < types.indexOf('chunk'));
      const chunks = panel.take('chunk');
      assert.deepEqual([chunks[0]?.index, chunks[0]?.more], [0, false]);
      assert.ok(chunks.length < 4);
      assert.deepEqual(chunks[0]?.entries, panel.chunk(0)[0]?.entries);
      panel.conversation = talk(600);
      await panel.live.read();
      assert.deepEqual(panel.take('chunk'), []);
    });

    it('begins at the end of a run that works, and where a person was reading', async () => {
      const working = await early(makeRun({ state: 'INPROGRESS' }));
      const last = (working.posted.find(({ type }) => type === 'layout') as Kind<'layout'>).chunks.length - 1;
      assert.equal(working.take('chunk')[0]?.index, last);
      const [id = ''] = idsOf(working.chunk(7).flatMap(({ entries }) => entries));
      const panel = await early(makeRun(), id);
      const types = panel.posted.map(({ type }) => type);
      assert.ok(types.indexOf('chunk') < types.indexOf('reveal'));
      assert.equal(panel.take('chunk')[0]?.index, 7);
    });
  });

  it('goes on where a person was reading', async () => {
    const panel = new Panel(talk(500));
    await panel.ready();
    const [id = ''] = idsOf(panel.chunk(7).flatMap(({ entries }) => entries));
    panel.send({ type: 'ready', folded: [], anchor: { id, offset: 33 } });
    assert.deepEqual(panel.take('reveal'), [{ type: 'reveal', chunk: 7, id, offset: 33 }]);
    panel.send({ type: 'ready', folded: [], anchor: { id: 'gone', offset: 33 } });
    assert.deepEqual(panel.take('reveal'), []);
  });

  it('jumps to the next landmark, also to one that is not on the page', async () => {
    const many = Array.from({ length: 200 }, (_, index) => message('assistant', index, text(`t${index}`)));
    const panel = new Panel(answer(step([...many, message('user', 300, text('and now?'))])));
    await panel.ready();
    panel.send({ type: 'jump', from: null, back: false, to: 'landmark' });
    const [reveal] = panel.take('reveal');
    assert.equal(reveal?.chunk, 5);
    panel.send({ type: 'jump', from: reveal.id, back: false, to: 'landmark' });
    assert.deepEqual(panel.take('reveal'), []);
  });

  it('says so where there is nothing to jump to', async () => {
    const panel = new Panel(talk(3));
    await panel.ready();
    panel.send({ type: 'jump', from: null, back: false, to: 'error' });
    assert.deepEqual(
      panel.posted.map(({ type }) => type),
      ['say'],
    );
  });

  it('unfolds the steps around what is jumped to or found, before it goes there', async () => {
    const inner = step([message('user', 2, text('hidden words'))], [], { id: 'n', description: 'Nested' });
    const panel = new Panel(answer(step([message('assistant', 1, text('q'))], [inner])));
    await panel.ready();
    const ids = idsOf(panel.chunk(0).flatMap(({ entries }) => entries));
    const folded = [ids[1] ?? ''];
    const asked: FromPage[] = [
      { type: 'jump', from: null, back: false, to: 'user' },
      { type: 'find', text: 'hidden', step: 0, from: null, above: 0 },
    ];
    for (const ask of asked) {
      panel.send({ type: 'fold', folded });
      panel.posted = [];
      panel.send(ask);
      await panel.clock.advance(0);
      const types = panel.posted.map(({ type }) => type).filter((type) => type !== 'timeline');
      const last = ask.type === 'jump' ? 'reveal' : 'found';
      assert.deepEqual(types.slice(-3), ['folds', 'layout', last]);
    }
    panel.send({ type: 'find', text: null, step: 0, from: null, above: 0 });
    panel.posted = [];
    panel.conversation = talk(2);
    await panel.live.read();
    assert.ok(panel.posted.every(({ type }) => type !== 'found'));
  });

  it('folds steps', async () => {
    const inner = step([message('assistant', 2, text('hidden words'))], [], { id: 'n', description: 'Nested' });
    const panel = new Panel(answer(step([message('user', 1, text('q'))], [inner])));
    await panel.ready();
    const ids = idsOf(panel.chunk(0).flatMap(({ entries }) => entries));
    assert.equal(ids.length, 3);
    panel.send({ type: 'fold', folded: [ids[1] ?? ''] });
    assert.equal(panel.take('layout').length, 1);
    const [inFold] = panel.parts(0, null);
    assert.equal(inFold?.entries.length, 2);
    panel.send({ type: 'fold', folded: [] });
    // What was hidden is not in a page that has the version before.
    const [unfolded] = panel.parts(0, inFold.version);
    assert.deepEqual(
      unfolded?.entries.map((entry) => typeof entry === 'string'),
      [true, false, false],
    );
  });

  describe('what a person does', () => {
    const diff = '--- a/src/x.ts\n+++ b/src/x.ts\n@@ -1 +1 @@\n-old\n+new\n';
    const given = answer(
      step([
        message('user', 1, text('See [docs](https://docs.example/a?b=%2F) or [bad](javascript:alert(1))')),
        message('assistant', 2, action('a', 'files', 'edit_files', {}), text('```\ncode\n```')),
        message('tool', 3, result('a', 'completed', { diff })),
      ]),
    );

    async function clicked(does: string, members: (own: ViewAttributes) => FromPage): Promise<Panel> {
      const panel = new Panel(given);
      await panel.ready();
      const found = panel
        .chunk(0)
        .flatMap(({ entries }) => entries.flatMap(attributes))
        .find((own) => own.does === does);
      assert.ok(found, does);
      panel.send(members(found));
      return panel;
    }

    it('follows links by their number, as they were written', async () => {
      const panel = await clicked('link', ({ item = -1 }) => ({ type: 'link', item }));
      assert.deepEqual(panel.did, [['openLink', 'https://docs.example/a?b=%2F']]);
      panel.send({ type: 'link', item: 99 });
      assert.equal(panel.did.length, 1);
    });

    it('unfolds actions and opens their changes', async () => {
      const panel = await clicked('body', ({ of: id = '' }) => ({ type: 'body', id, raw: false }));
      const [body] = panel.take('body');
      assert.ok(body);
      panel.send({ type: 'diff', id: body.id, item: 0 });
      panel.send({ type: 'diff', id: body.id, item: 7 });
      assert.deepEqual(panel.did, [['openDiff', 'src/x.ts', 'old', 'new', { lines: [1, 1] }]]);
    });

    it('folds and unfolds all steps', async () => {
      const steps = ['a', 'b'].map((id) => step([message('assistant', 1, text(id))], [], { id, description: id }));
      const panel = new Panel(answer(...steps));
      await panel.ready();
      const ids = panel.live.entries.flatMap(({ kind, id }) => (kind === 'step' ? [id] : []));
      panel.take('folds');
      panel.send({ type: 'foldAll', folded: true });
      assert.deepEqual(
        panel.take('folds').map(({ folded }) => folded),
        [ids],
      );
      assert.deepEqual(
        panel.chunk(0).flatMap(({ entries }) => idsOf(entries)),
        ids,
      );
      panel.send({ type: 'foldAll', folded: false });
      assert.deepEqual(
        panel.take('folds').map(({ folded }) => folded),
        [[]],
      );
    });

    it('opens a message as the service sent it', async () => {
      const sent = message('user', 1, text('Go'));
      const panel = new Panel(answer(step([sent])));
      await panel.ready();
      panel.send({ type: 'open', id: panel.live.entries[0]?.id ?? '', part: 'raw', item: 0 });
      assert.deepEqual(panel.did, [['openText', 'raw', { text: JSON.stringify(sent, null, 2), language: 'json' }]]);
    });

    it('copies code and messages', async () => {
      const panel = await clicked('copy', ({ of: id = '' }) => ({ type: 'copy', id, part: 'message', item: 0 }));
      assert.match(String(panel.did[0]?.[1]), /^See \[docs\]/);
      panel.send({ type: 'copy', id: 'unknown', part: 'message', item: 0 });
      panel.send({ type: 'copy', id: 'unknown.0', part: 'output', item: 0 });
      assert.equal(panel.did.length, 1);
    });

    it('does for a conversation without a run what needs none, and nothing else', async () => {
      const panel = new Panel(talk(3), makeRun(), { conversationId: 'c1' });
      await panel.ready();
      assert.match(panel.html, /"source":\{"conversationId":"c1"\}/);
      for (const name of [
        'cancelRun',
        'followUp',
        'openTranscript',
        'exportJson',
        'copyLink',
        'openBrowser',
      ] as const) {
        panel.send({ type: 'command', name });
      }
      assert.deepEqual(panel.did, [
        ['execute', 'agentRuns.exportConversation', { conversationId: 'c1', format: 'json' }],
        ['copy', 'https://oz.example/runs/1'],
        ['openLink', 'https://oz.example/runs/1'],
      ]);
    });

    it('copies the prompt while it stands alone', async () => {
      const panel = new Panel({}, makeRun({ state: 'QUEUED', prompt: 'Fix\n```\nlet a;\n```' }));
      await panel.ready();
      panel.send({ type: 'copy', id: 'prompt', part: 'message', item: 0 });
      panel.send({ type: 'copy', id: 'prompt.0', part: 'code', item: 0 });
      assert.deepEqual(panel.did, [
        ['copy', 'Fix\n```\nlet a;\n```'],
        ['copy', 'let a;\n'],
      ]);
    });

    it('runs commands of the extension for this run only', async () => {
      const panel = new Panel(given);
      await panel.ready();
      panel.send({ type: 'command', name: 'cancelRun' });
      panel.send({ type: 'artifact', item: 2, act: 'open' });
      panel.send({ type: 'command', name: 'openAsText' });
      assert.deepEqual(panel.did, [
        ['execute', 'agentRuns.cancelRun', { runId }],
        ['execute', 'agentRuns.openArtifact', { runId, artifact: 2 }],
        ['execute', 'agentRuns.openConversationAsText', { runId }],
      ]);
    });

    it('opens what the page names, and is answered with the details', async () => {
      const panel = new Panel(talk(1));
      await panel.ready();
      panel.posted = [];
      panel.send({ type: 'command', name: 'find' });
      panel.send({ type: 'body', id: 'details', raw: false });
      assert.deepEqual(
        panel.posted.map((one) => (one.type === 'body' ? one.id : one.type)).filter((one) => one !== 'timeline'),
        ['focus', 'details'],
      );
      panel.send({ type: 'command', name: 'exportJson' });
      panel.send({ type: 'run', item: 5 });
      assert.deepEqual(panel.did, [['execute', 'agentRuns.exportConversation', { runId, format: 'json' }]]);
    });

    it('is not done when it is none of the messages', async () => {
      const panel = new Panel(given);
      await panel.ready();
      for (const wrong of [
        null,
        'x',
        { type: 'command', name: 'workbench.action.quit' },
        { type: 'openLink', url: 'x' },
      ]) {
        panel.page.receive(wrong);
      }
      assert.deepEqual([panel.did, panel.posted], [[], []]);
    });
  });

  describe('a page that does not come up', () => {
    it('is loaded again, three times in all, and then given up', async () => {
      const panel = new Panel(talk(3));
      await panel.open();
      await panel.clock.advance(7999);
      assert.equal(panel.loads, 1);
      await panel.clock.advance(8001);
      assert.equal(panel.loads, 3);
      await panel.clock.advance(60_000);
      assert.equal(panel.loads, 3);
      assert.deepEqual(panel.did, [['gaveUp']]);
    });

    it('is not loaded again when it did', async () => {
      const panel = new Panel(talk(3));
      await panel.ready();
      await panel.clock.advance(60_000);
      assert.equal(panel.loads, 1);
    });

    it('is not waited for while it is hidden', async () => {
      const panel = new Panel(talk(3));
      await panel.open();
      panel.setVisible(false);
      const { loads } = panel;
      await panel.clock.advance(60_000);
      assert.equal(panel.loads, loads);
      panel.setVisible(true);
      await panel.clock.advance(8000);
      assert.equal(panel.loads, loads + 1);
    });
  });
});
