import assert from 'node:assert/strict';
import fc from 'fast-check';
import { actNames, owners, sides, textFields } from '../../../src/schedule/protocol';
import { readFromPage } from '../../../src/schedule/readFromPage';
import { settle } from '../fakeClock';
import { schedule } from '../model/fakeSchedules';
import { Panel, Window } from './fakeSchedulePage';

/** Messages in all. */
const count = 20_000;

const values = fc.oneof(
  fc.constantFrom<unknown>(...actNames, ...owners, ...textFields, ...sides, 'Europe/Berlin', 'No/Zone'),
  fc.constantFrom<unknown>('command:workbench.action.quit', 'javascript:1', '../../x', '__proto__', 'constructor'),
  fc.constantFrom<unknown>(null, undefined, true, false, -1, 0, 1, 0.5, NaN, Infinity, 2 ** 53, '', [], {}),
  fc.string({ maxLength: 80 }),
  fc.array(fc.constantFrom<unknown>('mine', 'theirs', 'x', 1), { maxLength: 3 }),
  fc.anything({ maxDepth: 2 }),
);
/** Mostly what belongs there. */
const mostly = (right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 5, arbitrary: right }, { weight: 1, arbitrary: values });
const types = ['ready', 'text', 'enabled', 'owner', 'act', 'option', 'sides', 'open', 'showPaused', 'eval'];
const messages = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      type: mostly(fc.constantFrom(...types)),
      field: mostly(fc.constantFrom(...textFields)),
      text: mostly(fc.string({ maxLength: 30 })),
      turn: mostly(fc.nat(3)),
      item: mostly(fc.nat(3)),
      name: mostly(fc.constantFrom(...actNames)),
      value: mostly(fc.oneof(fc.boolean(), fc.constantFrom(...owners))),
      zone: mostly(fc.constantFrom('Europe/Berlin', 'UTC')),
      sides: mostly(fc.option(fc.array(fc.constantFrom(...sides), { maxLength: 2 }))),
      command: values,
      scheduleId: values,
    }),
  },
  { weight: 1, arbitrary: fc.anything() },
);

const commands = new Set(
  ['pauseSchedule', 'resumeSchedule', 'deleteSchedule', 'runScheduleNow', 'editSchedule', 'openSkill']
    .concat(['diagnoseConnection', 'newSchedule', 'setApiKey', 'schedules.focus', 'showWeek', 'openScheduleInBrowser'])
    .concat(['topUp', 'connectGitHub', 'openEnvironment'])
    .map((name) => `agentRuns.${name}`),
);

for (const target of [{ scheduleId: 'a' }, { draft: {}, from: 'new' }, undefined]) {
  describe(`a page of ${JSON.stringify(target ?? 'the week')} that sends whatever it likes`, () => {
    it(`throws nothing and reaches nothing else with ${count} messages`, async function () {
      this.timeout(60_000);
      const skill = 'o/r:s/SKILL.md';
      const window = new Window([schedule('a', { agent_config: { skill_spec: skill } }), schedule('b')]);
      const panel = await new Panel(window, target).open();
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
          for (const [command, argument] of panel.did as [string, object | undefined][]) {
            assert.ok(commands.has(command), command);
            const known = [undefined, { scheduleId: 'a' }, { spec: skill }, ...(target ? [] : [{ scheduleId: 'b' }])];
            const isNew = target && 'from' in target;
            assert.ok(
              known.some((one) => JSON.stringify(one) === JSON.stringify(argument)) ||
                (isNew && 'scheduleId' in (argument ?? {})),
              JSON.stringify(argument),
            );
          }
        }),
        { numRuns: count },
      );
      await settle();
      assert.deepEqual(panel.errors, []);
      // Were nearly none of them understood, nothing would have been tried.
      assert.ok(understood > count / 4, `${understood} were understood`);
    });
  });
}

describe('what the page of a schedule may ask', () => {
  it('carries over no member that is not its own', () => {
    assert.deepEqual(readFromPage({ type: 'act', name: 'save', command: 'x', scheduleId: 'b' }), {
      type: 'act',
      name: 'save',
    });
  });

  it('is no time zone that there is not, no text that is far too long, and no list without an end', () => {
    for (const wrong of [
      { type: 'ready', zone: 'No/Zone' },
      { type: 'text', field: 'name', text: 'x'.repeat(1_000_001), turn: 0 },
      { type: 'sides', sides: Array<string>(101).fill('mine') },
    ]) {
      assert.equal(readFromPage(wrong), undefined);
    }
  });
});
