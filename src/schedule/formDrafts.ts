import { type Disposable, disposeAll } from '../model/emitter';
import { cameOf } from '../model/scheduleCreation';
import type { FormTarget } from '../model/scheduleForm';
import { aboutOf, type FormAbout } from './about';
import { noAccount } from './accountInUse';
import { draftKey } from './draftPlace';
import { FormDraft, type FormDraftDeps } from './formDraft';
import { isTyped } from './scheduleEditing';
import type { SavingEnd } from './scheduleSaving';

export interface FormDraftsDeps extends Omit<FormDraftDeps, 'other'> {
  /** A save ended, and its page was not in sight. */
  ended: (draft: FormDraft, end: SavingEnd) => void;
  /** Saving asks something, and its page is not in sight. */
  asks: (draft: FormDraft) => void;
  /** Its page was closed, and what was changed is kept. */
  left: (draft: FormDraft) => void;
}

/** What is being written or saved: one draft of each schedule, so that none is saved twice at a time. */
export class FormDrafts implements Disposable {
  readonly #deps: FormDraftsDeps;
  readonly #drafts = new Set<FormDraft>();

  constructor(deps: FormDraftsDeps) {
    this.#deps = deps;
  }

  /** What is to be opened for it: a schedule that came of what was sent has its form where it was written. */
  targetFor(target: FormTarget): FormTarget {
    const schedule = 'from' in target ? undefined : this.#deps.store.get(target.scheduleId);
    const sent = [...this.#drafts].find(
      ({ place, editing }) => schedule && place.isHere && editing?.sent && cameOf(editing.sent, [schedule]),
    );
    return sent && 'from' in sent.place.about ? { ...sent.place.about, draft: {} } : target;
  }

  /** Changes of the schedule are not saved, be they open or kept. */
  hasUnsavedChanges(scheduleId: string): boolean {
    const key = draftKey(this.#deps.account.id ?? noAccount, { scheduleId });
    const open = [...this.#drafts].find(({ place }) => place.key === key)?.editing;
    const kept = open ? undefined : this.#deps.kept.get(key);
    return open?.isDirty ?? (kept !== undefined && isTyped(kept));
  }

  /** The draft of it, for a page: a new one, unless one is still being saved. */
  open(target: FormTarget): FormDraft {
    const key = draftKey(this.#deps.account.id ?? noAccount, aboutOf(target));
    const known = [...this.#drafts].find(({ place, isAttended }) => place.key === key && !isAttended);
    const draft = known ?? this.#made(target);
    draft.isAttended = true;
    return draft;
  }

  /** The page is closed. */
  leave(draft: FormDraft): void {
    if (draft.editing?.isDirty && !draft.saving.isSaving) {
      this.#deps.left(draft);
    }
    draft.isSeen = false;
    draft.isAttended = false;
    this.#dropIfDone(draft);
  }

  dispose(): void {
    disposeAll(this.#drafts);
    this.#drafts.clear();
  }

  #made(target: FormTarget): FormDraft {
    const { ended, asks } = this.#deps;
    const draft = new FormDraft(target, { ...this.#deps, other: (one, about) => this.#other(one, about) });
    this.#drafts.add(draft);
    let asked: unknown;
    draft.onDidChange(() => {
      const { question } = draft.saving;
      if (question && question !== asked && !draft.isSeen) {
        asks(draft);
      }
      asked = question;
    });
    draft.onDidEnd((end) => {
      if (!draft.isSeen) {
        ended(draft, end);
      }
      this.#dropIfDone(draft);
    });
    return draft;
  }

  #other(draft: FormDraft, about: FormAbout): FormDraft | undefined {
    const key = draftKey(draft.place.account, about);
    return [...this.#drafts].find((one) => one !== draft && one.isAttended && one.place.key === key);
  }

  #dropIfDone(draft: FormDraft): void {
    if (!draft.isAttended && !draft.saving.isSaving) {
      this.#drafts.delete(draft);
      draft.dispose();
    }
  }
}
