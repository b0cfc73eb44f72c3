import type { Disposable } from '../model/emitter';
import type { Clock } from '../oz/clock';
import { aboutKey, type FormAbout } from './about';
import { type AccountInUse, noAccount } from './accountInUse';
import type { KeptForm, KeptForms } from './keptForms';
import { isTyped } from './scheduleEditing';

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

  /**
   * An account for which something of its own is kept of the same: the one in use where this is for another one; any other
   * where this is for the one in use and says nothing yet.
   */
  get other(): string | undefined {
    const { kept, account } = this.#deps;
    const isWanted = this.isHere && !this.#draft()?.toKeep;
    const isLookedAt = (id: string): boolean =>
      id !== this.#account && (isWanted || (this.isElsewhere && id === account.id));
    return [...new Set(kept.keys().map(accountIn))].filter(isLookedAt).find((id) => {
      const form = kept.get(draftKey(id, this.#about));
      return form && (form.sent !== undefined || isTyped(form));
    });
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

  /** The draft is kept elsewhere from now on. Nothing of its own may be kept there but where there is nothing to be kept. */
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

  /**
   * Goes along to the account in use where it may: a new key may be one of the same account, which has the schedule then, and
   * what says nothing yet is nobody's. It stays where something of its own is kept there.
   * @param isThere that account has the schedule
   * @returns false where the draft says nothing, and what is kept there is to take its place
   */
  follow(isThere: boolean): boolean {
    const { id } = this.#deps.account;
    const draft = this.#draft();
    const saysNothing = !draft?.toKeep;
    const isNobodys = !draft || this.#account === noAccount || ('from' in this.#about && saysNothing);
    if (!this.isElsewhere || id === undefined || !(isThere || isNobodys)) {
      return true;
    }
    if (saysNothing) {
      this.turn(id);
      return this.kept === undefined;
    }
    if (this.other === undefined) {
      this.move(this.#about, id);
    }
    return true;
  }

  /** It is about what is kept for another account from now on; what is written here is kept where it was. */
  turn(account: string): void {
    void this.keep();
    this.#account = account;
  }

  /** Keeps here what is kept of the same for another account, where there is such, and answers it. */
  bringHere(): KeptForm | undefined {
    const { kept } = this.#deps;
    const { other, isHere } = this;
    const there = isHere && other !== undefined ? draftKey(other, this.#about) : undefined;
    const form = there === undefined ? undefined : kept.get(there);
    if (there !== undefined && form) {
      void kept.keep(this.key, form);
      kept.forget(there);
    }
    return form;
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

/** The account of a place: its id has no dot. */
function accountIn(key: string): string {
  return key.slice(0, key.indexOf('.'));
}
