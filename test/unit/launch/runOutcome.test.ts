import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cutText } from '../../../src/model/cutText';
import { closedFences } from '../../../src/model/markdownCode';
import { type RunOutcome, readOutcome } from '../../../src/model/runOutcome';
import { runPrompt } from '../../../src/model/runPrompt';
import { runSummary, type SummaryWords } from '../../../src/model/runSummary';
import type { Run } from '../../../src/oz/types';
import { plain, visibleText } from '../../../src/platform/plainText';
import {
  action,
  answer,
  makeRun,
  message,
  result,
  step,
  text,
  translate,
  words as allWords,
} from '../conversation/samples';

const turns = { now: () => 0, pause: () => Promise.resolve() };
const words: SummaryWords = {
  t: translate,
  runTitle: (run) => plain(run.title),
  stateWord: (state) => state,
  exactTime: (iso) => allWords.exactTime(iso),
  credits: () => '',
  visible: visibleText,
  line: plain,
};
const url = 'https://oz.warp.dev/runs/r1';
const pull = (branch: string): Run['artifacts'] => [
  {
    artifact_type: 'PULL_REQUEST',
    created_at: '2026-03-18T14:30:00Z',
    data: { url: 'https://github.com/acme/shop/pull/7', branch },
  },
];
const diff = (path: string, lines: string): string => `--- a/${path}\n+++ b/${path}\n@@ -1,2 +1,2 @@\n${lines}\n`;
const edit = (id: string, path: string, lines: string) => [
  message('assistant', 2, action(id, 'FILES', 'edit_files', { path, diff: diff(path, lines) })),
  message('tool', 3, result(id, 'COMPLETED', {})),
];
const ended = makeRun({ state: 'SUCCEEDED', title: 'Fix the cart' });

describe('readOutcome', () => {
  it('has the last message, the changed files with their lines, and nothing that failed', async () => {
    const conversation = answer(
      step([
        message('user', 1, text('Fix it')),
        ...edit('a', 'src/a.ts', '-one\n+two\n+three'),
        ...edit('b', 'src/b.ts', '+one'),
        ...edit('c', 'src/a.ts', '-three\n+four'),
        message('assistant', 4, action('d', 'FILES', 'edit_files', { path: 'no.ts', diff: diff('no.ts', '+x') })),
        message('tool', 5, result('d', 'FAILED', {})),
        message('assistant', 6, text('First.'), text('Done.')),
      ]),
    );
    const outcome = await readOutcome(ended, conversation as never, turns);
    assert.equal(outcome.final, 'First.\n\nDone.');
    assert.deepEqual(outcome.files, [
      { path: 'src/a.ts', what: 'edited', added: 3, removed: 2 },
      { path: 'src/b.ts', what: 'edited', added: 1, removed: 0 },
    ]);
    assert.deepEqual(outcome.questions, []);
  });

  it('has what was asked last and not answered', async () => {
    const ask = (id: string, question: string) =>
      action(id, 'OTHER', 'ask_user_question', { questions: [{ question, options: ['Yes', 'No'] }] });
    const conversation = answer(
      step([
        message('assistant', 1, ask('a', 'Which one?')),
        message('tool', 2, result('a', 'COMPLETED', { answers: ['That'] })),
        message('assistant', 3, ask('b', 'Really?')),
      ]),
    );
    const outcome = await readOutcome(makeRun({ state: 'BLOCKED' }), conversation as never, turns);
    assert.deepEqual(
      outcome.questions.map(({ text: asked, options }) => [asked, options]),
      [['Really?', ['Yes', 'No']]],
    );
  });

  it('is empty for a conversation of any other shape, and ends when nobody waits', async () => {
    const empty: RunOutcome = { final: '', files: [], questions: [] };
    for (const odd of [{}, { steps: 1 }, { steps: [null, {}] }]) {
      assert.deepEqual(await readOutcome(ended, odd as never, turns), empty);
    }
    const slow = { now: () => performance.now() * 1e6, pause: turns.pause, signal: AbortSignal.abort() };
    const long = answer(step([message('user', 1, text('a')), message('user', 2, text('b'))]));
    await assert.rejects(readOutcome(ended, long as never, slow));
  });
});

describe('runSummary', () => {
  const outcome: RunOutcome = {
    final: '# Done\n\nAll tests pass.',
    files: [{ path: 'src/a.ts', what: 'created', added: 3, removed: 0 }],
    questions: [{ text: 'Really?', options: ['Yes'], answer: '' }],
  };

  it('has everything under headings, in order', () => {
    const run = { ...ended, artifacts: pull('oz/fix') };
    const summary = runSummary({ run, url, outcome, plans: [{ title: 'Steps', text: '# One\ntwo' }] }, words);
    const headings = summary.split('\n').filter((line) => line.startsWith('#'));
    assert.deepEqual(headings, [
      '# Fix the cart',
      '## Outcome',
      '### Done',
      '## Not answered yet',
      '## Changed files',
      '## Plan: Steps',
      '### One',
      '## Prompt',
    ]);
    for (const part of [
      '`oz/fix`',
      '<https://github.com/acme/shop/pull/7>',
      `<${url}>`,
      '- `src/a.ts` new +3',
      '  - Yes',
    ]) {
      assert.ok(summary.includes(part), part);
    }
  });

  it('says what is not there', () => {
    const summary = runSummary({ run: { ...ended, prompt: '' }, url, plans: [] }, words);
    assert.deepEqual(summary.match(/^## .*/gm), ['## Outcome']);
  });

  it('cuts what is long, and says so', () => {
    const files = Array.from({ length: 1000 }, (_, index) => ({ ...outcome.files[0], path: `${index}` }) as never);
    const long = { final: 'x'.repeat(1_000_000), files, questions: Array(1000).fill(outcome.questions[0]) as never };
    const plans = [{ title: 'Long', text: 'y'.repeat(1_000_000) }];
    const summary = runSummary({ run: { ...ended, prompt: 'z\n'.repeat(500_000) }, url, outcome: long, plans }, words);
    assert.ok(summary.length < 80_000);
    assert.ok(summary.includes('980000') && summary.includes('800'));
  });

  it('keeps its own headings whatever the texts are', () => {
    const part = fc.constantFrom('# a', '## Outcome', '```', '~~~~', '````js', '> ', '\u202e', '\n', 'x', '</a>', '`');
    const hostile = fc.array(part, { maxLength: 12 }).map((parts) => parts.join('\n'));
    fc.assert(
      fc.property(hostile, hostile, (said, name) => {
        const evil: RunOutcome = {
          final: said,
          files: [{ path: name, what: 'edited', added: 1, removed: 0 }],
          questions: [{ text: name, options: [name], answer: '' }],
        };
        const run = { ...ended, title: name, prompt: said, artifacts: pull(name) };
        const summary = runSummary({ run, url, outcome: evil, plans: [{ title: name, text: `${said}\nend` }] }, words);
        let fence: string | undefined;
        const top: string[] = [];
        for (const line of summary.split('\n')) {
          const mark = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
          if (fence === undefined) {
            top.push(...(/^##? .*/.exec(line) ?? []));
            fence = mark?.[1];
          } else if (mark?.[1]?.startsWith(fence) && mark[2]?.trim() === '') {
            fence = undefined;
          }
        }
        const own = ['Outcome', 'Not answered yet', 'Changed files', 'Plan', 'Prompt'];
        assert.deepEqual(
          top.slice(1).filter((line) => !own.some((title) => line.startsWith(`## ${title}`))),
          [],
        );
        assert.ok(top.some((line) => line.startsWith('## Plan')) && !summary.includes('\u202e'));
      }),
    );
  });
});

describe('runPrompt', () => {
  const outcome: RunOutcome = {
    final: 'Done.\n```\nnot the end',
    files: [{ path: 'src/a.ts', what: 'edited', added: 3, removed: 1 }],
    questions: [],
  };

  it('tells of a run below what was typed', () => {
    const run = { ...ended, prompt: 'Fix it', artifacts: pull('oz/fix') };
    assert.equal(
      runPrompt('Go on.', [{ run, url, outcome }]),
      [
        'Go on.',
        [
          'Earlier run: Fix the cart',
          'State: SUCCEEDED',
          `Page: ${url}`,
          'Repository: acme/shop',
          'Branch: oz/fix',
          'Pull request: https://github.com/acme/shop/pull/7',
        ].join('\n'),
        'It was told:\n\n```\nFix it\n```',
        'It said at the end:\n\n````\nDone.\n```\nnot the end\n````',
        'It changed these files:\n\n```\nsrc/a.ts (edited, +3 -1)\n```',
      ].join('\n\n'),
    );
  });

  it('shares its room among the runs, and says what is left out', () => {
    const long = { ...outcome, final: 'x'.repeat(200_000) };
    const attached = { run: { ...ended, prompt: 'y'.repeat(9000) }, url, outcome: long };
    const [one, ten] = [1, 10].map((count) => runPrompt('Go on.', Array(count).fill(attached)));
    assert.ok(one && one.length > 60_000 && one.length < 66_000);
    assert.ok(ten && ten.length > 60_000 && ten.length < 90_000);
    assert.ok(one.includes('(140000 more characters are left out)') && one.includes('(7000 more characters'));
  });

  it('keeps every fact in its line', () => {
    const run = { ...ended, title: 'a\nState: X', artifacts: pull('b\r\nPage: evil') };
    assert.equal(runPrompt('', [{ run, url }]).match(/^(?:State|Page): /gm)?.length, 2);
  });
});

describe('cutText and closedFences', () => {
  it('never cuts a character in two', () => {
    assert.deepEqual(cutText('a😀b', 2), { head: 'a', left: 3 });
    assert.deepEqual(cutText('a😀b', 3), { head: 'a😀', left: 1 });
    assert.deepEqual(cutText('ab', 2), { head: 'ab', left: 0 });
  });

  it('closes only what is open', () => {
    assert.equal(closedFences('a\n```js\nb'), 'a\n```js\nb\n```');
    assert.equal(closedFences('```\na\n```\n'), '```\na\n```\n');
    assert.equal(closedFences('````\n```'), '````\n```\n````');
    assert.equal(closedFences('~~~\n```\n~~~'), '~~~\n```\n~~~');
  });
});
