import { type Disposable, Emitter, type Event } from '../model/emitter';
import { ApiProblem } from '../oz/problems';
import type { SavingDeps } from './scheduleSaving';

/** The id of no account: there is no key. */
export const noAccount = '';

/** Which account the key in use belongs to. */
export class AccountInUse implements Disposable {
  readonly #changed = new Emitter<undefined>();
  readonly #subscription: Disposable;
  #id: string | undefined;
  /** Counts the readings: only the last one counts. */
  #turn = 0;
  #reading: Promise<void>;

  readonly onDidChange = this.#changed.event;

  /** @param read its id, once nothing of the one before is left */
  constructor(
    private readonly read: () => Promise<string | undefined>,
    onDidChangeAccount: Event<unknown>,
  ) {
    this.#reading = this.#read();
    this.#subscription = onDidChangeAccount(() => {
      this.#id = undefined;
      this.#changed.fire(undefined);
      this.#reading = this.#read();
    });
  }

  /** Undefined while that is not known yet. */
  get id(): string | undefined {
    return this.#id;
  }

  /** Ends when it is known. */
  async known(): Promise<void> {
    while (this.#id === undefined) {
      await this.#reading;
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #read(): Promise<void> {
    this.#turn += 1;
    const turn = this.#turn;
    const id = (await this.read().catch(() => undefined)) ?? noAccount;
    if (turn === this.#turn) {
      this.#id = id;
      this.#changed.fire(undefined);
    }
  }
}

/**
 * The client for what belongs to one account. Nothing is asked while another one is in use, and what was read then says nothing
 * of it; what was sent to be changed and is answered then may be done or not.
 */
export function clientOf(
  client: SavingDeps['client'],
  account: Pick<AccountInUse, 'id'>,
  id: () => string,
): SavingDeps['client'] {
  const within =
    <Given extends unknown[], Answer>(kind: 'aborted' | 'outcomeUnknown', call: (...given: Given) => Promise<Answer>) =>
    async (...given: Given): Promise<Answer> => {
      if (account.id !== id()) {
        throw new ApiProblem({ kind: account.id === noAccount ? 'noKey' : 'aborted', message: '' });
      }
      const answer = await call(...given);
      if (account.id !== id()) {
        throw new ApiProblem({ kind, message: '' });
      }
      return answer;
    };
  return {
    getWholeSchedule: within('aborted', (...given) => client.getWholeSchedule(...given)),
    updateSchedule: within('outcomeUnknown', (...given) => client.updateSchedule(...given)),
    listSchedules: within('aborted', (...given) => client.listSchedules(...given)),
    createSchedule: within('outcomeUnknown', (...given) => client.createSchedule(...given)),
  };
}
