import * as vscode from 'vscode';
import type { Clock } from '../oz/clock';
import type { TitleButton } from './chooseItem';
import { EnvironmentChoice } from './environmentChoice';
import { type Answer, type AnswerParts, fromSettings } from './launchAnswer';
import type { LastChoices } from './launchMemory';
import { ModelChoice } from './modelChoice';

/** Milliseconds after which a list that could not be loaded is tried again. */
const retryAfter = 10_000;

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
    return this.#both.some(({ list }) => list.isLoading);
  }

  /** Something loads that a launch had better wait for. */
  get isAwaited(): boolean {
    return this.#both.some(
      ({ list, chosen, answer }) => list.isLoading && !chosen && !(list.hasFailed && answer.isKnown),
    );
  }

  get isKnown(): boolean {
    return this.#both.every(({ answer }) => answer.isKnown);
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

  /** Tries again to load what a launch cannot do without. */
  loadUnknown(): void {
    for (const { list } of this.#both.filter(({ answer }) => !answer.isKnown)) {
      list.load();
    }
  }

  /** Tries again and again to load what could not be loaded, until the function that this returns is called. */
  keepTrying(clock: Pick<Clock, 'after'>): () => void {
    let stop = (): void => undefined;
    const wait = (): void => {
      stop = clock.after(retryAfter, () => {
        this.#loadWhatFailed();
        wait();
      });
    };
    wait();
    return () => {
      stop();
    };
  }

  get #both(): readonly [EnvironmentChoice, ModelChoice] {
    return [this.#environment, this.#model];
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
    for (const { list } of this.#both) {
      list.load();
    }
  }

  #loadWhatFailed(): void {
    for (const { list } of this.#both.filter((one) => one.list.hasFailed)) {
      list.load();
    }
  }
}
