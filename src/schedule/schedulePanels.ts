// The entry of a bundle of its own, loaded when a schedule is opened first.
import * as vscode from 'vscode';
import { disposeAll, type Event } from '../model/emitter';
import type { WindowFocus } from '../model/freshSchedules';
import type { Clock } from '../oz/clock';
import type { Schedule } from '../oz/types';
import { memberOf } from '../oz/json';
import { once } from '../platform/atFirstUse';
import { cronFindingWords, withInstead } from '../platform/cronFindingWords';
import type { Log } from '../platform/log';
import { readPageFiles } from '../platform/pageFiles';
import { problemWords } from '../platform/problemWords';
import { attempt } from '../platform/showErrors';
import { windowFocus } from '../platform/windowFocus';
import type { PageHost, PanelPage, SchedulesRead } from './pageHost';
import { aboutKey, aboutOf, type PageAbout } from './about';
import { AccountInUse } from './accountInUse';
import { askWords, endWords, leftWords } from './endWords';
import type { FormDraft } from './formDraft';
import { FormDrafts } from './formDrafts';
import { KeptForms } from './keptForms';
import type { PersonsZone } from '../model/personsZone';
import type { FormTarget } from '../model/scheduleForm';
import type { ScheduleHealths } from '../model/scheduleHealths';
import type { ScheduleFields } from '../model/scheduleFields';
import { SchedulePage } from './schedulePage';
import { SchedulePanel, type SchedulePanelDeps } from './schedulePanel';
import type { SavingDeps } from './scheduleSaving';
import type { ScheduleWords } from './scheduleWords';
import { WeekPage } from './weekPage';

export interface SchedulePanelsDeps {
  client: SavingDeps['client'];
  clock: Clock;
  /** The id of the account in use, once nothing of the one before is left; undefined where there is no key. */
  account: () => Promise<string | undefined>;
  /** Another key or base URL is in use. */
  onDidChangeAccount: Event<unknown>;
  /** The one that the Schedules view has. */
  store: SchedulesRead;
  /** The service answered that the account in use made it. */
  created: (schedule: Schedule) => void;
  zone: PersonsZone;
  healths: Pick<ScheduleHealths, 'of'>;
  /** Made anew for each form. */
  fields: () => ScheduleFields;
  /** Comes from the bundle of the schedules. */
  cronInWords: ScheduleWords['cronInWords'];
  extensionUri: vscode.Uri;
  /** What was typed goes there. */
  memento: vscode.Memento;
  log: Log;
  /** Texts that are shown as read-only editors. */
  texts: SchedulePanelDeps['texts'];
}

/** As in `activationEvents` and the serializer. */
const viewType = 'agentRuns.schedule';

type Show = (words: string, ...buttons: string[]) => Thenable<string | undefined>;

/** Milliseconds that a message is shown in the status bar. */
const readingTime = 8000;

/** The open schedules, one panel for each, for each new one by where it comes from, and one for the week. */
export class SchedulePanels implements vscode.Disposable {
  readonly #panels = new Map<string, SchedulePanel>();
  readonly #deps: SchedulePanelsDeps;
  readonly #account: AccountInUse;
  readonly #drafts: FormDrafts;
  readonly #words: ScheduleWords;
  /** The same for all panels. */
  readonly #files = once(() => readPageFiles(this.#deps.extensionUri, 'schedule'));

  constructor(deps: SchedulePanelsDeps) {
    this.#deps = deps;
    const { client, clock, store, created, memento } = deps;
    this.#account = new AccountInUse(deps.account, deps.onDidChangeAccount);
    this.#drafts = new FormDrafts({
      ...{ client, clock, store, created, account: this.#account, kept: new KeptForms(memento) },
      left: (draft) => {
        const words = leftWords(draft, this.#words);
        if (draft.editing?.isGone) {
          // No row leads there any more.
          this.#tell(draft, words, vscode.window.showWarningMessage);
        } else {
          vscode.window.setStatusBarMessage(words, readingTime);
        }
      },
      ended: (draft, end) => {
        const { words, isError } = endWords(draft, end, this.#words);
        this.#tell(draft, words, isError ? vscode.window.showErrorMessage : vscode.window.showInformationMessage);
      },
      asks: (draft) => {
        this.#tell(draft, askWords(draft, this.#words), vscode.window.showWarningMessage);
      },
    });
    this.#words = {
      t: vscode.l10n.t,
      language: vscode.env.language,
      ...{ problemWords, cronFindingWords, withInstead, cronInWords: deps.cronInWords },
    };
  }

  /** Shows a schedule, or a new one, in the panel that it has or in a new one. */
  async openSchedule(wanted: FormTarget): Promise<void> {
    await this.#account.known();
    const target = this.#drafts.targetFor(wanted);
    const about = aboutOf(target);
    await this.#open(about, (host) => this.#form(target, host));
    if ('scheduleId' in wanted && wanted.field !== undefined) {
      this.#panels.get(aboutKey(about))?.focusOn(wanted.field);
    }
  }

  /** Shows when all schedules run. */
  async openWeek(): Promise<void> {
    await this.#open({ week: true }, (host) => this.#week(host));
  }

  /** Saves what is written in the panel that is in use. */
  save(): void {
    [...this.#panels.values()].find(({ isActive }) => isActive)?.save();
  }

  /** Whether changes of the schedule are not saved, be they open or kept. */
  async hasUnsavedChanges(scheduleId: string): Promise<boolean> {
    await this.#account.known();
    return this.#drafts.hasUnsavedChanges(scheduleId);
  }

  /** Gives a panel of the last window its page again. `state` is what the page kept. */
  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const about = keptAbout(state);
    await this.#account.known();
    if (!about || this.#panels.has(aboutKey(about))) {
      panel.dispose();
      return;
    }
    await this.#fill(panel, about, (host) =>
      'week' in about ? this.#week(host) : this.#form('from' in about ? { ...about, draft: {} } : about, host),
    );
  }

  dispose(): void {
    disposeAll(this.#panels.values());
    this.#drafts.dispose();
    this.#account.dispose();
  }

  async #open(about: PageAbout, makePage: (host: PageHost) => PanelPage): Promise<void> {
    const known = this.#panels.get(aboutKey(about));
    if (known) {
      known.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(viewType, vscode.l10n.t('Schedule'), vscode.ViewColumn.Active, {
      enableFindWidget: false,
    });
    await this.#fill(panel, about, makePage);
  }

  async #fill(panel: vscode.WebviewPanel, about: PageAbout, makePage: (host: PageHost) => PanelPage): Promise<void> {
    panel.iconPath = vscode.Uri.joinPath(this.#deps.extensionUri, 'media', 'schedule.svg');
    let key = aboutKey(about);
    const { clock, log, texts } = this.#deps;
    const made = new SchedulePanel(panel, makePage, {
      ...{ clock, log, texts },
      became: (other) => {
        this.#panels.delete(key);
        key = aboutKey(other);
        const open = this.#panels.get(key);
        if (!open) {
          this.#panels.set(key, made);
          return;
        }
        // Whoever is elsewhere by now stays there.
        if (made.isActive) {
          open.reveal();
        }
        made.dispose();
      },
    });
    this.#panels.set(key, made);
    panel.onDidDispose(() => {
      if (this.#panels.get(key) === made) {
        this.#panels.delete(key);
      }
      made.dispose();
    });
    await made.start(this.#files());
  }

  #form(target: FormTarget, host: PageHost): PanelPage {
    const { clock, store, healths, fields } = this.#deps;
    const deps = { host, clock, store, healths, fields: fields(), drafts: this.#drafts };
    return new SchedulePage(target, { ...deps, ...this.#common() });
  }

  /** Of a draft whose page is not in sight. */
  #tell(draft: FormDraft, words: string, show: Show): void {
    const open = vscode.l10n.t('Open');
    attempt(
      'schedule',
      async () => {
        if ((await show(words, open)) === open) {
          const { about } = draft.place;
          await this.openSchedule('from' in about ? { ...about, draft: {} } : about);
        }
      },
      this.#deps.log,
    );
  }

  #week(host: PageHost): PanelPage {
    const { clock, store, healths, memento } = this.#deps;
    return new WeekPage({ host, clock, store, healths, memento, ...this.#common() });
  }

  #common(): { words: ScheduleWords; zone: PersonsZone; focus: WindowFocus } {
    return { words: this.#words, zone: this.#deps.zone, focus: windowFocus };
  }
}

/** What the page kept, which anything may have become of. */
function keptAbout(state: unknown): PageAbout | undefined {
  const member = (name: string): unknown => memberOf(state, name);
  const [scheduleId, from] = [member('scheduleId'), member('from')];
  if (member('week') === true) {
    return { week: true };
  }
  if (typeof scheduleId === 'string') {
    return { scheduleId };
  }
  return typeof from === 'string' ? { from } : undefined;
}
