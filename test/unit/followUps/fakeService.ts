import { ApiProblem, type ProblemFacts, type ProblemKind } from '../../../src/oz/problems';
import type { Conversation, FollowUpOutcome, Open } from '../../../src/oz/types';
import type { FakeClock } from '../fakeClock';

/** What becomes of the next follow-up. */
export interface Fate {
  /** The agent gets it. */
  delivers: boolean;
  /** What the answer says; none is a good one. */
  problem?: Partial<ProblemFacts> & { kind: ProblemKind };
  /** Milliseconds until the answer is there. */
  takes?: number;
  /** Milliseconds until the conversation shows it. */
  shownAfter?: number;
}

export const delivered: Fate = { delivers: true };
export const lost: Fate = { delivers: true, problem: { kind: 'outcomeUnknown' } };
export const offline: Fate = { delivers: false, problem: { kind: 'unreachable', code: 'ECONNREFUSED' } };
export const failed = (kind: ProblemKind, facts: Partial<ProblemFacts> = {}): Fate => ({
  delivers: false,
  problem: { kind, ...facts },
});

/** Milliseconds by which the service's clock is ahead. */
const skew = 3_600_000;

interface Told {
  runId: string;
  text: string;
  at: number;
  shownAt: number;
}

/** A service that notes what it was told, and fails as it is asked to. */
export class FakeService {
  /** For each call in its turn; then all are delivered. */
  fates: Fate[] = [];
  /** Every request, delivered or not. */
  readonly asked: string[] = [];
  readonly told: Told[] = [];
  reads = 0;
  readProblem: ProblemKind | undefined;
  /** Hears of each request before it is answered. */
  onRequest: (runId: string, text: string) => void = () => undefined;

  constructor(private readonly clock: FakeClock) {}

  serverNow(): number {
    return this.clock.now() + skew;
  }

  /** Somebody else says something. */
  say(runId: string, text: string): void {
    const at = this.clock.now();
    this.told.push({ runId, text, at, shownAt: at });
  }

  async followUp(runId: string, text: string): Promise<Open<FollowUpOutcome>> {
    const { delivers, problem, takes = 0, shownAfter = 0 } = this.fates.shift() ?? delivered;
    this.asked.push(text);
    this.onRequest(runId, text);
    if (delivers) {
      const at = this.clock.now();
      this.told.push({ runId, text, at, shownAt: at + shownAfter });
    }
    if (takes > 0) {
      await new Promise<void>((resolve) => this.clock.after(takes, resolve));
    }
    if (problem) {
      throw new ApiProblem({ message: '', ...problem });
    }
    return 'live_session';
  }

  getRunConversation(runId: string): Promise<Conversation> {
    this.reads++;
    if (this.readProblem) {
      return Promise.reject(new ApiProblem({ kind: this.readProblem, message: '' }));
    }
    const messages = this.told
      .filter((one) => one.runId === runId && one.shownAt <= this.clock.now())
      .map(({ text, at }) => ({
        role: 'user',
        timestamp: new Date(at + skew).toISOString(),
        content: [{ type: 'text', text }],
      }));
    return Promise.resolve({
      conversation_id: 'c',
      steps: [{ id: 's', messages, steps: [] }],
    } as unknown as Conversation);
  }
}
