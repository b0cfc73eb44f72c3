import assert from 'node:assert/strict';
import type { ConversationSource } from '../../../src/conversation/conversationSource';
import { LiveConversation, type LiveDeps } from '../../../src/conversation/liveConversation';
import { Emitter } from '../../../src/model/emitter';
import type { LoadStatus } from '../../../src/model/loadStatus';
import { ApiProblem, type ProblemKind } from '../../../src/oz/problems';
import type { Conversation, Run } from '../../../src/oz/types';
import { FakeClock, settle } from '../fakeClock';
import { action, answer, makeRun, message, runId, step, talk } from './samples';

/** A service with one run, and the list of runs that the window knows. */
class Service {
  readonly clock = new FakeClock();
  readonly runsChanged = new Emitter<unknown>();
  readonly statusChanged = new Emitter<unknown>();
  readonly status = { kind: 'ready', problem: new ApiProblem({ kind: 'server', message: '' }) } as LoadStatus;
  known: Run | undefined;
  followers = 0;
  lookers = 0;
  reads = 0;
  asked = '';
  runReads = 0;
  conversation: unknown = talk(3);
  problem: ProblemKind | undefined;
  retryAfter: number | undefined;
  runProblem: ProblemKind | undefined;
  /** Set: answers wait until it is called. */
  hold = false;
  release: () => void = () => undefined;
  readonly live: LiveConversation;

  constructor(run: Run | undefined, source: ConversationSource = { runId }, given?: Conversation) {
    this.known = run;
    const deps: LiveDeps = {
      clock: this.clock,
      log: { error: () => undefined },
      client: {
        getRun: () => {
          this.runReads++;
          return this.runProblem
            ? Promise.reject(new ApiProblem({ kind: this.runProblem, message: '' }))
            : Promise.resolve(makeRun({ state: 'INPROGRESS' }));
        },
        getRunConversation: () => this.#read(`run ${this.live.runId ?? ''}`),
        getConversation: (id) => this.#read(`conversation ${id}`),
      },
      runs: {
        get: () => this.known,
        put: (run) => {
          this.change(run);
        },
        follow: () => {
          this.followers++;
          return { dispose: () => this.followers-- };
        },
        look: () => {
          this.lookers++;
          return { dispose: () => this.lookers-- };
        },
        onDidChange: this.runsChanged.event,
        status: this.status,
        onDidChangeStatus: this.statusChanged.event,
      },
    };
    this.live = new LiveConversation(source, deps, given);
  }

  async #read(what: string): Promise<Conversation> {
    this.reads++;
    this.asked = what;
    if (this.hold) {
      await new Promise<void>((resolve) => (this.release = resolve));
    }
    if (this.problem) {
      throw new ApiProblem({ kind: this.problem, message: '', retryAfter: this.retryAfter });
    }
    return this.conversation as Conversation;
  }

  /** The list was read, or could not be. */
  listed(isGood: boolean): void {
    this.status.kind = isGood ? 'ready' : 'failed';
    this.statusChanged.fire(undefined);
  }

  change(run: Run): void {
    this.known = run;
    this.runsChanged.fire(undefined);
  }
}

async function opened(run: Run | undefined, prepare: (service: Service) => void = () => undefined): Promise<Service> {
  const service = new Service(run);
  prepare(service);
  service.live.setVisible(true);
  await service.live.read();
  return service;
}

const active = (members: Partial<Run> = {}): Run => makeRun({ state: 'INPROGRESS', ...members });

describe('a live conversation', () => {
  it('reads a finished run once', async () => {
    const service = await opened(makeRun());
    assert.equal(service.live.reading, 'good');
    assert.equal(service.live.entries.length, 3);
    await service.clock.advance(600_000);
    assert.equal(service.reads, 1);
    assert.equal(service.runReads, 0);
  });

  it('reads a run that works every few seconds, until it is over', async () => {
    const service = await opened(active());
    await service.clock.advance(60_000);
    assert.ok(service.reads >= 10 && service.reads <= 25);
    service.change(makeRun({ updated_at: '2026-11-22T11:40:00Z' }));
    await settle();
    const { reads } = service;
    await service.clock.advance(600_000);
    assert.equal(service.reads, reads);
  });

  it('reads at once when the run changed', async () => {
    const service = await opened(makeRun());
    service.change(makeRun({ updated_at: '2026-11-22T12:00:00Z' }));
    await settle();
    assert.equal(service.reads, 2);
    service.runsChanged.fire(undefined);
    await settle();
    assert.equal(service.reads, 2);
  });

  it('has one reading under way at a time', async () => {
    const service = new Service(active());
    service.hold = true;
    service.live.setVisible(true);
    const first = service.live.read();
    void service.live.read();
    service.change(active({ updated_at: '2026-11-22T12:00:00Z' }));
    await settle();
    assert.equal(service.reads, 1);
    service.hold = false;
    service.release();
    await first;
    await settle();
    assert.equal(service.reads, 2);
  });

  it('reads nothing while it is hidden, and catches up when it is shown', async () => {
    const service = await opened(active());
    service.live.setVisible(false);
    service.change(active({ updated_at: '2026-11-22T12:00:00Z' }));
    await service.clock.advance(600_000);
    assert.equal(service.reads, 1);
    assert.equal(service.clock.waiting, 0);
    service.live.setVisible(true);
    await settle();
    assert.equal(service.reads, 2);
  });

  it('reads less often what takes long', async () => {
    const service = new Service(active());
    service.hold = true;
    service.live.setVisible(true);
    const first = service.live.read();
    await service.clock.advance(3000);
    service.hold = false;
    service.release();
    await first;
    await service.clock.advance(29_000);
    assert.equal(service.reads, 1);
    await service.clock.advance(2000);
    assert.equal(service.reads, 2);
  });

  it('follows the run while it is shown or works, and looks at it while it is shown', async () => {
    const service = await opened(active());
    assert.equal(service.followers, 1);
    assert.equal(service.lookers, 1);
    service.live.setVisible(false);
    assert.equal(service.followers, 1);
    assert.equal(service.lookers, 0);
    service.change(makeRun({ updated_at: '2026-11-22T12:00:00Z' }));
    assert.equal(service.followers, 0);
    service.live.setVisible(true);
    assert.equal(service.followers, 1);
    service.live.dispose();
    assert.equal(service.followers, 0);
    assert.equal(service.lookers, 0);
  });

  it('asks for a run that is not known, together with its conversation', async () => {
    const service = await opened(undefined);
    assert.equal(service.runReads, 1);
    assert.equal(service.live.run?.state, 'INPROGRESS');
    assert.equal(service.live.reading, 'good');
  });

  it('waits for a conversation that has not begun', async () => {
    const service = await opened(active({ state: 'QUEUED' }), (one) => (one.problem = 'notFound'));
    assert.equal(service.live.reading, 'none');
    service.problem = undefined;
    await service.clock.advance(60_000);
    assert.equal(service.live.reading, 'good');
    assert.equal(service.live.problem, undefined);
  });

  it('does not wait when neither the run nor its conversation is known', async () => {
    const service = await opened(undefined, (one) => {
      one.problem = 'notFound';
      one.runProblem = 'notFound';
    });
    assert.equal(service.live.reading, 'failed');
    assert.equal(service.live.problem?.kind, 'notFound');
    await service.clock.advance(600_000);
    assert.equal(service.reads, 1);
  });

  it('does not ask again for a format that is not supported', async () => {
    const service = await opened(active(), (one) => (one.problem = 'unsupported'));
    assert.equal(service.live.reading, 'unsupported');
    await service.clock.advance(600_000);
    assert.equal(service.reads, 1);
  });

  it('keeps what it has when reading fails, and tries again ever less often', async () => {
    const service = await opened(active());
    service.problem = 'unreachable';
    await service.clock.advance(10 * 60_000);
    assert.equal(service.live.entries.length, 3);
    assert.equal(service.live.reading, 'good');
    assert.equal(service.live.problem?.kind, 'unreachable');
    assert.ok(service.reads > 5 && service.reads < 20);
    service.problem = undefined;
    await service.clock.advance(61_000);
    assert.equal(service.live.problem, undefined);
  });

  it('tries again soon while a short outage lasts, but not before the service wants', async () => {
    const service = await opened(active(), (one) => (one.problem = 'server'));
    await service.clock.advance(15_000);
    assert.equal(service.reads, 4);
    service.retryAfter = 40_000;
    await service.clock.advance(5000);
    assert.equal(service.reads, 5);
    await service.clock.advance(39_000);
    assert.equal(service.reads, 5);
    service.problem = undefined;
    await service.clock.advance(1000);
    assert.deepEqual([service.reads, service.live.problem], [6, undefined]);
  });

  it('reads at once when the list could be read again, once until that helps', async () => {
    const service = await opened(makeRun(), (one) => (one.problem = 'unreachable'));
    let answers = 0;
    service.live.onDidAnswer(() => answers++);
    for (let round = 0; round < 3; round++) {
      service.listed(true);
      await settle();
    }
    assert.deepEqual([service.reads, answers], [2, 3]);
    service.listed(false);
    await settle();
    assert.deepEqual([service.reads, answers], [2, 3]);
    service.problem = undefined;
    service.listed(true);
    await settle();
    assert.deepEqual([service.reads, service.live.problem], [3, undefined]);
    service.listed(true);
    await settle();
    assert.equal(service.reads, 3);
  });

  it('reads at once when a follow-up went out', async () => {
    const service = await opened(makeRun(), (one) => (one.problem = 'server'));
    service.problem = undefined;
    service.live.serviceAnswered();
    await settle();
    assert.deepEqual([service.reads, service.live.problem], [2, undefined]);
    service.live.serviceAnswered();
    await settle();
    assert.equal(service.reads, 2);
  });

  it('does not ask again for what stays so, whatever else the service answers', async () => {
    const service = await opened(active(), (one) => (one.problem = 'forbidden'));
    service.listed(true);
    service.live.serviceAnswered();
    await settle();
    assert.equal(service.reads, 1);
  });

  it('stops when the key is refused, and goes on when runs arrive again', async () => {
    const service = await opened(active(), (one) => (one.problem = 'keyRefused'));
    await service.clock.advance(600_000);
    assert.equal(service.reads, 1);
    service.problem = undefined;
    service.change(active());
    await settle();
    assert.equal(service.live.reading, 'good');
  });

  it('keeps the run when the list forgets it', async () => {
    const service = await opened(makeRun());
    service.known = undefined;
    service.runsChanged.fire(undefined);
    assert.equal(service.live.run?.run_id, runId);
  });

  it('reads once more when the list forgets the run, and says that there is no key', async () => {
    const service = await opened(makeRun());
    service.known = undefined;
    service.problem = 'noKey';
    service.runsChanged.fire(undefined);
    await settle();
    service.runsChanged.fire(undefined);
    await settle();
    assert.deepEqual(
      [service.reads, service.live.problem?.kind, service.live.reading, service.live.entries.length],
      [2, 'noKey', 'good', 3],
    );
  });

  it('keeps what is known of a conversation still to come when the key is gone', async () => {
    const service = await opened(active(), (one) => (one.problem = 'notFound'));
    service.problem = 'noKey';
    service.known = undefined;
    service.runsChanged.fire(undefined);
    await settle();
    assert.deepEqual([service.live.reading, service.live.problem?.kind], ['none', 'noKey']);
  });

  it('knows what an action without a result does, by the state of the run', async () => {
    const state = (one: Service): string | undefined => {
      const [entry] = one.live.entries;
      const block = entry?.kind === 'message' ? entry.blocks[0] : undefined;
      return block?.kind === 'action' ? block.state : undefined;
    };
    const service = await opened(active(), (one) => {
      one.conversation = answer(step([message('assistant', 1, action('a', 'command', 'run_command', {}))]));
    });
    assert.equal(state(service), 'running');
    // It does not wait for the next reading to say so.
    service.hold = true;
    let changes = 0;
    service.live.onDidChange(() => changes++);
    service.change(active({ state: 'BLOCKED', updated_at: '2026-11-22T11:50:00Z' }));
    await settle();
    assert.deepEqual([state(service), changes], ['waiting', 2]);
    service.change(makeRun({ state: 'CANCELLED', updated_at: '2026-11-22T12:00:00Z' }));
    await settle();
    assert.deepEqual([state(service), changes], ['unanswered', 4]);
    service.live.dispose();
  });

  it('does nothing more after it was disposed', async () => {
    const service = new Service(active());
    service.hold = true;
    service.live.setVisible(true);
    const reading = service.live.read();
    await settle();
    let changes = 0;
    service.live.onDidChange(() => changes++);
    service.live.dispose();
    service.release();
    await reading;
    await service.clock.advance(60_000);
    assert.equal(changes, 0);
    assert.equal(service.reads, 1);
    assert.equal(service.clock.waiting, 0);
  });
});

describe('a live conversation without a run', () => {
  const source = { conversationId: 'c1' };

  async function openedAlone(prepare: (service: Service) => void = () => undefined): Promise<Service> {
    const service = new Service(makeRun(), source);
    prepare(service);
    service.live.setVisible(true);
    await service.live.read();
    return service;
  }

  it('is read by its own id, once, and asks for no run', async () => {
    const service = await openedAlone();
    assert.deepEqual([service.asked, service.reads, service.runReads], ['conversation c1', 1, 0]);
    assert.deepEqual([service.live.reading, service.live.entries.length], ['good', 3]);
    assert.deepEqual([service.live.run, service.live.runId, service.live.isActive], [undefined, undefined, false]);
    await service.clock.advance(600_000);
    assert.equal(service.reads, 1);
    assert.deepEqual([service.followers, service.lookers], [0, 0]);
  });

  it('takes what was read already, and the service the next time', async () => {
    const service = new Service(undefined, source, talk(5) as unknown as Conversation);
    service.live.setVisible(true);
    await service.live.read();
    assert.deepEqual([service.reads, service.live.reading, service.live.entries.length], [0, 'good', 5]);
    await service.live.read();
    assert.deepEqual([service.reads, service.live.entries.length], [1, 3]);
  });

  it('that is missing has failed: nothing is to come', async () => {
    const service = await openedAlone((one) => (one.problem = 'notFound'));
    assert.deepEqual([service.live.reading, service.live.problem?.kind], ['failed', 'notFound']);
    await service.clock.advance(600_000);
    assert.equal(service.reads, 1);
  });

  it('goes on when runs arrive after the key was missing', async () => {
    const service = await openedAlone((one) => (one.problem = 'noKey'));
    service.problem = undefined;
    service.runsChanged.fire(undefined);
    await settle();
    assert.deepEqual([service.live.reading, service.reads], ['good', 2]);
    service.runsChanged.fire(undefined);
    await settle();
    assert.equal(service.reads, 2);
  });
});
