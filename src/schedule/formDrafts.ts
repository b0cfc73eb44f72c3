import type { Disposable } from '../model/emitter';
import type { FormTarget } from '../model/scheduleForm';
import { noAccount } from './accountInUse';
import { keyOf } from './draftPlace';
import { FormDraft, type FormDraftDeps } from './formDraft';
import type { SavingEnd } from './scheduleSaving';

export interface FormDraftsDeps extends FormDraftDeps {
  /** A save ended that nobody was there for. */
  ended: (draft: FormDraft, end: SavingEnd) => void;
}

/** What is being written or saved: one draft of each schedule, so that none is saved twice at a time. */
export class FormDrafts implements Disposable {
  readonly #deps: FormDraftsDeps;
  readonly #drafts = new Set<FormDraft>();

  constructor(deps: FormDraftsDeps) {
    this.#deps = deps;
  }

  /** The draft of it, for a page: a new one, unless one is still being saved. */
  open(target: FormTarget): FormDraft {
    const key = keyOf(this.#deps.account.id ?? noAccount, target);
    const known = [...this.#drafts].find(({ place, isAttended }) => place.key === key && !isAttended);
    const draft = known ?? this.#made(target);
    draft.isAttended = true;
    return draft;
  }

  /** The page is closed. */
  leave(draft: FormDraft): void {
    draft.isAttended = false;
    this.#dropIfDone(draft);
  }

  dispose(): void {
    for (const draft of this.#drafts) {
      draft.dispose();
    }
    this.#drafts.clear();
  }

  #made(target: FormTarget): FormDraft {
    const draft = new FormDraft(target, this.#deps);
    this.#drafts.add(draft);
    draft.onDidEnd((end) => {
      if (!draft.isAttended) {
        this.#deps.ended(draft, end);
        this.#dropIfDone(draft);
      }
    });
    return draft;
  }

  #dropIfDone(draft: FormDraft): void {
    if (!draft.isAttended && !draft.saving.isSaving) {
      this.#drafts.delete(draft);
      draft.dispose();
    }
  }
}
