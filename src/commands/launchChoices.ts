import * as vscode from 'vscode';
import type { Catalog } from '../model/catalog';
import {
  environmentName,
  environmentsInOrder,
  hasRepository,
  modelsInOrder,
  preselectedEnvironment,
  repositoriesOf,
} from '../model/launchRequest';
import type { GitHubRepository } from '../model/skillSpec';
import { ApiProblem } from '../oz/problems';
import type { Environment, Model, Models } from '../oz/types';
import { plain } from '../platform/plainText';
import { problemWords } from '../platform/problemWords';
import { back } from './askText';
import { chooseItem, type Item, separator } from './chooseItem';
import type { Choice, LastChoices } from './launchMemory';

type Loaded<T> = { state: 'loading' } | { state: 'ready'; value: T } | { state: 'failed'; words: string };

export interface LaunchChoicesOptions {
  catalog: Pick<Catalog, 'environments' | 'models'>;
  last: LastChoices;
  repository: GitHubRepository | undefined;
  /** The launch reads a file of the repository, so an environment should have it. */
  needsRepository: boolean;
}

interface ChoiceItem extends Item {
  choice: Choice;
  refusal?: string;
}

/** The environment and the model of one launch. The lists load meanwhile: what is shown is what is sent, at any time. */
export class LaunchChoices {
  readonly #options: LaunchChoicesOptions;
  readonly #listeners = new Set<() => void>();
  #environments: Loaded<Environment[]> = { state: 'loading' };
  #models: Loaded<Models> = { state: 'loading' };
  #chosenEnvironment: Choice | undefined;
  #chosenModel: Choice | undefined;

  constructor(options: LaunchChoicesOptions) {
    this.#options = options;
    this.#load();
  }

  readonly onDidChange = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  get isLoading(): boolean {
    return this.#environments.state === 'loading' || this.#models.state === 'loading';
  }

  get environment(): Choice {
    const { last, repository, needsRepository } = this.#options;
    if (this.#chosenEnvironment) {
      return this.#chosenEnvironment;
    }
    if (this.#environments.state !== 'ready') {
      return last.environment ?? noEnvironment();
    }
    const remembered = last.environment && { uid: last.environment.id };
    const wish = { remembered, repository, needsRepository };
    return environmentChoice(preselectedEnvironment(this.#environments.value, wish));
  }

  get model(): Choice {
    const wanted = this.#chosenModel ?? this.#options.last.model;
    if (this.#models.state !== 'ready') {
      return wanted ?? { name: vscode.l10n.t('Default') };
    }
    const usable = this.#models.value.models.find(({ id, disable_reason }) => id === wanted?.id && !disable_reason);
    return usable ? { id: usable.id, name: modelName(usable) } : defaultModel(this.#models.value);
  }

  /** What a person chose here or before, to be remembered once it was launched. */
  get answers(): LastChoices {
    const { last } = this.#options;
    return {
      environment: this.#chosenEnvironment ?? last.environment,
      model: this.#chosenModel ?? last.model,
    };
  }

  /** What a person should know about the environment before the launch. */
  get environmentNote(): string | undefined {
    const { repository, needsRepository } = this.#options;
    if (this.#environments.state !== 'ready') {
      return note(this.#environments);
    }
    const uid = this.environment.id;
    const environment = this.#environments.value.find((one) => one.uid === uid);
    if (environment?.setup_failed) {
      return vscode.l10n.t('its last setup failed');
    }
    return environment && repository && needsRepository && !hasRepository(environment, repository)
      ? vscode.l10n.t('it does not have this repository')
      : undefined;
  }

  get modelNote(): string | undefined {
    return note(this.#models);
  }

  async pickEnvironment(): Promise<void> {
    const { t } = vscode.l10n;
    this.#loadWhatFailed();
    const picked = await chooseItem<ChoiceItem>({
      title: t('Environment'),
      placeholder: t('Where does the agent work?'),
      canGoBack: true,
      items: () => [...this.#environmentItems(), ...failureItem(this.#environments)],
      activeId: itemId(this.environment),
      isBusy: () => this.#environments.state === 'loading',
      changed: this.onDidChange,
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
      items: () => [...this.#modelItems(), ...failureItem(this.#models)],
      activeId: itemId(this.model),
      isBusy: () => this.#models.state === 'loading',
      changed: this.onDidChange,
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

  #environmentItems(): (ChoiceItem | Item)[] {
    const { t } = vscode.l10n;
    const { last, repository } = this.#options;
    const list = this.#environments.state === 'ready' ? this.#environments.value : [];
    const item = (environment: Environment): ChoiceItem => {
      const choice = environmentChoice(environment);
      const marks = [
        environment.uid === last.environment?.id ? t('used last') : '',
        environment.setup_failed ? `$(warning) ${t('its last setup failed')}` : '',
      ];
      const about = [...marks, plain(environment.config.description ?? '', 80)].filter(Boolean).join(' · ');
      const description = plain(repositoriesOf(environment).join(', '), 100);
      return { id: itemId(choice), label: plain(choice.name, 80), description, detail: about || undefined, choice };
    };
    const ordered = environmentsInOrder(list, last.environment?.id);
    const having = ordered.filter((environment) => hasRepository(environment, repository));
    const none = noEnvironment();
    return [
      ...(having.length > 0 ? [separator(t('With this repository')), ...having.map(item), separator(t('Others'))] : []),
      ...ordered.filter((environment) => !having.includes(environment)).map(item),
      { id: itemId(none), label: none.name, choice: none },
    ];
  }

  #modelItems(): (ChoiceItem | Item)[] {
    const { t } = vscode.l10n;
    if (this.#models.state !== 'ready') {
      const choice = { name: t('Default') };
      return [{ id: itemId(choice), label: choice.name, choice }];
    }
    const models = this.#models.value;
    const item = (model: Model): ChoiceItem => {
      const isDefault = model.id === models.default_model_id;
      const refusal = model.disable_reason && refusalWords(model.disable_reason);
      const choice = isDefault ? defaultModel(models) : { id: model.id, name: modelName(model) };
      const level = plain(model.reasoning_level ?? '', 40);
      const facts = [isDefault ? t('default') : '', refusal ?? '', level && t('{0} reasoning', level)];
      const description = facts.filter(Boolean).join(' · ');
      const detail = plain(model.description ?? '', 160) || undefined;
      return { id: itemId(choice), label: plain(modelName(model), 80), description, detail, choice, refusal };
    };
    const ordered = modelsInOrder(models);
    const refused = ordered.filter((model) => model.disable_reason);
    return [
      ...ordered.filter((model) => !model.disable_reason).map(item),
      ...(refused.length > 0 ? [separator(t('Not available')), ...refused.map(item)] : []),
    ];
  }

  #load(): void {
    const { catalog } = this.#options;
    void loaded(catalog.environments()).then((environments) => {
      this.#environments = environments;
      this.#fire();
    });
    void loaded(catalog.models()).then((models) => {
      this.#models = models;
      this.#fire();
    });
  }

  #loadWhatFailed(): void {
    if (this.#environments.state === 'failed' || this.#models.state === 'failed') {
      this.#environments = { state: 'loading' };
      this.#models = { state: 'loading' };
      this.#load();
    }
  }

  #fire(): void {
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

async function loaded<T>(promise: Promise<T>): Promise<Loaded<T>> {
  try {
    return { state: 'ready', value: await promise };
  } catch (error) {
    return { state: 'failed', words: ApiProblem.is(error) ? problemWords(error) : plain(String(error)) };
  }
}

function note({ state }: Loaded<unknown>): string | undefined {
  switch (state) {
    case 'loading':
      return vscode.l10n.t('loading the list…');
    case 'failed':
      return vscode.l10n.t('the list could not be loaded');
    case 'ready':
      return undefined;
  }
}

function failureItem(list: Loaded<unknown>): Item[] {
  return list.state === 'failed'
    ? [{ id: 'failed', label: `$(error) ${vscode.l10n.t('The list could not be loaded')}`, detail: list.words }]
    : [];
}

function itemId({ id }: Choice): string {
  return id === undefined ? 'none' : `id ${id}`;
}

export function noEnvironment(): Choice {
  return { name: vscode.l10n.t('No environment') };
}

function environmentChoice(environment: Environment | undefined): Choice {
  return environment ? { id: environment.uid, name: environmentName(environment) } : noEnvironment();
}

function defaultModel({ models, default_model_id }: Models): Choice {
  const model = models.find(({ id }) => id === default_model_id);
  return { name: model ? vscode.l10n.t('Default ({0})', modelName(model)) : vscode.l10n.t('Default') };
}

function modelName({ display_name, id }: Model): string {
  return display_name.trim() || id;
}

function refusalWords(reason: NonNullable<Model['disable_reason']>): string {
  const { t } = vscode.l10n;
  const words: Partial<Record<string, string>> = {
    PROVIDER_OUTAGE: t('its provider has an outage'),
    OUT_OF_REQUESTS: t('no requests are left'),
    ADMIN_DISABLED: t('an administrator turned it off'),
    REQUIRES_UPGRADE: t('the plan does not include it'),
  };
  return words[reason] ?? plain(reason, 60);
}
