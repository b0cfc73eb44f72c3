import assert from 'node:assert/strict';
import fc from 'fast-check';
import { artifactActs, commandNames, jumpTargets, pendingActs, textParts } from '../../../src/conversation/protocol';
import { readFromPage } from '../../../src/conversation/readFromPage';
import { Panel } from './fakePanel';
import { action, answer, makeRun, message, result, runId, step, text } from './samples';

/** Messages in all. */
const count = 100_000;

const types = [
  ...['ready', 'chunk', 'body', 'fold', 'foldAll', 'jump', 'goTo', 'goToNew', 'find', 'reading', 'link', 'artifact'],
  ...['picture', 'run', 'draft', 'send', 'pending', 'diff', 'diffs', 'file', 'copy', 'open', 'command', 'eval', ''],
];
/** What a page that somebody took over could send: what is right, what is nearly right, and what is not at all. */
const values = fc.oneof(
  fc.constantFrom<unknown>(...commandNames, ...artifactActs, ...pendingActs, ...textParts, ...jumpTargets),
  fc.constantFrom<unknown>('../../etc/passwd', 'file:///etc/passwd', 'command:workbench.action.quit', 'javascript:1'),
  fc.constantFrom<unknown>(null, undefined, true, false, -1, 0, 1, 2, 0.5, NaN, Infinity, 2 ** 53, '', '0', [], {}),
  fc.string({ maxLength: 12, unit: fc.constantFrom('0', '1', '7', 'a', 'f', 'z', '.') }),
  fc.string({ maxLength: 200 }),
  fc.array(fc.string({ maxLength: 8 }), { maxLength: 5 }),
  fc.record({ id: fc.string({ maxLength: 8 }), offset: fc.oneof(fc.double(), fc.string()) }),
  fc.anything({ maxDepth: 2 }),
);
/** Mostly what belongs there. */
const mostly = (right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 5, arbitrary: right }, { weight: 1, arbitrary: values });
const number = mostly(fc.nat(3));
const yes = mostly(fc.boolean());
/** Also ids that are on the page. */
const shownIds: string[] = [];
const id = mostly(
  fc.oneof(
    fc.nat(50).map((at) => shownIds[at % Math.max(1, shownIds.length)] ?? 'prompt'),
    fc.string({ minLength: 1, maxLength: 9, unit: fc.constantFrom('0', '7', 'a', 'z') }),
  ),
);
const ids = mostly(fc.array(fc.constantFrom('0', 'abc', 'z9.1'), { maxLength: 3 }));
const shape = {
  type: mostly(fc.constantFrom(...types)),
  index: number,
  have: mostly(fc.option(fc.nat(3))),
  id,
  raw: yes,
  folded: fc.oneof(ids, yes),
  anchor: mostly(fc.option(fc.record({ id, offset: mostly(fc.integer()) }))),
  from: mostly(fc.option(id)),
  back: yes,
  to: mostly(fc.constantFrom(...jumpTargets)),
  seen: mostly(fc.option(id)),
  text: mostly(fc.option(fc.string())),
  step: mostly(fc.constantFrom(-1, 0, 1)),
  following: yes,
  unfolded: ids,
  item: number,
  act: mostly(fc.constantFrom(...artifactActs, ...pendingActs)),
  name: mostly(fc.constantFrom(...commandNames)),
  part: mostly(fc.constantFrom(...textParts)),
  url: values,
  command: values,
};
const messages = fc.oneof(
  { weight: 8, arbitrary: fc.record(shape) },
  { weight: 2, arbitrary: fc.record(shape, { requiredKeys: ['type'] }) },
  { weight: 1, arbitrary: fc.anything() },
);

describe('a page that sends whatever it likes', () => {
  it(`throws nothing and reaches nothing with ${count} messages`, async function () {
    this.timeout(120_000);
    const panel = new Panel(
      answer(
        step([
          message('user', 1, text('See [docs](https://docs.example/a)')),
          message(
            'assistant',
            2,
            action('a', 'files', 'edit_files', { file_paths: ['src/x.ts'] }),
            text('```\ncode\n```'),
          ),
          message('tool', 3, result('a', 'completed', { diff: '--- src/x.ts\n+++ src/x.ts\n@@ -1 +1 @@\n-a\n+b\n' })),
        ]),
      ),
      makeRun({ state: 'SUCCEEDED' }),
    );
    await panel.ready();
    shownIds.push(...panel.live.entries.flatMap((entry) => [entry.id, `${entry.id}.0`, `${entry.id}.1`]));
    let understood = 0;
    fc.assert(
      fc.property(messages, (given) => {
        panel.posted = [];
        panel.did = [];
        panel.page.receive(given);
        if (readFromPage(given) === undefined) {
          assert.deepEqual([panel.posted, panel.did], [[], []]);
          return;
        }
        understood++;
        for (const [what, ...rest] of panel.did) {
          switch (what) {
            case 'execute': {
              const [command, argument] = rest as [string, { runId?: unknown }];
              assert.match(command, /^agentRuns\.\w+$/);
              // Of this run, or of none: a run that the page names is one that the host gave it a number for.
              assert.ok([runId, undefined].includes(argument.runId as string | undefined), JSON.stringify(argument));
              break;
            }
            case 'openLink':
              assert.match(String(rest[0]), /^https:\/\/(?:docs\.example\/a|oz\.example\/runs\/1)$/);
              break;
            case 'openDiff':
            case 'openChanges':
            case 'openFile':
              assert.match(JSON.stringify(rest), /src\/x\.ts/);
              break;
            default:
              assert.ok(what === 'copy' || what === 'openText', String(what));
          }
        }
      }),
      { numRuns: count },
    );
    // Were nearly none of them understood, nothing would have been tried.
    assert.ok(understood > count / 4, `${understood} were understood`);
  });
});
