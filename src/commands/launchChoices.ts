import * as vscode from 'vscode';
import type { TitleButton } from './chooseItem';
import { EnvironmentChoice } from './environmentChoice';
import { type Answer, type AnswerParts, fromSettings } from './launchAnswer';
import type { LastChoices } from './launchMemory';
import { ModelChoice } from './modelChoice';

/** The environment and the model of one launch. The lists load meanwhile: what is shown is what is sent, at any time. */
export class LaunchChoices {
  readonly #parts: AnswerParts;
  readonly #environment: EnvironmentChoice;
  readonly #model: ModelChoice;

  constructor(parts: AnswerParts) {
    this.#parts = parts;
    this.#environment = new EnvironmentChoice(parts);
    this.#model = new ModelChoice(parts);
    this.#load();
  }

  get isLoading(): boolean {
    return this.#lists.some(({ isLoading }) => isLoading);
  }

  get environment(): Answer {
    return this.#environment.answer;
  }

  get model(): Answer {
    return this.#model.answer;
  }

  /** What a person chose here or before, to be remembered once it was launched. */
  get answers(): LastChoices {
    const { last, settings } = this.#parts;
    const named = { ...last.named };
    for (const [kind, { choice, from }] of [
      ['environment', this.environment],
      ['model', this.model],
    ] as const) {
      if (from === fromSettings()) {
        named[kind] = { words: settings[kind], choice };
      }
    }
    return {
      environment: this.#environment.chosen ?? last.environment,
      model: this.#model.chosen ?? last.model,
      ...(Object.keys(named).length > 0 && { named }),
    };
  }

  async pickEnvironment(): Promise<void> {
    this.#loadWhatFailed();
    await this.#environment.pick(this.#refreshButton());
  }

  async pickModel(): Promise<void> {
    this.#loadWhatFailed();
    await this.#model.pick(this.#refreshButton());
  }

  get #lists(): readonly Pick<EnvironmentChoice['list'], 'isLoading' | 'hasFailed' | 'load'>[] {
    return [this.#environment.list, this.#model.list];
  }

  #refreshButton(): TitleButton {
    return {
      button: { iconPath: new vscode.ThemeIcon('refresh'), tooltip: vscode.l10n.t('Refresh') },
      click: () => {
        this.#parts.catalog.refresh();
        this.#load();
      },
    };
  }

  #load(): void {
    for (const list of this.#lists) {
      list.load();
    }
  }

  #loadWhatFailed(): void {
    for (const list of this.#lists.filter(({ hasFailed }) => hasFailed)) {
      list.load();
    }
  }
}
