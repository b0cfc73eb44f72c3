import { type Disposable, Emitter } from '../model/emitter';
import { mergeForms } from '../model/scheduleChange';
import { cameOf } from '../model/scheduleCreation';
import type { FormTarget, ScheduleForm } from '../model/scheduleForm';
import type { Clock } from '../oz/clock';
import { clientOf, noAccount } from './accountInUse';
import { DraftPlace, type DraftPlaceDeps } from './draftPlace';
import type { SchedulesRead } from './pageHost';
import { aboutKey, aboutOf, type FormAbout } from './protocol';
import { ScheduleEditing } from './scheduleEditing';
import { type SavingDeps, type SavingEnd, ScheduleSaving } from './scheduleSaving';

export interface FormDraftDeps extends DraftPlaceDeps {
  client: SavingDeps['client'];
  clock: Clock;
  store: SchedulesRead;
  /** Another draft of it that somebody has a page of. */
  other: (draft: FormDraft, about: FormAbout) => FormDraft | undefined;
}

/**
 * What is written for one schedule of one account, from when its page is opened until that is closed and nothing is being
 * saved any more. It is kept while it is not saved.
 */
export class FormDraft implements Disposable {
  readonly #deps: FormDraftDeps;
  /** What a new one begins with. */
  readonly #draft: Partial<ScheduleForm>;
  readonly #place: DraftPlace;
  readonly #saving: ScheduleSaving;
  readonly #changed = new Emitter<undefined>();
  readonly #ended = new Emitter<SavingEnd>();
  readonly #subscriptions: Disposable[];
  /** Undefined until the schedule was read. */
  #editing: ScheduleEditing | undefined;
  /** The schedules were read for one that was not known: what is not there now is not there. */
  #hasLooked = false;
  #isKept = false;
  #isAttended = true;

  /** Its page is in sight: what saving asks and how it ends is seen there. */
  isSeen = false;

  readonly onDidChange = this.#changed.event;
  /** A save ended, or what was sent before was found. */
  readonly onDidEnd = this.#ended.event;

  constructor(target: FormTarget, deps: FormDraftDeps) {
    const { client, clock, store, account } = deps;
    const learn = (): void => {
      this.#learn();
    };
    this.#deps = deps;
    this.#draft = 'from' in target ? target.draft : {};
    this.#place = new DraftPlace(aboutOf(target), deps, () => this.#editing);
    this.#saving = new ScheduleSaving({
      ...{ client: clientOf(client, account, () => this.#place.account), clock },
      changed: () => {
        this.#savingChanged();
      },
      keep: () => this.#place.keep(),
      saved: (schedule) => {
        store.put(schedule);
      },
    });
    this.#subscriptions = [store.onDidChange(learn), store.onDidChangeStatus(learn), account.onDidChange(learn)];
    this.#begin();
    if (!this.#editing || this.#editing.sent) {
      void store.refresh().then(() => {
        this.#hasLooked = true;
        learn();
      });
    }
  }

  get place(): Pick<DraftPlace, 'key' | 'about' | 'account' | 'isHere' | 'isElsewhere' | 'keep'> {
    return this.#place;
  }

  get editing(): ScheduleEditing | undefined {
    return this.#editing;
  }

  get saving(): Omit<ScheduleSaving, 'save' | 'dismiss' | 'forgive'> {
    return this.#saving;
  }

  /** What was typed before was found, and nobody has said a word about it yet. */
  get isKept(): boolean {
    return this.#isKept;
  }

  get canSave(): boolean {
    const { editing } = this;
    const isWanted = editing !== undefined && !editing.isGone && (!editing.base || editing.isDirty);
    // Without a key the service is not asked: a person hears of it.
    return isWanted && !this.#saving.isSaving && (this.#place.isHere || this.#deps.account.id === noAccount);
  }

  get isAttended(): boolean {
    return this.#isAttended;
  }

  /** Somebody has it before them, or not any more: then what saving asks is answered with no. */
  set isAttended(isAttended: boolean) {
    this.#isAttended = isAttended;
    if (!isAttended) {
      void this.#place.keep();
      this.#saving.answer(null);
    }
  }

  change(change: (form: ScheduleForm) => ScheduleForm): void {
    this.#editing?.change(change);
    this.#isKept = false;
    this.#tell();
  }

  /** Does something with the form that it can by itself. */
  act(name: 'revert' | 'takeTheirs' | 'keepMine' | 'undo'): void {
    this.#editing?.[name]();
    // It is not what could not be saved any more.
    this.#saving.forgive();
    this.#tell();
  }

  /** What was said about it was read. */
  dismiss(): void {
    this.#saving.dismiss();
    this.#editing?.dismiss();
    this.#isKept = false;
    this.#tell();
  }

  /** Gives up what was kept; false when nothing is left of it. */
  discard(): boolean {
    this.#place.forget();
    if (!this.#editing || this.#editing.isGone) {
      this.#editing = undefined;
      return false;
    }
    this.#isKept = false;
    this.act('revert');
    return true;
  }

  /** It is gone, and is to be made anew as it is here. */
  becomeNew(): void {
    if (this.#editing?.isGone && this.#place.isHere) {
      this.#editing.becomeNew();
      this.#place.move({ from: `again ${aboutKey(this.#place.about)}` });
      this.#tell();
    }
  }

  /** What was begun for another account is for the one in use from now on. */
  moveHere(): void {
    const { id } = this.#deps.account;
    const { key, about } = this.#place;
    if (id !== undefined && 'from' in about) {
      const { sent, toKeep } = this.#editing ?? {};
      this.#editing?.sending(undefined);
      this.#saving.forgive();
      this.#place.move(about, id);
      if (sent && toKeep) {
        // It may still come into being where it was sent to.
        void this.#deps.kept.keep(key, toKeep);
      }
      this.#tell();
    }
  }

  /** True once the service has all of it. */
  async save(): Promise<boolean> {
    const { editing } = this;
    if (!editing || !this.canSave) {
      return false;
    }
    this.#isKept = false;
    const end = await this.#saving.save(editing);
    void this.#place.keep();
    if (end.kind === 'held' && editing.isGone && editing.base) {
      this.#deps.store.remove(editing.base.id);
    }
    this.#ended.fire(end);
    this.#tell();
    return end.kind === 'saved';
  }

  dispose(): void {
    for (const subscription of [...this.#subscriptions, this.#place, this.#changed, this.#ended]) {
      subscription.dispose();
    }
  }

  /** Begins with the schedule as it is, or with what was kept of it, once that is known. */
  #begin(): void {
    const { store } = this.#deps;
    const { about } = this.#place;
    const schedule = 'from' in about ? undefined : store.get(about.scheduleId);
    if ('from' in about || schedule || (this.#hasLooked && store.status.kind === 'ready')) {
      const { kept } = this.#place;
      this.#editing = 'from' in about ? ScheduleEditing.ofNew(this.#draft, kept) : ScheduleEditing.of(schedule, kept);
      this.#isKept = kept !== undefined && this.#editing.isDirty && !this.#editing.sent;
    }
  }

  /** The schedules were read, or changed, or are those of another account. */
  #learn(): void {
    if (!this.#saving.isSaving) {
      this.#moveAlong();
      if (!this.#editing) {
        this.#begin();
      } else if (this.#place.isHere) {
        this.#learnOf(this.#editing);
      }
    }
    this.#tell();
  }

  #learnOf(editing: ScheduleEditing): void {
    const { store } = this.#deps;
    const { about } = this.#place;
    if ('scheduleId' in about) {
      const schedule = store.get(about.scheduleId);
      // Before the first list nothing is known of what is not there.
      if (schedule || store.lastGood !== undefined) {
        editing.learn(schedule);
      }
      return;
    }
    const { sent } = editing;
    const all = sent ? store.ids().flatMap((id) => store.get(id) ?? []) : [];
    const made = sent && !sent.isGivenUp && cameOf(sent, all);
    if (made) {
      editing.saved(made, sent.form);
      this.#saving.dismiss();
      this.#savingChanged();
      this.#ended.fire({ kind: 'saved', isNew: true });
    }
  }

  /** A new key may be one of the same account, which has the schedule then; and what says nothing yet is nobody's. */
  #moveAlong(): void {
    const { account, store } = this.#deps;
    const { about, isElsewhere } = this.#place;
    const isEmpty = 'from' in about && !this.#editing?.toKeep;
    const isNobodys = isEmpty || this.#place.account === noAccount || !this.#editing;
    const isThere = 'scheduleId' in about && store.get(about.scheduleId) !== undefined;
    if (isElsewhere && account.id !== undefined && (isThere || isNobodys)) {
      this.#place.move(about, account.id);
      // What was typed with this key comes back.
      this.#editing = isEmpty && this.#place.kept ? undefined : this.#editing;
    }
  }

  /** What was made is that schedule from then on; what saving asks is answered with no where nobody is there to answer. */
  #savingChanged(): void {
    if (this.#editing?.base && 'from' in this.#place.about) {
      this.#become(this.#editing, { scheduleId: this.#editing.base.id });
    }
    if (!this.#isAttended) {
      this.#saving.answer(null);
    }
    this.#tell();
  }

  /** Where that is open already, what was changed since it was sent goes on there. */
  #become(editing: ScheduleEditing, about: FormAbout): void {
    const other = this.#deps.other(this, about);
    if (other && this.#saving.isSaving) {
      return;
    }
    if (other && editing.isDirty) {
      other.change((form) => mergeForms(editing.start, form, editing.form).form);
    }
    this.#editing = other ? undefined : editing;
    this.#place.move(about);
  }

  /** Something is another now: it is kept soon, and shown at once. */
  #tell(): void {
    if (this.#editing?.base && !this.#editing.isDirty) {
      this.#saving.forgive();
    }
    if (this.#isAttended) {
      this.#place.keepSoon();
    }
    this.#changed.fire(undefined);
  }
}
