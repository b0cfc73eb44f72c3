import * as vscode from 'vscode';
import type { Catalog } from '../model/catalog';
import type { Emitter } from '../model/emitter';
import type { Choice } from '../model/launchOptions';
import { environmentName, hasRepository, preselectedEnvironment } from '../model/launchRequest';
import { namedItem } from '../model/optionLayers';
import type { GitHubRepository } from '../model/skillSpec';
import type { Environment, Models } from '../oz/types';
import type { LaunchSettings } from '../platform/launchSettings';
import { plain } from '../platform/plainText';
import { back } from './askText';
import { chooseItem, rendersWith, type TitleButton } from './chooseItem';
import { choiceId, type ChoiceItem, environmentChoice, environmentItems, noEnvironment } from './environmentItems';
import type { LastChoices } from './launchMemory';
import { LoadedList } from './loadedList';
import { defaultModel, modelItems, modelName, refusalOf } from './modelItems';

export interface LaunchChoicesOptions {
  catalog: Pick<Catalog, 'environments' | 'models' | 'refresh'>;
  last: LastChoices;
  /** What is said of what comes from `last`. */
  lastWords: string;
  settings: Pick<LaunchSettings, 'environment' | 'model'>;
  repository: () => GitHubRepository | undefined;
  /** The launch reads a file of the repository, so an environment should have it. */
  needsRepository: boolean;
  /** There are pictures that the model is to look at. */
  hasPictures: () => boolean;
  /** Told whenever a list was read. */
  changed: Emitter<undefined>;
}

/** What is sent, where it comes from, and what a person should know of it. */
export interface Answer {
  choice: Choice;
  from: string;
  warnings: string[];
}

/** The environment and the model of one launch. The lists load meanwhile: what is shown is what is sent, at any time. */
export class LaunchChoices {
  readonly #options: LaunchChoicesOptions;
  readonly #environments: LoadedList<Environment[]>;
  readonly #models: LoadedList<Models>;
  #chosenEnvironment: Choice | undefined;
  #chosenModel: Choice | undefined;

  constructor(options: LaunchChoicesOptions) {
    const { catalog } = options;
    this.#options = options;
    const changed = (): void => {
      options.changed.fire(undefined);
    };
    this.#environments = new LoadedList(() => catalog.environments(), changed);
    this.#models = new LoadedList(() => catalog.models(), changed);
    this.#load();
  }

  get isLoading(): boolean {
    return this.#environments.isLoading || this.#models.isLoading;
  }

  get environment(): Answer {
    const { needsRepository } = this.#options;
    const repository = this.#options.repository();
    const answer = this.#environmentNow();
    const environment = this.#environments.value?.find(({ uid }) => uid === answer.choice.id);
    const lacks = environment && repository && needsRepository && !hasRepository(environment, repository);
    return {
      ...answer,
      warnings: [
        ...answer.warnings,
        this.#environments.note ?? '',
        environment?.setup_failed ? vscode.l10n.t('its last setup failed') : '',
        lacks ? vscode.l10n.t('it does not have this repository') : '',
      ].filter(Boolean),
    };
  }

  get model(): Answer {
    const { t } = vscode.l10n;
    const answer = this.#modelNow();
    const models = this.#models.value;
    const model = models?.models.find(({ id }) => id === (answer.choice.id ?? models.default_model_id));
    const isBlind = model?.vision_supported === false && this.#options.hasPictures();
    const warnings = [...answer.warnings, this.#models.note ?? '', isBlind ? t('it cannot look at pictures') : ''];
    return { ...answer, warnings: warnings.filter(Boolean) };
  }

  /** What a person chose here or before, to be remembered once it was launched. */
  get answers(): LastChoices {
    const { last, settings } = this.#options;
    const named = { ...last.named };
    for (const [kind, { choice, from }] of [
      ['environment', this.#environmentNow()],
      ['model', this.#modelNow()],
    ] as const) {
      if (from === fromSettings()) {
        named[kind] = { words: settings[kind], choice };
      }
    }
    return {
      environment: this.#chosenEnvironment ?? last.environment,
      model: this.#chosenModel ?? last.model,
      ...(Object.keys(named).length > 0 && { named }),
    };
  }

  async pickEnvironment(): Promise<void> {
    const { t } = vscode.l10n;
    const { last, lastWords, repository } = this.#options;
    this.#loadWhatFailed();
    const picked = await chooseItem<ChoiceItem>({
      title: t('Environment'),
      placeholder: t('Where does the agent work?'),
      canGoBack: true,
      titleButtons: [this.#refreshButton()],
      items: () => [
        ...environmentItems(
          this.#environments.value ?? [],
          { id: last.environment?.id, words: lastWords },
          repository(),
        ),
        ...this.#environments.failureItem(),
      ],
      activeId: choiceId(this.environment.choice),
      isBusy: () => this.#environments.isLoading,
      changed: rendersWith(this.#options.changed),
    });
    if (picked && picked !== back && 'choice' in picked) {
      this.#chosenEnvironment = picked.choice;
    }
  }

  async pickModel(): Promise<void> {
    const { t } = vscode.l10n;
    this.#loadWhatFailed();
    const picked = await chooseItem<ChoiceItem>({
      title: t('Model'),
      placeholder: t('Which model does the agent use?'),
      canGoBack: true,
      titleButtons: [this.#refreshButton()],
      items: () => [...modelItems(this.#models.value), ...this.#models.failureItem()],
      activeId: choiceId(this.model.choice),
      isBusy: () => this.#models.isLoading,
      changed: rendersWith(this.#options.changed),
      staysFor: ({ label, refusal }, say) => {
        if (refusal) {
          say(t('{0} cannot be used: {1}', label, refusal));
        }
        return refusal !== undefined;
      },
    });
    if (picked && picked !== back && 'choice' in picked) {
      this.#chosenModel = picked.choice;
    }
  }

  #environmentNow(): Answer {
    const { last, lastWords, settings, repository, needsRepository } = this.#options;
    const list = this.#environments.value;
    if (this.#chosenEnvironment) {
      return { choice: this.#chosenEnvironment, from: '', warnings: [] };
    }
    const named = this.#named('environment', list, ({ uid }) => uid, environmentName, environmentChoice);
    if (named) {
      return { choice: named, from: fromSettings(), warnings: [] };
    }
    const warnings = list && settings.environment ? [unknownSetting(settings.environment)] : [];
    if (!list) {
      return { choice: last.environment ?? noEnvironment(), from: last.environment ? lastWords : '', warnings };
    }
    const remembered = last.environment && { uid: last.environment.id };
    const chosen = preselectedEnvironment(list, { remembered, repository: repository(), needsRepository });
    const isLast = last.environment !== undefined && chosen?.uid === last.environment.id;
    return { choice: environmentChoice(chosen), from: isLast ? lastWords : '', warnings };
  }

  #modelNow(): Answer {
    const { t } = vscode.l10n;
    const { last, lastWords, settings } = this.#options;
    const models = this.#models.value;
    const named = this.#named(
      'model',
      models?.models,
      ({ id }) => id,
      modelName,
      (model) => ({ id: model.id, name: modelName(model) }),
    );
    const isUnknown = models && settings.model && !named;
    const warnings = isUnknown ? [unknownSetting(settings.model)] : [];
    const candidates = [
      { wanted: this.#chosenModel, from: '' },
      { wanted: named, from: fromSettings() },
      { wanted: last.model, from: lastWords },
    ];
    for (const { wanted, from } of candidates.filter((one) => one.wanted)) {
      const model = models?.models.find(({ id }) => id === wanted?.id);
      const refusal = model && refusalOf(model);
      if (wanted && (!models || wanted.id === undefined || (model && !refusal))) {
        const choice = models && wanted.id === undefined ? defaultModel(models) : wanted;
        return { choice: model ? { id: model.id, name: modelName(model) } : choice, from, warnings };
      }
      if (wanted) {
        const name = plain(model ? modelName(model) : wanted.name, 60);
        warnings.push(refusal ? t('{0} cannot be used: {1}', name, refusal) : t('{0} is not there any more', name));
      }
    }
    return { choice: models ? defaultModel(models) : { name: t('Default') }, from: '', warnings };
  }

  /** What the settings name. While the list loads, what the same words stood for the last time. */
  #named<T>(
    kind: 'environment' | 'model',
    list: readonly T[] | undefined,
    idOf: (item: T) => string,
    nameOf: (item: T) => string,
    choiceOf: (item: T) => Choice,
  ): Choice | undefined {
    const { last, settings } = this.#options;
    const words = settings[kind];
    if (words === '') {
      return undefined;
    }
    if (!list) {
      return last.named?.[kind]?.words === words ? last.named[kind].choice : undefined;
    }
    const item = namedItem(list, words, idOf, nameOf);
    return item && choiceOf(item);
  }

  #refreshButton(): TitleButton {
    return {
      button: { iconPath: new vscode.ThemeIcon('refresh'), tooltip: vscode.l10n.t('Refresh') },
      click: () => {
        this.#options.catalog.refresh();
        this.#load();
      },
    };
  }

  #load(): void {
    this.#environments.load();
    this.#models.load();
  }

  #loadWhatFailed(): void {
    for (const list of [this.#environments, this.#models]) {
      if (list.hasFailed) {
        list.load();
      }
    }
  }
}

export function fromSettings(): string {
  return vscode.l10n.t('from the settings');
}

export function unknownSetting(words: string): string {
  return vscode.l10n.t('“{0}” of the settings is not known', plain(words, 60));
}
