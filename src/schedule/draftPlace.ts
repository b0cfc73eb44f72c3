import type { Disposable } from '../model/emitter';
import type { Clock } from '../oz/clock';
import { type AccountInUse, noAccount } from './accountInUse';
import type { KeptForm, KeptForms } from './keptForms';
import { aboutKey, type FormAbout } from './protocol';

export interface DraftPlaceDeps {
  clock: Pick<Clock, 'after'>;
  kept: KeptForms;
  account: Pick<AccountInUse, 'id' | 'onDidChange'>;
}

/** Milliseconds after a change within which it is kept, however many follow. */
const keptWithin = 500;

/** Where a draft is kept while it is not saved: by what it is about, and for one account. */
export class DraftPlace implements Disposable {
  readonly #deps: DraftPlaceDeps;
  #about: FormAbout;
  readonly #draft: () => { toKeep: KeptForm | undefined } | undefined;
  #account: string;
  #stop: (() => void) | undefined;

  /** @param draft what is written, once that is known */
  constructor(about: FormAbout, deps: DraftPlaceDeps, draft: () => { toKeep: KeptForm | undefined } | undefined) {
    this.#deps = deps;
    this.#draft = draft;
    this.#about = about;
    this.#account = deps.account.id ?? noAccount;
  }

  get about(): FormAbout {
    return this.#about;
  }

  /** The id of the account that it is for. */
  get account(): string {
    return this.#account;
  }

  /** Names it: one draft is kept there. */
  get key(): string {
    return draftKey(this.#account, this.#about);
  }

  /** Its account is the one in use. */
  get isHere(): boolean {
    return this.#deps.account.id === this.#account;
  }

  /** Another account is in use. */
  get isElsewhere(): boolean {
    const { id } = this.#deps.account;
    return id !== undefined && id !== noAccount && id !== this.#account;
  }

  /** What is kept there. */
  get kept(): KeptForm | undefined {
    return this.#deps.kept.get(this.key);
  }

  keepSoon(): void {
    this.#stop ??= this.#deps.clock.after(keptWithin, () => {
      void this.keep();
    });
  }

  /** Ends when it is kept. */
  async keep(): Promise<void> {
    this.dispose();
    const draft = this.#draft();
    const form = draft?.toKeep;
    if (form) {
      await this.#deps.kept.keep(this.key, form);
    } else if (draft) {
      this.forget();
    }
  }

  forget(): void {
    this.#deps.kept.forget(this.key);
  }

  /** The draft is kept elsewhere from now on. Where there is nothing to be kept, what is kept there stays. */
  move(about: FormAbout, account = this.#account): void {
    const before = this.key;
    this.#about = about;
    this.#account = account;
    // First: what is kept nowhere for a moment is lost if the window goes.
    if (this.#draft()?.toKeep) {
      void this.keep();
    }
    this.#deps.kept.forget(before);
  }

  dispose(): void {
    this.#stop?.();
    this.#stop = undefined;
  }
}

/** Names the place of a draft. */
export function draftKey(account: string, about: FormAbout): string {
  return `${account}.${aboutKey(about)}`;
}
