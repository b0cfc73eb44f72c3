import assert from 'node:assert/strict';
import fc from 'fast-check';
import { run } from './fakeOz';
import { contentOf, Machine, numbers, type Window } from './machine';
import { MemoryFiles } from './memoryFiles';

const second = 1000;
const minute = 60 * second;

type Step =
  | { kind: 'show' | 'hide' | 'focus' | 'blur' | 'crash' | 'close'; window: number }
  | { kind: 'change'; runId: number; isActive: boolean }
  | { kind: 'pass'; ms: number };

const window = fc.nat(3);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('pass' as const), ms: fc.nat(12 * second) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('show' as const, 'hide', 'focus', 'blur'), window }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('crash' as const, 'close'), window }) },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('change' as const), runId: fc.nat(8), isActive: fc.boolean() }),
  },
);

/** Windows that come, go, die and are looked at in any order, over a disk and a service that take their time. */
class Anyhow {
  readonly machine = new Machine();
  readonly windows: Window[];
  /** Requests that came to nothing, after which another window may ask at once. */
  lost = 0;
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = numbers(seed);
    this.machine.random = this.#random;
    this.machine.files = new MemoryFiles(this.machine.clock, () => Math.floor(this.#random() ** 4 * 1500));
    this.machine.latency = () => 20 + Math.floor(this.#random() ** 4 * 9000);
    this.windows = Array.from({ length: 4 }, () => this.#open());
  }

  async do(step: Step): Promise<void> {
    const { clock, oz } = this.machine;
    if (step.kind === 'pass') {
      await clock.advance(step.ms);
      return;
    }
    if (step.kind === 'change') {
      const state = step.isActive ? 'INPROGRESS' : 'SUCCEEDED';
      oz.set(run(`r${step.runId}`, clock.now(), { state }));
      await clock.advance(1);
      return;
    }
    const at = this.windows[step.window];
    switch (step.kind) {
      case 'show':
      case 'hide':
        at?.poller.setVisible(step.kind === 'show');
        return;
      case 'focus':
      case 'blur':
        at?.poller.setFocused(step.kind === 'focus');
        return;
      case 'crash':
      case 'close':
        at?.[step.kind]();
        this.lost += 1;
        this.windows[step.window] = this.#open();
    }
  }

  #open(): Window {
    const opened = this.machine.open();
    opened.poller.setFocused(this.#random() < 0.5);
    opened.poller.setVisible(this.#random() < 0.7);
    return opened;
  }
}

describe('SharedRounds, whatever windows do', () => {
  it('makes one round at a time, not more than one window would, and every window knows all', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.array(step, { maxLength: 60 }), async (seed, steps) => {
        const anyhow = new Anyhow(seed);
        const { machine } = anyhow;
        for (const one of steps) {
          await anyhow.do(one);
        }
        await anyhow.do({ kind: 'change', runId: 0, isActive: false });
        for (const { poller } of anyhow.windows) {
          poller.setVisible(true);
        }
        await machine.clock.advance(2 * minute);

        assert.ok(machine.mostUnderWay <= 1, `${machine.mostUnderWay} rounds at once`);
        const early = machine.sent.filter((at, index) => at - (machine.sent[index - 1] ?? -Infinity) < 5 * second);
        assert.ok(early.length <= anyhow.lost, `${early.length} requests came early, ${anyhow.lost} were lost`);
        const all = [...machine.oz.runs.values()].map((item) => JSON.stringify(item)).sort();
        for (const { store } of anyhow.windows) {
          assert.deepEqual(contentOf(store), all);
          assert.equal(store.status.kind, 'ready');
        }
      }),
      { numRuns: 60 },
    );
  });
});
