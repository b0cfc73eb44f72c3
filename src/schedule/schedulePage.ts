import { problemIn } from '../model/loadStatus';
import type { Clock } from '../oz/clock';
import { PageLoading } from '../platform/pageLoading';
import type { PageFiles } from '../platform/pageShell';
import { commonCommands, scheduleCommands } from './actCommands';
import { FormScreen, type FormScreenDeps, type ShownState } from './formScreen';
import { formTitle, isComplete } from './formView';
import { FreshSchedules, type SchedulesRead } from './freshSchedules';
import type { KeptForms } from './keptForms';
import type { PageHost, PanelPage } from './pageHost';
import { type ActName, aboutKey, type FromPage } from './protocol';
import { readFromPage } from './readFromPage';
import { type FormTarget, ScheduleEditing } from './scheduleEditing';
import type { ChangeForm } from './scheduleFields';
import { type SavingDeps, ScheduleSaving } from './scheduleSaving';

export interface SchedulePageDeps extends FormScreenDeps {
  host: PageHost;
  clock: Clock;
  client: SavingDeps['client'];
  store: SchedulesRead;
  kept: KeptForms;
}

/** Milliseconds without a change after which what was typed is kept. */
const settled = 200;

const nothingSaid = { showsAll: false, showsChanges: false, isKept: false, lacksServers: false };

/** The host's half of a form: what is typed is the page's, all else is decided here. */
export class SchedulePage implements PanelPage {
  readonly #loading: PageLoading;
  readonly #fresh: FreshSchedules;
  readonly #saving: ScheduleSaving;
  readonly #screen: FormScreen;
  readonly #subscriptions: { dispose(): void }[];
  #target: FormTarget;
  /** Undefined until the schedule was read. */
  #editing: ScheduleEditing | undefined;
  /** The schedules were read for one that was not known: what is not there now is not there. */
  #hasLooked = false;
  #said = nothingSaid;
  #stopKeeping: () => void = () => undefined;

  constructor(
    target: FormTarget,
    private readonly deps: SchedulePageDeps,
  ) {
    const { host, clock, store, fields, client } = deps;
    const show = (): void => {
      this.#show();
    };
    const learn = (): void => {
      this.#learn();
    };
    this.#target = target;
    this.#loading = new PageLoading(host, clock);
    this.#screen = new FormScreen(deps);
    this.#fresh = new FreshSchedules(store, clock, show);
    this.#saving = new ScheduleSaving({ client, clock, changed: show });
    this.#subscriptions = [store.onDidChange(learn), store.onDidChangeStatus(learn), fields.onDidChange(show)];
    this.#begin();
    if (!this.#editing) {
      host.attempt(async () => {
        await store.refresh();
        this.#hasLooked = true;
        this.#learn();
      });
    }
    host.setTitle(this.#title());
  }

  html(files: PageFiles, nonce: string): string {
    return this.#screen.html(this.#state(), this.#about(), files, nonce);
  }

  load(): void {
    this.#loading.load();
  }

  restart(): void {
    this.#loading.restart();
  }

  setVisible(visible: boolean): void {
    if (!visible) {
      this.#keep();
    }
    this.#fresh.setVisible(visible);
    this.#loading.setVisible(visible);
  }

  receive(value: unknown): void {
    const message = readFromPage(value);
    if (message) {
      this.#handle(message);
    }
  }

  dispose(): void {
    this.#keep();
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.#saving.choose(null);
    this.#fresh.dispose();
    this.#loading.dispose();
    this.deps.fields.dispose();
  }

  #handle(message: FromPage): void {
    const { fields } = this.deps;
    switch (message.type) {
      case 'ready':
        this.#screen.setZone(message.zone);
        this.#loading.ready();
        this.#show();
        return;
      case 'text':
        if (this.#screen.heard(message)) {
          this.#change((form) => ({ ...form, [message.field]: message.text }));
        }
        return;
      case 'enabled':
        this.#change((form) => ({ ...form, enabled: message.value }));
        return;
      case 'owner': {
        const team = message.value === 'default' ? undefined : message.value === 'team';
        this.#change((form) => ({ ...form, team }));
        return;
      }
      case 'act':
        this.#act(message.name);
        return;
      case 'option':
        this.#ask((change, form) => fields.askOption(message.item, form, change));
        return;
      case 'sides':
        this.#saving.choose(message.sides);
        return;
      case 'fix': {
        const cron = this.#screen.fix(this.#state(), message.item);
        if (cron !== undefined) {
          this.#change((form) => ({ ...form, cron }));
        }
        return;
      }
      case 'open':
      case 'showPaused':
        // Of the week.
        return;
    }
  }

  #act(name: ActName): void {
    const { host, fields, store } = this.deps;
    const editing = this.#editing;
    switch (name) {
      case 'save':
        host.attempt(() => this.#save());
        return;
      case 'discard':
        this.#discard();
        return;
      case 'revert':
      case 'takeTheirs':
      case 'keepMine':
      case 'undo':
        editing?.[name]();
        this.#changed();
        return;
      case 'dismiss':
        this.#saving.dismiss();
        editing?.forgetUndo();
        this.#say({ isKept: false, lacksServers: false });
        return;
      case 'showChanges':
        this.#say({ showsChanges: !this.#said.showsChanges });
        return;
      case 'chooseSkill':
        this.#ask((change) => fields.askSkill(change));
        return;
      case 'dropSkill':
        this.#change((form) => ({ ...form, skill: undefined }));
        return;
      case 'changeEnvironment':
        this.#ask((change, form) => fields.askEnvironment(form, change));
        return;
      case 'changeModel':
        this.#ask((change, form) => fields.askModel(form, change));
        return;
      case 'openSkill':
        this.#ask((_, { skill }) => (skill ? host.execute('agentRuns.openSkill', { spec: skill }) : nothing()));
        return;
      case 'reload':
        host.attempt(() => store.refresh());
        return;
      case 'delete':
        host.attempt(async () => {
          await this.#execute('agentRuns.deleteSchedule');
          if (this.#editing?.isGone) {
            this.#discard();
          }
        });
        return;
      case 'diagnose':
      case 'newSchedule':
      case 'pause':
      case 'resume':
      case 'runNow':
      case 'setKey':
      case 'showSchedules':
      case 'showWeek': {
        const [common, ofSchedule] = [commonCommands[name], scheduleCommands[name]];
        host.attempt(() => (common === undefined ? this.#execute(ofSchedule ?? '') : host.execute(common)));
        return;
      }
    }
  }

  /** Begins with the schedule as it is, or with what was kept of it, once that is known. */
  #begin(): void {
    const { store, kept } = this.deps;
    const target = this.#target;
    const schedule = 'from' in target ? undefined : store.get(target.scheduleId);
    const isKnown = 'from' in target || schedule !== undefined || (this.#hasLooked && store.status.kind === 'ready');
    if (!isKnown) {
      return;
    }
    const form = kept.get(this.#key(), schedule);
    const editing = 'from' in target ? ScheduleEditing.ofNew(target.draft, form) : ScheduleEditing.of(schedule, form);
    this.#editing = editing;
    this.#said = {
      ...nothingSaid,
      isKept: form !== undefined && editing.isDirty,
      lacksServers: form?.lacksServers ?? false,
    };
  }

  /** The schedules were read, or changed. */
  #learn(): void {
    const { store } = this.deps;
    if (!this.#editing) {
      this.#begin();
      this.#changed();
    } else if ('scheduleId' in this.#target && !this.#saving.isSaving && store.status.kind === 'ready') {
      this.#editing.learn(store.get(this.#target.scheduleId));
      this.#changed();
    }
  }

  #change(change: ChangeForm): void {
    this.#editing?.change(change);
    this.#said = { ...this.#said, isKept: false };
    this.#changed();
  }

  #ask(ask: (change: (how: ChangeForm) => void, form: ScheduleEditing['form']) => Promise<void>): void {
    const editing = this.#editing;
    if (editing) {
      const change = (how: ChangeForm): void => {
        this.#change(how);
      };
      this.deps.host.attempt(() => ask(change, editing.form));
    }
  }

  async #save(): Promise<void> {
    const { host, store, kept, words } = this.deps;
    const editing = this.#editing;
    if (!editing || this.#saving.isSaving || (editing.base && !editing.isDirty && !editing.isGone)) {
      return;
    }
    if (editing.isGone) {
      kept.forget(this.#key());
      this.#target = { draft: {}, from: `again:${this.#key()}` };
      editing.becomeNew();
      this.#tellAbout();
    }
    if (!isComplete(editing.form)) {
      this.#say({ showsAll: true });
      this.#screen.focusOnProblem(this.#state());
      return;
    }
    const before = this.#key();
    const end = await this.#saving.save(editing);
    if (end.kind === 'saved') {
      kept.forget(before);
      this.#said = nothingSaid;
      this.#target = { scheduleId: end.schedule.id };
      store.put(end.schedule);
      this.#tellAbout();
      host.post({ type: 'say', text: end.isNew ? words.t('The schedule was created.') : words.t('Saved.') });
    }
    this.#changed();
  }

  /** Gives up what was kept; of what is not there, nothing is left to be shown. */
  #discard(): void {
    this.deps.kept.forget(this.#key());
    if (!this.#editing || this.#editing.isGone) {
      this.#editing = undefined;
      this.deps.host.close();
      return;
    }
    this.#editing.revert();
    this.#say({ isKept: false, lacksServers: false });
  }

  #execute(command: string): Promise<void> {
    const scheduleId = this.#editing?.base?.id;
    return scheduleId === undefined ? nothing() : this.deps.host.execute(command, { scheduleId });
  }

  #tellAbout(): void {
    const { host } = this.deps;
    host.became(this.#about());
    host.post({ type: 'about', about: this.#about() });
  }

  #say(said: Partial<typeof nothingSaid>): void {
    this.#said = { ...this.#said, ...said };
    this.#changed();
  }

  /** Something is another now: it is kept soon, and shown at once. */
  #changed(): void {
    this.#stopKeeping();
    this.#stopKeeping = this.deps.clock.after(settled, () => {
      this.#keep();
    });
    this.#show();
  }

  #keep(): void {
    this.#stopKeeping();
    const toKeep = this.#editing?.toKeep;
    if (toKeep) {
      this.deps.kept.keep(this.#key(), toKeep);
    } else if (this.#editing) {
      this.deps.kept.forget(this.#key());
    }
  }

  #show(): void {
    this.deps.host.setTitle(this.#title());
    if (this.#loading.isReady) {
      this.#screen.show(this.#state());
    }
  }

  #state(): ShownState {
    const { isSaving, conflicts, problem } = this.#saving;
    return {
      ...this.#said,
      editing: this.#editing,
      isNew: 'from' in this.#target,
      isSaving: isSaving && conflicts === undefined,
      saveProblem: problem,
      conflicts,
      readProblem: problemIn(this.deps.store.status),
    };
  }

  #title(): string {
    const name = formTitle(this.#editing, this.deps.words);
    return this.#editing?.isDirty ? `● ${name}` : name;
  }

  #about(): { scheduleId: string } | { from: string } {
    return 'from' in this.#target ? { from: this.#target.from } : { scheduleId: this.#target.scheduleId };
  }

  #key(): string {
    return aboutKey(this.#about());
  }
}

function nothing(): Promise<void> {
  return Promise.resolve();
}
