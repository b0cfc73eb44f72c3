import { FreshSchedules } from '../model/freshSchedules';
import { problemIn } from '../model/loadStatus';
import type { ChangeForm } from '../model/scheduleFields';
import type { PersonsZone } from '../model/personsZone';
import type { FormTarget, ScheduleForm } from '../model/scheduleForm';
import type { Clock } from '../oz/clock';
import { PageLoading } from '../platform/pageLoading';
import type { PageFiles } from '../platform/pageShell';
import { type ActingPage, actOn } from './formActs';
import type { FormDraft } from './formDraft';
import type { FormDrafts } from './formDrafts';
import { isComplete } from './formProblems';
import { FormScreen, type FormScreenDeps, type ShownState } from './formScreen';
import { formTitle } from './formView';
import type { PageHost, PanelPage, SchedulesRead } from './pageHost';
import { aboutKey, type FromPage } from './protocol';
import { readFromPage } from './readFromPage';
import type { SavingEnd } from './scheduleSaving';

export interface SchedulePageDeps extends FormScreenDeps {
  host: PageHost;
  clock: Clock;
  store: SchedulesRead;
  drafts: FormDrafts;
  zone: PersonsZone;
}

/** The host's half of a form: what is typed is the page's, all else is decided here. */
export class SchedulePage implements PanelPage {
  readonly #loading: PageLoading;
  readonly #fresh: FreshSchedules;
  readonly #screen: FormScreen;
  readonly #draft: FormDraft;
  readonly #subscriptions: { dispose(): void }[];
  /** What the page is known to be about. */
  #about: string;
  /** Somebody wanted to save it: what is missing is said from then on. */
  #showsAll = false;
  #showsChanges = false;
  #isDisposed = false;

  constructor(
    target: FormTarget,
    private readonly deps: SchedulePageDeps,
  ) {
    const { host, clock, store, fields, drafts, zone } = deps;
    const show = (): void => {
      this.#show();
    };
    this.#draft = drafts.open(target);
    this.#about = aboutKey(this.#draft.place.about);
    this.#loading = new PageLoading(host, clock);
    this.#screen = new FormScreen(deps);
    this.#fresh = new FreshSchedules(store, clock, show);
    const ended = this.#draft.onDidEnd((end) => {
      this.#ended(end);
    });
    this.#subscriptions = [this.#draft.onDidChange(show), ended, fields.onDidChange(show), zone.onDidChange(show)];
    host.setTitle(this.#title());
  }

  html(files: PageFiles, nonce: string): string {
    return this.#screen.html(this.#state(), this.#draft.place.about, files, nonce);
  }

  load(): void {
    this.#loading.load();
  }

  restart(): void {
    this.#loading.restart();
  }

  setVisible(visible: boolean): void {
    if (!visible) {
      void this.#draft.keep();
    }
    this.#fresh.setVisible(visible);
    this.#loading.setVisible(visible);
  }

  receive(value: unknown): void {
    const message = readFromPage(value);
    if (message && !this.#isDisposed) {
      this.#handle(message);
    }
  }

  dispose(): void {
    if (this.#isDisposed) {
      return;
    }
    this.#isDisposed = true;
    for (const subscription of this.#subscriptions) {
      subscription.dispose();
    }
    this.deps.drafts.leave(this.#draft);
    this.#fresh.dispose();
    this.#loading.dispose();
    this.deps.fields.dispose();
  }

  #handle(message: FromPage): void {
    const { host, fields, store } = this.deps;
    const draft = this.#draft;
    switch (message.type) {
      case 'ready':
        this.deps.zone.note(message.zone);
        this.#loading.ready();
        this.#show();
        return;
      case 'text': {
        const text = this.#screen.heard(message);
        if (text !== undefined) {
          draft.change((form) => ({ ...form, [message.field]: text }));
        }
        return;
      }
      case 'enabled':
        draft.change((form) => ({ ...form, enabled: message.value }));
        return;
      case 'owner': {
        const team = message.value === 'default' ? undefined : message.value === 'team';
        draft.change((form) => ({ ...form, team }));
        return;
      }
      case 'act': {
        const save = (): void => {
          this.#save();
        };
        const toggleChanges = (): void => {
          this.#showsChanges = !this.#showsChanges;
          this.#show();
        };
        const ask: ActingPage['ask'] = (how) => {
          this.#ask(how);
        };
        // Whoever begins anew is still writing.
        this.#showsAll &&= message.name !== 'revert' && message.name !== 'discard';
        actOn({ draft, host, fields, store, save, toggleChanges, ask }, message.name);
        return;
      }
      case 'option':
        this.#ask((change, form) => fields.askOption(message.item, form, change));
        return;
      case 'sides':
        draft.saving.answer(message.sides);
        return;
      case 'fix': {
        const cron = this.#screen.fix(this.#state(), message.item);
        if (cron !== undefined) {
          draft.change((form) => ({ ...form, cron }));
        }
        return;
      }
      case 'open':
      case 'showPaused':
        // Of the week.
        return;
    }
  }

  #ask(ask: (change: (how: ChangeForm) => void, form: ScheduleForm) => Promise<void>): void {
    const form = this.#draft.editing?.form;
    if (form) {
      const change = (how: ChangeForm): void => {
        // A list may stay open longer than the page.
        if (!this.#isDisposed) {
          this.#draft.change(how);
        }
      };
      this.deps.host.attempt(() => ask(change, form));
    }
  }

  #save(): void {
    const { editing } = this.#draft;
    if (!editing || !this.#draft.canSave) {
      return;
    }
    if (isComplete(editing)) {
      this.deps.host.attempt(() => this.#draft.save());
      return;
    }
    this.#showsAll = true;
    this.#show();
    this.#screen.focusOnProblem(this.#state());
  }

  #ended(end: SavingEnd): void {
    const { host, words } = this.deps;
    if (end.kind === 'saved') {
      this.#showsAll = false;
      this.#showsChanges = false;
      this.#show();
      host.post({ type: 'say', text: end.isNew ? words.t('The schedule was created.') : words.t('Saved.') });
    }
  }

  #show(): void {
    const { host } = this.deps;
    const { about } = this.#draft.place;
    if (aboutKey(about) !== this.#about) {
      this.#about = aboutKey(about);
      host.became(about);
      host.post({ type: 'about', about });
    }
    host.setTitle(this.#title());
    if (this.#loading.isReady) {
      this.#screen.show(this.#state());
    }
  }

  #state(): ShownState {
    const { editing, saving, isKept } = this.#draft;
    const { about, isElsewhere } = this.#draft.place;
    const { isSaving, isStopping, question, problem, kept } = saving;
    const { store } = this.deps;
    return {
      ...{ editing, isKept, isElsewhere, isStopping, question },
      ...{ showsAll: this.#showsAll, showsChanges: this.#showsChanges },
      isNew: 'from' in about,
      isSaving: isSaving && question === undefined,
      saveProblem: problem,
      keptOfOthers: kept,
      readProblem: problemIn(store.status),
      readAt: store.readAt,
      runs: store.pastRuns(editing?.base?.id ?? '')?.runs ?? [],
    };
  }

  #title(): string {
    const { editing } = this.#draft;
    const name = formTitle(editing, this.deps.words);
    return editing?.isDirty ? `● ${name}` : name;
  }
}
