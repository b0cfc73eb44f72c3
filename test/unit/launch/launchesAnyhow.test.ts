import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { Launcher } from '../../../src/model/launcher';
import { Launches } from '../../../src/model/launches';
import { launchRequest } from '../../../src/model/launchRequest';
import { isUnderWay, type PendingLaunch, pendingLaunchIn } from '../../../src/model/pendingLaunch';
import { ApiProblem } from '../../../src/oz/problems';
import type { LaunchAnswer, Run } from '../../../src/oz/types';
import { FakeClock, settle } from '../fakeClock';
import { accountOf } from '../../../src/platform/account';
import { MemoryFiles } from '../model/memoryFiles';
import { failed, FakeLaunchService, type Fate, good, lost } from './fakeLaunchService';

/** What becomes of launches, as networks and services have it. */
const fates: fc.Arbitrary<Fate> = fc
  .tuple(
    fc.constantFrom<Fate>(
      good,
      lost,
      { ...lost, makes: false },
      failed('unreachable', { code: 'ECONNREFUSED' }),
      failed('timeout'),
      failed('rateLimited', { status: 429 }),
      failed('conflict', { status: 409 }),
      failed('notOz', { status: 200 }),
      { ...failed('notOz', { status: 200 }), makes: true },
      failed('server', { status: 500, code: 'internal_error' }),
      { ...failed('server', { status: 500, code: 'internal_error' }), makes: true },
      failed('noKey'),
    ),
    fc.constantFrom(0, 0, 400, 5000),
    fc.constantFrom(0, 0, 700, 9000, 25_000),
    fc.constantFrom(0, 0, 3000, 30_000),
  )
  .map(([fate, waits, takes, shownAfter]) => ({ ...fate, waits, takes, shownAfter }));

type Step =
  | { do: 'click'; text: number; times: number; window: number }
  | { do: 'pass'; ms: number }
  | { do: 'reload'; lasts: number; isAbrupt: boolean }
  | { do: 'secondWindow' | 'look' | 'read' | 'cancel' | 'offline' | 'online' | 'colleague' }
  | { do: 'again' | 'againInBoth' | 'lookFor' | 'discard'; which: number };

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('click' as const),
      text: fc.nat(1),
      times: fc.integer({ min: 1, max: 3 }),
      window: fc.nat(1),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(0, 300, 1500, 8000, 40_000) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('reload' as const),
      lasts: fc.constantFrom(0, 500, 60_000),
      isAbrupt: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('secondWindow', 'look', 'read', 'cancel', 'offline', 'online', 'colleague'),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constantFrom('again', 'againInBoth', 'lookFor', 'discard'), which: fc.nat(3) }),
  },
);

const ours = accountOf('https://oz.test/api/v1', 'wk-1');

interface Window {
  launches: Launches;
  isGone: boolean;
}

/** A person at one window, or at two with the same memory, and what they clicked on for each text. */
class World {
  readonly clock = new FakeClock(undefined, 2);
  readonly files = new MemoryFiles(this.clock);
  readonly service = new FakeLaunchService(this.clock);
  readonly claims = new Set<string>();
  readonly windows: Window[] = [];
  /** Runs that were shown as launched here, and how often each was told of as a surprise. */
  readonly shown = new Map<string, Run>();
  readonly told = new Map<string, number>();
  /** Of each text: the clicks that launch it, those that sent it again, and what came to nothing by a person's will. */
  readonly clicks = new Map<string, { first: number; again: number; given: number }>();
  #stop = new AbortController();

  constructor() {
    this.open();
    // A team's key was in use before: who launches is known.
    this.service.make(launchRequest({ prompt: 'Earlier', title: '' }));
  }

  open(): void {
    const claim = async (name: string): Promise<boolean> => {
      await settle(1);
      const isFirst = !this.claims.has(name);
      this.claims.add(name);
      return isFirst;
    };
    const account = () => Promise.resolve(ours);
    const window: Partial<Window> & { isGone: boolean } = { isGone: false };
    const heard = async <T>(answer: Promise<T>): Promise<T> => {
      const result = await answer.finally(() => (window.isGone ? new Promise<void>(() => undefined) : undefined));
      return result;
    };
    const launcher = new Launcher({
      clock: this.clock,
      claim,
      creator: () => 'me',
      serverNow: () => this.service.serverNow(),
      runs: { put: (run) => this.shown.set(run.run_id, run) },
      client: {
        createRun: (request, signal): Promise<LaunchAnswer> =>
          heard(this.service.createRun(request, signal, () => window.isGone)),
        getRun: (runId) => heard(this.service.getRun(runId)),
        listRuns: (query) => heard(this.service.listRuns(query)),
      },
    });
    const launches = new Launches({ files: this.files, account, clock: this.clock, launcher, claim });
    launches.onDidSettle(({ run }) => {
      if (run) {
        this.told.set(run.run_id, (this.told.get(run.run_id) ?? 0) + 1);
      }
    });
    launches.recheck();
    this.windows.push(Object.assign(window, { launches }));
  }

  get first(): Launches {
    const [window] = this.windows;
    assert.ok(window);
    return window.launches;
  }

  async step(step: Step): Promise<void> {
    switch (step.do) {
      case 'click':
        this.#click(`text ${step.text}`, step.times, this.windows[step.window]?.launches ?? this.first);
        break;
      case 'pass':
        await this.clock.advance(step.ms);
        break;
      case 'reload':
        for (const window of this.windows.splice(0)) {
          window.launches.dispose();
          // An editor gives its windows a few seconds to end well.
          this.clock.after(step.isAbrupt ? 0 : 5000, () => (window.isGone = true));
        }
        await this.clock.advance(step.lasts);
        this.open();
        break;
      case 'secondWindow':
        if (this.windows.length < 3) {
          this.open();
        }
        break;
      case 'look':
        this.windows.at(-1)?.launches.recheck();
        break;
      case 'read':
        void this.service.listRuns({}).then(
          ({ runs }) => this.first.seen(runs),
          () => undefined,
        );
        break;
      case 'offline':
        this.service.listProblem = 'unreachable';
        break;
      case 'online':
        this.service.listProblem = undefined;
        break;
      case 'colleague':
        this.service.make(launchRequest({ prompt: 'text 0', title: '' }), 'them');
        break;
      case 'cancel':
        this.#stop.abort();
        break;
      default:
        this.#act(step.do, step.which);
    }
    await settle(3);
  }

  #of(text: string): { first: number; again: number; given: number } {
    const known = this.clicks.get(text) ?? { first: 0, again: 0, given: 0 };
    this.clicks.set(text, known);
    return known;
  }

  /** Clicks fast enough that they are one. */
  #click(text: string, times: number, launches: Launches): void {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const begin = () =>
      launches.once(`key of ${text}`, () => this.#send(text, launches, signal, () => this.#of(text).given++));
    if (begin().isFirst) {
      this.#of(text).first++;
    }
    for (let extra = 1; extra < times; extra++) {
      assert.equal(begin().isFirst, false);
    }
  }

  /** Never rejects. */
  async #send(
    text: string,
    launches: Launches,
    signal: AbortSignal,
    onNothing: () => void,
    replaces?: string,
  ): Promise<string> {
    const request = launchRequest({ prompt: text, title: '' });
    return launches.launch(request, signal, { replaces }).then(
      () => 'launched',
      (error: unknown) => {
        assert.ok(ApiProblem.is(error), String(error));
        if (error.kind === 'aborted') {
          onNothing();
        }
        return error.kind;
      },
    );
  }

  #act(what: 'again' | 'againInBoth' | 'lookFor' | 'discard', which: number): void {
    const all = this.first.all().filter((one) => !isUnderWay(one));
    const one = all[which % Math.max(1, all.length)];
    const text = one?.request.prompt;
    if (!one || text === undefined) {
      return;
    }
    this.#stop = new AbortController();
    const again = ({ launches }: Window): unknown =>
      this.#send(text, launches, this.#stop.signal, () => undefined, one.id);
    switch (what) {
      case 'again':
        this.#of(text).again++;
        this.windows.slice(0, 1).forEach(again);
        break;
      case 'againInBoth':
        this.#of(text).again++;
        this.windows.forEach(again);
        break;
      case 'lookFor':
        void this.first.lookFor(one.id);
        break;
      case 'discard':
        this.#of(text).given++;
        this.first.discard([one.id]);
        break;
    }
  }

  /** What a window knows or would know once it has read. */
  #listed(): PendingLaunch[] {
    const shown = this.windows.flatMap(({ launches }) => launches.all());
    const stored = [...this.files.files.values()].flatMap(({ content }) => ours.open(content) ?? []);
    const all = [...shown, ...stored.flatMap((text) => pendingLaunchIn(JSON.parse(text)) ?? [])];
    return [...new Map(all.map((launch) => [launch.id, launch])).values()];
  }

  /** Nothing was sent twice, no run counts for two launches, and nothing was lost. */
  check(): void {
    for (const [text, { first, again, given }] of this.clicks) {
      const isOurs = (run: Run): boolean => run.prompt === text && run.creator?.uid !== 'them';
      const made = this.service.made.filter(({ run }) => isOurs(run)).length;
      const known = [...this.shown.values()].filter(({ prompt }) => prompt === text);
      const listed = this.#listed().filter(({ request }) => request.prompt === text).length;
      assert.ok(made <= first + again, `${text}: ${made} runs of ${first} clicks, ${again} again`);
      assert.ok(known.every((run) => run.creator?.uid !== 'them'));
      assert.ok(
        known.length + listed + given >= first,
        `${text}: ${first} clicks, ${known.length} known, ${listed} listed, ${given} given up`,
      );
    }
    for (const [runId, times] of this.told) {
      assert.equal(times, 1, runId);
    }
  }

  dispose(): void {
    for (const { launches } of this.windows) {
      launches.dispose();
    }
  }
}

describe('launches, whatever happens', () => {
  it('are made once for each click and never lost, and none is under way for ever', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(steps, { minLength: 5, maxLength: 40 }),
        fc.array(fates, { maxLength: 30 }),
        async (all, fate) => {
          const world = new World();
          world.service.fates = [...fate];
          for (const step of all) {
            await world.step(step);
            world.check();
          }
          world.windows.forEach(({ launches }) => {
            launches.recheck();
          });
          await world.clock.advance(5 * 60_000);
          world.check();
          assert.deepEqual(world.first.all().filter(isUnderWay), []);
          world.dispose();
        },
      ),
      { numRuns: 600 },
    );
  }).timeout(120_000);
});
