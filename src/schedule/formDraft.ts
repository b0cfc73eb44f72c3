import { type Disposable, Emitter } from '../model/emitter';
import { cameOf } from '../model/scheduleCreation';
import type { FormTarget, ScheduleForm } from '../model/scheduleForm';
import type { Clock } from '../oz/clock';
import { clientOf, noAccount } from './accountInUse';
import { DraftPlace, type DraftPlaceDeps } from './draftPlace';
import type { SchedulesRead } from './pageHost';
import { aboutKey } from './protocol';
import { ScheduleEditing } from './scheduleEditing';
import { type SavingDeps, type SavingEnd, ScheduleSaving } from './scheduleSaving';

export interface FormDraftDeps extends DraftPlaceDeps {
  client: SavingDeps['client'];
  clock: Clock;
  store: SchedulesRead;
}

/** Milliseconds without a change after which what was typed is kept. */
const settled = 200;

/**
 * What is written for one schedule of one account, from when its page is opened until that is closed and nothing is being
 * saved any more. It is kept while it is not saved.
 */
export class FormDraft implements Disposable {
  readonly #deps: FormDraftDeps;
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
  #stopKeeping: () => void = () => undefined;

  readonly onDidChange = this.#changed.event;
  /** A save ended, or what was sent before was found. */
  readonly onDidEnd = this.#ended.event;

  constructor(target: FormTarget, deps: FormDraftDeps) {
    const { client, clock, store, account } = deps;
    const learn = (): void => {
      this.#learn();
    };
    this.#deps = deps;
    this.#place = new DraftPlace(target, deps);
    this.#saving = new ScheduleSaving({
      ...{ client: clientOf(client, account, () => this.#place.account), clock },
      changed: () => {
        this.#savingChanged();
      },
      keep: () => this.keep(),
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

  get place(): Pick<DraftPlace, 'key' | 'about' | 'isElsewhere'> {
    return this.#place;
  }

  get editing(): ScheduleEditing | undefined {
    return this.#editing;
  }

  get saving(): Omit<ScheduleSaving, 'save' | 'dismiss'> {
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
      void this.keep();
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
      this.#move({ draft: {}, from: `again ${aboutKey(this.#place.about)}` });
      this.#tell();
    }
  }

  /** What was begun for another account is for the one in use from now on. */
  moveHere(): void {
    const { id } = this.#deps.account;
    if (id !== undefined && 'from' in this.#place.target) {
      this.#move(this.#place.target, id);
      this.#tell();
    }
  }

  async save(): Promise<void> {
    const { editing } = this;
    if (!editing || !this.canSave) {
      return;
    }
    this.#isKept = false;
    const end = await this.#saving.save(editing);
    void this.keep();
    if (end.kind === 'saved') {
      this.#deps.store.put(end.schedule);
    }
    this.#ended.fire(end);
    this.#tell();
  }

  /** Keeps what is not saved; ends when it is kept. */
  async keep(): Promise<void> {
    this.#stopKeeping();
    if (this.#editing) {
      await this.#place.keep(this.#editing.toKeep);
    }
  }

  dispose(): void {
    this.#stopKeeping();
    for (const subscription of [...this.#subscriptions, this.#changed, this.#ended]) {
      subscription.dispose();
    }
  }

  /** Begins with the schedule as it is, or with what was kept of it, once that is known. */
  #begin(): void {
    const { store } = this.#deps;
    const { target } = this.#place;
    const schedule = 'from' in target ? undefined : store.get(target.scheduleId);
    if ('from' in target || schedule || (this.#hasLooked && store.status.kind === 'ready')) {
      const { kept } = this.#place;
      this.#editing = 'from' in target ? ScheduleEditing.ofNew(target.draft, kept) : ScheduleEditing.of(schedule, kept);
      this.#isKept = kept !== undefined && this.#editing.isDirty && !this.#editing.sent;
    }
  }

  /** The schedules were read, or changed, or are those of another account. */
  #learn(): void {
    if (!this.#saving.isSaving) {
      this.#moveAlong();
      if (!this.#editing) {
        this.#begin();
      } else if (this.#place.isHere && this.#deps.store.status.kind === 'ready') {
        this.#learnOf(this.#editing);
      }
    }
    this.#tell();
  }

  #learnOf(editing: ScheduleEditing): void {
    const { store } = this.#deps;
    const { target } = this.#place;
    if ('scheduleId' in target) {
      editing.learn(store.get(target.scheduleId));
      return;
    }
    const { sent } = editing;
    const all = sent ? store.ids().flatMap((id) => store.get(id) ?? []) : [];
    const made = sent && cameOf(sent, all);
    if (made) {
      editing.saved(made, sent.form);
      this.#saving.dismiss();
      this.#savingChanged();
      this.#ended.fire({ kind: 'saved', schedule: made, isNew: true });
    }
  }

  /** A new key may be one of the same account, which has the schedule then; and what says nothing yet is nobody's. */
  #moveAlong(): void {
    const { account, store } = this.#deps;
    const { target, isElsewhere } = this.#place;
    const isNobodys =
      this.#place.account === noAccount || !this.#editing || ('from' in target && !this.#editing.toKeep);
    const isThere =
      'scheduleId' in target && store.status.kind === 'ready' && store.get(target.scheduleId) !== undefined;
    if (isElsewhere && account.id !== undefined && (isThere || isNobodys)) {
      this.#move(target, account.id);
    }
  }

  /** What was made is that schedule from then on; what saving asks is answered with no where nobody is there to answer. */
  #savingChanged(): void {
    const { base } = this.#editing ?? {};
    if (base && 'from' in this.#place.target) {
      this.#move({ scheduleId: base.id });
    }
    if (!this.#isAttended) {
      this.#saving.answer(null);
    }
    this.#tell();
  }

  #move(target: FormTarget, account?: string): void {
    this.#place.move(this.#editing?.toKeep, target, account);
  }

  /** Something is another now: it is kept soon, and shown at once. */
  #tell(): void {
    this.#stopKeeping();
    if (this.#isAttended) {
      this.#stopKeeping = this.#deps.clock.after(settled, () => {
        void this.keep();
      });
    }
    this.#changed.fire(undefined);
  }
}
