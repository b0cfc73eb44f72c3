import { type Disposable, disposeAll, Emitter } from '../model/emitter';
import { mergeForms } from '../model/scheduleChange';
import { cameOf } from '../model/scheduleCreation';
import type { FormTarget, ScheduleForm } from '../model/scheduleForm';
import type { Clock } from '../oz/clock';
import type { Schedule } from '../oz/types';
import { aboutKey, aboutOf, type FormAbout } from './about';
import { clientOf, noAccount } from './accountInUse';
import { DraftPlace, draftKey, type DraftPlaceDeps } from './draftPlace';
import type { SchedulesRead } from './pageHost';
import { ScheduleEditing } from './scheduleEditing';
import { type SavingDeps, type SavingEnd, ScheduleSaving } from './scheduleSaving';

export interface FormDraftDeps extends DraftPlaceDeps {
  client: SavingDeps['client'];
  clock: Clock;
  store: SchedulesRead;
  /** The service answered that the account in use made it. */
  created: (schedule: Schedule) => void;
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
    const { client, clock, store, account, created } = deps;
    const learn = (): void => {
      this.#learn();
    };
    this.#deps = deps;
    this.#draft = 'from' in target ? target.draft : {};
    this.#place = new DraftPlace(aboutOf(target), deps, () => this.#editing);
    this.#saving = new ScheduleSaving({
      ...{ client: clientOf(client, account, () => this.#place.account), clock, created },
      changed: () => {
        this.#savingChanged();
      },
      keep: () => this.#place.keep(),
      saved: (schedule) => {
        // `clientOf` has just told that this draft's account is the one in use.
        store.ofThisAccount().put(schedule);
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

  get place(): Pick<DraftPlace, 'key' | 'about' | 'account' | 'isHere' | 'isElsewhere' | 'other' | 'keep'> {
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

  /** A new one can be sent as it is: what is missing is said then. A known one has to be another than it was. */
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

  /** Gives up what was kept. */
  discard(): void {
    this.#place.forget();
    this.#isKept = false;
    this.act('revert');
  }

  /** Nothing is left of it. */
  drop(): void {
    this.#place.forget();
    this.#editing = undefined;
  }

  /** It is gone, and is to be made anew as it is here. */
  becomeNew(): void {
    if (this.#editing?.isGone && this.#place.isHere) {
      this.#editing.becomeNew();
      this.#place.move({ from: `again ${aboutKey(this.#place.about)}` });
      this.#tell();
    }
  }

  /** A person says that what was begun for another account is for the one in use: nothing tells whether both are one person's. */
  moveHere(): void {
    const { id } = this.#deps.account;
    const { key, about, isElsewhere, other } = this.#place;
    // What is kept there would be lost.
    if (id !== undefined && isElsewhere && 'from' in about && other === undefined) {
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

  /** Leaves this where it is kept, and goes on with what is kept of the same for another account. */
  showOther(): void {
    const { other } = this.#place;
    if (other !== undefined) {
      this.#place.turn(other);
      this.#editing = undefined;
      this.#saving.dismiss();
      this.#begin();
      this.#learn();
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
      this.#deps.store.ofThisAccount().remove(editing.base.id);
    }
    this.#ended.fire(end);
    this.#tell();
    return end.kind === 'saved';
  }

  dispose(): void {
    disposeAll([...this.#subscriptions, this.#place, this.#changed, this.#ended]);
  }

  /** Begins with the schedule as it is, or with what was kept of it, once that is known. */
  #begin(): void {
    const { store } = this.#deps;
    const { about } = this.#place;
    const schedule = 'from' in about ? undefined : store.get(about.scheduleId);
    if ('from' in about || schedule || (this.#hasLooked && store.status.kind === 'ready')) {
      // A schedule that can be seen with several keys is the same one.
      const kept = this.#place.kept ?? (schedule && this.#place.bringHere());
      this.#editing = 'from' in about ? ScheduleEditing.ofNew(this.#draft, kept) : ScheduleEditing.of(schedule, kept);
      this.#isKept = kept !== undefined && this.#editing.isDirty && !this.#editing.sent;
    }
  }

  /** The schedules were read, or changed, or are those of another account. */
  #learn(): void {
    if (!this.#saving.isSaving) {
      const { store } = this.#deps;
      const { about } = this.#place;
      if (!this.#place.follow('scheduleId' in about && store.get(about.scheduleId) !== undefined)) {
        // What was typed with this key comes back.
        this.#editing = undefined;
      }
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
    } else {
      this.#lookForSent(editing);
    }
  }

  /** What was sent, and may exist, is that schedule once it is in the list. */
  #lookForSent(editing: ScheduleEditing): void {
    const { sent, isInDoubt } = editing;
    const made = sent && isInDoubt && cameOf(sent, this.#deps.store.all());
    if (made) {
      editing.saved(made, sent.form);
      this.#saving.dismiss();
      this.#savingChanged();
      this.#ended.fire({ kind: 'saved', isNew: true });
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

  /** Where that is open already or was written in before, what was changed since it was sent goes on there. */
  #become(editing: ScheduleEditing, about: FormAbout): void {
    const open = this.#deps.other(this, about);
    const kept = open ? undefined : this.#deps.kept.get(draftKey(this.#place.account, about));
    const written = kept && ScheduleEditing.of(editing.base, kept);
    const other = open ?? written;
    if (other && this.#saving.isSaving) {
      return;
    }
    if (editing.isDirty) {
      other?.change((form) => mergeForms(editing.start, form, editing.form).form);
    }
    this.#editing = open ? undefined : (written ?? editing);
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
