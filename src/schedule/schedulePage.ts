import { type Disposable, disposeAll } from '../model/emitter';
import { FreshSchedules, type WindowFocus } from '../model/freshSchedules';
import { problemIn } from '../model/loadStatus';
import type { ChangeForm } from '../model/scheduleFields';
import type { PersonsZone } from '../model/personsZone';
import type { FormTarget } from '../model/scheduleForm';
import type { ScheduleHealths } from '../model/scheduleHealths';
import type { Clock } from '../oz/clock';
import type { PageFiles } from '../platform/pageShell';
import { aboutKey } from './about';
import { type ActingPage, actOn } from './formActs';
import type { FormDraft } from './formDraft';
import type { FormDrafts } from './formDrafts';
import { isComplete } from './formProblems';
import { FormScreen, type FormScreenDeps, type ShownState } from './formScreen';
import { formTitle } from './formView';
import { LongWait } from './longWait';
import type { PageHost, PanelPage, SchedulesRead } from './pageHost';
import type { FormPart, FromPage } from './protocol';
import { readFromPage } from './readFromPage';
import type { SavingEnd } from './scheduleSaving';

export interface SchedulePageDeps extends FormScreenDeps {
  host: PageHost;
  clock: Clock;
  store: SchedulesRead;
  drafts: FormDrafts;
  zone: PersonsZone;
  focus: WindowFocus;
  healths: Pick<ScheduleHealths, 'of'>;
}

/** The host's half of a form: what is typed is the page's, all else is decided here. */
export class SchedulePage implements PanelPage {
  readonly #fresh: FreshSchedules;
  readonly #screen: FormScreen;
  readonly #wait: LongWait;
  readonly #draft: FormDraft;
  readonly #acting: ActingPage;
  readonly #subscriptions: Disposable[];
  /** What the page is known to be about. */
  #about: string;
  /** Somebody wanted to save it: what is missing is said from then on. */
  #showsAll = false;
  #showsChanges = false;
  /** Where the person is brought to. */
  #goal: FormPart | undefined;
  #isDisposed = false;

  constructor(
    target: FormTarget,
    private readonly deps: SchedulePageDeps,
  ) {
    const { host, clock, store, fields, drafts, zone, focus, words } = deps;
    const show = (): void => {
      this.#show();
    };
    this.#draft = drafts.open(target);
    this.#about = aboutKey(this.#draft.place.about);
    this.#screen = new FormScreen(deps);
    this.#wait = new LongWait(clock, (text) => {
      host.post({ type: 'say', text });
    });
    this.#fresh = new FreshSchedules(store, clock, focus, show);
    const ended = this.#draft.onDidEnd((end) => {
      this.#ended(end);
    });
    this.#subscriptions = [this.#draft.onDidChange(show), ended, fields.onDidChange(show), zone.onDidChange(show)];
    this.#acting = {
      ...{ draft: this.#draft, host, fields, store, words, save: () => this.#save() },
      toggleChanges: () => {
        this.#showsChanges = !this.#showsChanges;
        show();
      },
      ask: (how, part) => {
        this.#ask(how, part);
      },
    };
    host.setTitle(this.#title());
  }

  html(files: PageFiles, nonce: string): string {
    return this.#screen.html(this.#state(), this.#draft.place.about, files, nonce);
  }

  setVisible(visible: boolean): void {
    this.#draft.isSeen = visible;
    if (!visible) {
      void this.#draft.place.keep();
    }
    this.#fresh.setVisible(visible);
  }

  focusOn(part: FormPart): void {
    this.#goal = part;
    this.#show();
  }

  save(): void {
    this.deps.host.attempt(() => this.#save());
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
    disposeAll(this.#subscriptions);
    this.deps.drafts.leave(this.#draft);
    this.#wait.dispose();
    this.#fresh.dispose();
    this.deps.fields.dispose();
  }

  #handle(message: FromPage): void {
    const { host, fields } = this.deps;
    const draft = this.#draft;
    switch (message.type) {
      case 'ready':
        this.deps.zone.note(message.zone);
        host.loading.ready();
        // It may have become another while the page was hidden, and heard nothing.
        host.post({ type: 'about', about: draft.place.about });
        this.#screen.begin();
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
      case 'act':
        // Whoever begins anew is still writing.
        this.#showsAll &&= message.name !== 'revert' && message.name !== 'discard';
        actOn(this.#acting, message.name);
        return;
      case 'option':
        this.#ask((change, form) => fields.askOption(message.item, form, change));
        return;
      case 'sides':
        draft.saving.answer(message.sides);
        return;
      case 'open':
      case 'showPaused':
        // Of the week.
        return;
    }
  }

  #ask(ask: Parameters<ActingPage['ask']>[0], part?: FormPart): void {
    const form = this.#draft.editing?.form;
    if (form) {
      const change = (how: ChangeForm): void => {
        // A list may stay open longer than the page.
        if (!this.#isDisposed) {
          this.#draft.change(how);
        }
      };
      this.deps.host.attempt(async () => {
        await ask(change, form);
        if (part && !this.#isDisposed) {
          this.focusOn(part);
        }
      });
    }
  }

  async #save(): Promise<boolean> {
    const { editing } = this.#draft;
    if (!editing || !this.#draft.canSave) {
      return false;
    }
    if (isComplete(editing)) {
      return this.#draft.save();
    }
    this.#showsAll = true;
    this.#show();
    this.#screen.focusOnProblem(this.#state());
    return false;
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
    const { host, words } = this.deps;
    const { about } = this.#draft.place;
    if (aboutKey(about) !== this.#about) {
      this.#about = aboutKey(about);
      host.post({ type: 'about', about });
      host.became(about);
    }
    if (this.#isDisposed) {
      return;
    }
    host.setTitle(this.#title());
    if (host.loading.isReady) {
      const state = this.#state();
      this.#screen.show(state);
      const isReading = !state.editing && state.readProblem === undefined;
      this.#wait.words = state.isSaving ? words.t('Saving…') : isReading ? words.t('Loading…') : '';
      if (this.#goal !== undefined && this.#draft.editing) {
        host.post({ type: 'focus', part: this.#goal });
        this.#goal = undefined;
      }
    }
  }

  #state(): ShownState {
    const { editing, saving, isKept, canSave } = this.#draft;
    const { about, isElsewhere, other } = this.#draft.place;
    const { isSaving, isStopping, question, problem, kept } = saving;
    const { store, healths } = this.deps;
    const schedule = editing?.theirs ?? editing?.base;
    return {
      ...{ editing, isKept, canSave, isElsewhere, hasOther: other !== undefined, isStopping, question },
      ...{ showsAll: this.#showsAll, showsChanges: this.#showsChanges },
      isNew: 'from' in about,
      isLikely: 'from' in about && /^(?:new|skill )/.test(about.from),
      isSaving: isSaving && question === undefined,
      saveProblem: problem,
      keptOfOthers: kept,
      readProblem: problemIn(store.status),
      health: schedule && healths.of(schedule),
      runs: store.pastRuns(editing?.base?.id ?? '')?.runs ?? [],
    };
  }

  #title(): string {
    const { editing } = this.#draft;
    const name = formTitle(editing, this.deps.words);
    return editing?.isDirty ? `● ${name}` : name;
  }
}
