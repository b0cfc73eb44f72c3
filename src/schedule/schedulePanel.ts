import * as vscode from 'vscode';
import type { Log } from '../platform/log';
import { attempt } from '../platform/showErrors';
import { WebPanel } from '../platform/webPanel';
import type { PageHost, PanelPage } from './pageHost';
import type { FormPart, PageAbout, ToPage } from './protocol';

export interface SchedulePanelDeps {
  log: Log;
  /** The panel is about something else from now on. */
  became: (about: PageAbout) => void;
}

/** One panel of the editor area: the wiring between VS Code and a page. */
export class SchedulePanel extends WebPanel<PanelPage, ToPage> implements PageHost {
  protected readonly page: PanelPage;

  constructor(
    panel: vscode.WebviewPanel,
    makePage: (host: PageHost) => PanelPage,
    private readonly deps: SchedulePanelDeps,
  ) {
    super(panel);
    this.page = makePage(this);
    this.showVisibility();
  }

  reveal(): void {
    this.panel.reveal();
  }

  save(): void {
    this.page.save?.();
  }

  focusOn(part: FormPart): void {
    this.page.focusOn?.(part);
  }

  gaveUp(): void {
    this.attempt(async () => {
      const again = vscode.l10n.t('Reload');
      const words = vscode.l10n.t('The page did not come up. What was typed is kept.');
      if ((await vscode.window.showWarningMessage(words, again)) === again && !this.isDisposed) {
        this.page.restart();
      }
    });
  }

  async execute(command: string, argument?: Record<string, unknown>): Promise<void> {
    await vscode.commands.executeCommand(command, ...(argument ? [argument] : []));
  }

  attempt(work: () => Promise<unknown>): void {
    attempt('schedule', work, this.deps.log);
  }

  async choose(question: string, detail: string, answers: readonly string[]): Promise<string | undefined> {
    const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, ...answers);
    this.focus();
    return answer;
  }

  focus(): void {
    // Whoever is elsewhere by now stays there.
    if (this.isActive) {
      this.reveal();
    }
  }

  became(about: PageAbout): void {
    if (!this.isDisposed) {
      this.deps.became(about);
    }
  }

  close(): void {
    this.panel.dispose();
  }
}
