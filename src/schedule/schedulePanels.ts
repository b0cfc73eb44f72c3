// The entry of a bundle of its own, loaded when a schedule is opened first.
import * as vscode from 'vscode';
import type { Clock } from '../oz/clock';
import { cronFindingWords, withInstead } from '../platform/cronFindingWords';
import type { Log } from '../platform/log';
import type { PageFiles } from '../platform/pageShell';
import { problemWords } from '../platform/problemWords';
import type { SchedulesRead } from './freshSchedules';
import type { PageHost, PanelPage } from './pageHost';
import { aboutKey, type PageAbout } from './protocol';
import { KeptForms } from './keptForms';
import type { FormTarget } from './scheduleEditing';
import type { ScheduleFields } from './scheduleFields';
import { SchedulePage } from './schedulePage';
import { SchedulePanel } from './schedulePanel';
import type { SavingDeps } from './scheduleSaving';
import type { ScheduleWords } from './scheduleWords';
import { WeekPage } from './weekPage';

export type { FormTarget } from './scheduleEditing';

export interface SchedulePanelsDeps {
  client: SavingDeps['client'];
  clock: Clock;
  /** The one that the Schedules view has. */
  store: SchedulesRead;
  /** Made anew for each form. */
  fields: () => ScheduleFields;
  /** Comes from the bundle of the schedules. */
  cronInWords: ScheduleWords['cronInWords'];
  extensionUri: vscode.Uri;
  /** What was typed goes there. */
  memento: vscode.Memento;
  log: Pick<Log, 'error'>;
}

/** As in `activationEvents` and the serializer. */
const viewType = 'agentRuns.schedule';

/** The open schedules, one panel for each, for each new one by where it comes from, and one for the week. */
export class SchedulePanels implements vscode.Disposable {
  readonly #panels = new Map<string, SchedulePanel>();
  readonly #deps: SchedulePanelsDeps;
  readonly #kept: KeptForms;
  readonly #words: ScheduleWords;
  /** The same for all panels. */
  #files: Promise<PageFiles> | undefined;

  constructor(deps: SchedulePanelsDeps) {
    this.#deps = deps;
    this.#kept = new KeptForms(deps.memento);
    this.#words = {
      t: vscode.l10n.t,
      language: vscode.env.language,
      ...{ problemWords, cronFindingWords, withInstead, cronInWords: deps.cronInWords },
    };
  }

  /** Shows a schedule, or a new one, in the panel that it has or in a new one. */
  async openSchedule(target: FormTarget): Promise<void> {
    await this.#open(aboutOf(target), (host) => this.#form(target, host));
  }

  /** Shows when all schedules run. */
  async openWeek(): Promise<void> {
    await this.#open({ week: true }, (host) => this.#week(host));
  }

  /** Gives a panel of the last window its page again. `state` is what the page kept. */
  async restore(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const about = keptAbout(state);
    if (!about || this.#panels.has(aboutKey(about))) {
      panel.dispose();
      return;
    }
    await this.#fill(panel, about, (host) =>
      'week' in about ? this.#week(host) : this.#form('from' in about ? { ...about, draft: {} } : about, host),
    );
  }

  dispose(): void {
    for (const panel of this.#panels.values()) {
      panel.dispose();
    }
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
    // Its HTML has all that it needs: it may load nothing.
    panel.webview.options = { enableScripts: true, localResourceRoots: [] };
    panel.iconPath = vscode.Uri.joinPath(this.#deps.extensionUri, 'media', 'schedule.svg');
    let key = aboutKey(about);
    const made = new SchedulePanel(panel, makePage, {
      log: this.#deps.log,
      became: (other) => {
        this.#panels.delete(key);
        key = aboutKey(other);
        this.#panels.set(key, made);
      },
    });
    this.#panels.set(key, made);
    panel.onDidDispose(() => {
      this.#panels.delete(key);
      made.dispose();
    });
    this.#files ??= this.#read();
    await made.start(this.#files);
  }

  #form(target: FormTarget, host: PageHost): PanelPage {
    const { client, clock, store, fields } = this.#deps;
    return new SchedulePage(target, {
      host,
      client,
      clock,
      store,
      fields: fields(),
      ...this.#common(),
      kept: this.#kept,
    });
  }

  #week(host: PageHost): PanelPage {
    const { clock, store, memento } = this.#deps;
    return new WeekPage({ host, clock, store, memento, ...this.#common() });
  }

  #common(): { words: ScheduleWords; zone: string } {
    return { words: this.#words, zone: new Intl.DateTimeFormat().resolvedOptions().timeZone };
  }

  async #read(): Promise<PageFiles> {
    const dist = vscode.Uri.joinPath(this.#deps.extensionUri, 'dist');
    const text = async (name: string): Promise<string> =>
      new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(dist, name)));
    const [style, script] = await Promise.all([text('schedule-style.css'), text('schedule.js')]);
    return { style, script, language: vscode.env.language };
  }
}

function aboutOf(target: FormTarget): PageAbout {
  return 'from' in target ? { from: target.from } : { scheduleId: target.scheduleId };
}

/** What the page kept, which anything may have become of. */
function keptAbout(state: unknown): PageAbout | undefined {
  const member = (name: string): unknown =>
    typeof state === 'object' && state !== null ? Reflect.get(state, name) : undefined;
  const [scheduleId, from] = [member('scheduleId'), member('from')];
  if (member('week') === true) {
    return { week: true };
  }
  if (typeof scheduleId === 'string') {
    return { scheduleId };
  }
  return typeof from === 'string' ? { from } : undefined;
}
