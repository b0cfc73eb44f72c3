import * as vscode from 'vscode';
import type { ReadOnlyText } from '../platform/readOnlyText';
import { WebPanel, type WebPanelDeps } from '../platform/webPanel';
import type { PageAbout } from './about';
import type { ComparedTexts } from './comparedTexts';
import type { PageHost, PanelPage } from './pageHost';
import type { FormPart, ToPage } from './protocol';

export interface SchedulePanelDeps extends WebPanelDeps {
  /** The panel is about something else from now on. */
  became: (about: PageAbout) => void;
  texts: Pick<ReadOnlyText, 'add'>;
}

/** One panel of the editor area: the wiring between VS Code and a page. */
export class SchedulePanel extends WebPanel<PanelPage, ToPage> implements PageHost {
  protected readonly part = 'schedule';
  protected readonly notUp = vscode.l10n.t('The page did not come up. What was typed is kept.');
  protected readonly page: PanelPage;

  constructor(
    panel: vscode.WebviewPanel,
    makePage: (host: PageHost) => PanelPage,
    private readonly deps: SchedulePanelDeps,
  ) {
    super(panel, deps);
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

  async execute(command: string, argument?: Record<string, unknown>): Promise<void> {
    await vscode.commands.executeCommand(command, ...(argument ? [argument] : []));
  }

  async choose(question: string, detail: string, answers: readonly string[]): Promise<string | undefined> {
    const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, ...answers);
    this.focus();
    return answer;
  }

  async compare({ title, left, right }: ComparedTexts): Promise<void> {
    const { texts } = this.deps;
    const [before, after] = [left, right].map((text) => texts.add('prompt.txt', text));
    await vscode.commands.executeCommand('vscode.diff', before, after, title, { preview: true });
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
