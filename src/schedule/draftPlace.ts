import type { FormTarget } from '../model/scheduleForm';
import { type AccountInUse, noAccount } from './accountInUse';
import type { KeptForm, KeptForms } from './keptForms';
import { aboutKey } from './protocol';

export interface DraftPlaceDeps {
  kept: KeptForms;
  account: Pick<AccountInUse, 'id' | 'onDidChange'>;
}

/** Where a draft is kept: by what it is about, and for one account. */
export class DraftPlace {
  readonly #deps: DraftPlaceDeps;
  #target: FormTarget;
  #account: string;

  constructor(target: FormTarget, deps: DraftPlaceDeps) {
    this.#deps = deps;
    this.#target = target;
    this.#account = deps.account.id ?? noAccount;
  }

  get target(): FormTarget {
    return this.#target;
  }

  get about(): { scheduleId: string } | { from: string } {
    return aboutOf(this.#target);
  }

  /** The id of the account that it is for. */
  get account(): string {
    return this.#account;
  }

  /** Names it: one draft is kept there. */
  get key(): string {
    return keyOf(this.#account, this.#target);
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

  /** Ends when it is kept; undefined: there is nothing to be kept. */
  async keep(form: KeptForm | undefined): Promise<void> {
    if (form) {
      await this.#deps.kept.keep(this.key, form);
    } else {
      this.forget();
    }
  }

  forget(): void {
    this.#deps.kept.forget(this.key);
  }

  /** The draft is kept elsewhere from now on. */
  move(form: KeptForm | undefined, target: FormTarget, account = this.#account): void {
    const before = this.key;
    this.#target = target;
    this.#account = account;
    // First: what is kept nowhere for a moment is lost if the window goes.
    void this.keep(form);
    this.#deps.kept.forget(before);
  }
}

/** Names the place of a draft. */
export function keyOf(account: string, target: FormTarget): string {
  return `${account}.${aboutKey(aboutOf(target))}`;
}

export function aboutOf(target: FormTarget): { scheduleId: string } | { from: string } {
  return 'from' in target ? { from: target.from } : { scheduleId: target.scheduleId };
}
