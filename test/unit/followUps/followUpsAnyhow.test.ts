import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { FollowUps } from '../../../src/model/followUps';
import { FakeClock, settle } from '../fakeClock';
import { FakeMemento } from '../model/fakeMemento';
import { delivered, failed, FakeService, type Fate, lost, offline } from './fakeService';

/** What becomes of requests, as networks and services have it. */
const fates: fc.Arbitrary<Fate> = fc
  .tuple(
    fc.constantFrom<Fate>(
      delivered,
      lost,
      { ...lost, delivers: false },
      offline,
      failed('timeout'),
      failed('rateLimited', { retryAfter: 20_000 }),
      failed('server', { status: 503, code: 'resource_unavailable' }),
      failed('server', { status: 500, code: 'internal_error' }),
      { ...failed('server', { status: 500, code: 'internal_error' }), delivers: true },
      failed('noKey'),
      failed('keyRefused'),
      failed('notFound'),
    ),
    fc.constantFrom(0, 0, 700, 9000),
    fc.constantFrom(0, 0, 3000, 60_000),
  )
  .map(([fate, takes, shownAfter]) => ({ ...fate, takes, shownAfter }));

type Step =
  | { do: 'add'; run: number; text: number }
  | { do: 'pass'; ms: number }
  | { do: 'reload'; lasts: number }
  | { do: 'look' | 'secondWindow' | 'resume' | 'key' | 'somebody' }
  | { do: 'send' | 'edit' | 'remove'; which: number };

const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('add' as const), run: fc.nat(1), text: fc.nat(1) }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(0, 300, 1500, 12_000, 90_000) }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('reload' as const), lasts: fc.constantFrom(0, 500, 60_000) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('look', 'secondWindow', 'resume', 'key', 'somebody') }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('send', 'edit', 'remove'), which: fc.nat(3) }) },
);

/** A person at one window, or at two of the same workspace, and what they can say of each text that they typed. */
class World {
  readonly clock = new FakeClock(undefined, 2);
  readonly memento = new FakeMemento();
  readonly service = new FakeService(this.clock);
  readonly claims = new Set<string>();
  readonly windows: FollowUps[] = [];
  /** Of each text: how often it was typed, taken back, and sent again on a person's word. */
  readonly typed = new Map<string, { runId: string; times: number; removed: number; again: number }>();

  /** @param shares whether the windows can tell each other what they claim; otherwise there is only one */
  constructor(private readonly shares: boolean) {
    this.open();
  }

  open(): void {
    this.windows.push(
      new FollowUps({
        memento: this.memento,
        client: this.service,
        clock: this.clock,
        random: () => 0,
        claim: async (name) => {
          await settle(1);
          const isFirst = !this.claims.has(name);
          this.claims.add(name);
          return isFirst || !this.shares;
        },
      }),
    );
  }

  get window(): FollowUps {
    const [first] = this.windows;
    assert.ok(first);
    return first;
  }

  async step(step: Step): Promise<void> {
    switch (step.do) {
      case 'add':
        this.#add(`run ${step.run}`, `run ${step.run} text ${step.text}`);
        break;
      case 'pass':
        await this.clock.advance(step.ms);
        break;
      case 'reload':
        this.windows.splice(0).forEach((one) => {
          one.dispose();
        });
        await this.clock.advance(step.lasts);
        this.open();
        break;
      case 'secondWindow':
        if (this.shares) {
          this.open();
        }
        break;
      case 'somebody':
        this.service.say('run 0', 'Thank you');
        break;
      case 'look':
        this.windows.at(-1)?.resume();
        break;
      case 'resume':
        this.window.resume();
        break;
      case 'key':
        this.window.keyChanged();
        break;
      default:
        this.#click(step.do, step.which);
    }
    await settle(2);
  }

  #add(runId: string, text: string): void {
    const known = this.typed.get(text) ?? { runId, times: 0, removed: 0, again: 0 };
    // Two of the same text are told apart by their messages: a person waits until there is none on its way.
    const isPending = this.window.of(runId).some((one) => one.text === text);
    if (!isPending) {
      this.typed.set(text, { ...known, times: known.times + 1 });
      this.window.add(runId, text);
    }
  }

  #click(what: 'send' | 'edit' | 'remove', which: number): void {
    const all = ['run 0', 'run 1'].flatMap((runId) => this.window.of(runId)).filter(({ state }) => state !== 'sent');
    const one = all[which % Math.max(1, all.length)];
    const typed = one && this.typed.get(one.text);
    if (!one || !typed) {
      return;
    }
    if (what === 'send') {
      typed.again += one.state === 'unsure' ? 1 : 0;
      this.window.send(one.id);
    } else if (what === 'edit' ? this.window.takeOut(one.id) !== undefined : this.window.remove(one.id)) {
      typed.removed++;
    }
  }

  /** Nothing was sent twice, and nothing was lost. */
  check(): void {
    for (const [text, { runId, times, removed, again }] of this.typed) {
      const told = this.service.told.filter((one) => one.text === text).length;
      const listed = this.window.of(runId).filter((one) => one.text === text && one.state !== 'sent').length;
      assert.ok(told <= times + again, `${text}: told ${told} times, typed ${times}, again ${again}`);
      assert.ok(told + listed + removed >= times, `${text}: typed ${times}, told ${told}, listed ${listed}`);
    }
  }
}

describe('follow-ups, whatever happens', () => {
  it('are sent once and never lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(steps, { minLength: 5, maxLength: 40 }),
        fc.array(fates, { maxLength: 30 }),
        fc.boolean(),
        async (all, fate, shares) => {
          const world = new World(shares);
          world.service.fates = [...fate];
          for (const step of all) {
            await world.step(step);
            world.check();
          }
          world.windows.forEach((one) => {
            one.dispose();
          });
        },
      ),
      { numRuns: 800 },
    );
  }).timeout(60_000);

  it('all arrive once the service is well, but for those that wait for a person', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 25 }), fc.array(fates, { maxLength: 15 }), async (all, fate) => {
        const world = new World(true);
        world.service.fates = [...fate];
        for (const step of all) {
          await world.step(step);
        }
        await world.clock.advance(10 * 60_000);
        world.service.fates = [];
        world.window.keyChanged();
        await world.clock.advance(20 * 60_000);
        for (const runId of ['run 0', 'run 1']) {
          const [first] = world.window.of(runId).filter(({ state }) => state !== 'sent');
          assert.ok(first === undefined || first.state === 'unsure' || first.state === 'refused', first?.state);
        }
        world.check();
        world.windows.forEach((one) => {
          one.dispose();
        });
      }),
      { numRuns: 150 },
    );
  }).timeout(60_000);
});
