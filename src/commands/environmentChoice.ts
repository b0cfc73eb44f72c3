import * as vscode from 'vscode';
import type { Choice } from '../model/launchOptions';
import { environmentName, hasRepository, preselectedEnvironment } from '../model/launchRequest';
import type { Environment } from '../oz/types';
import { plain } from '../platform/plainText';
import { back } from './askText';
import { chooseItem, rendersWith, type TitleButton } from './chooseItem';
import { choiceId, type ChoiceItem, environmentChoice, environmentItems } from './environmentItems';
import {
  type Answer,
  type AnswerParts,
  fromSettings,
  namedChoice,
  unknownChoice,
  unknownSetting,
} from './launchAnswer';
import { LoadedList } from './loadedList';

/** The environment of one launch. */
export class EnvironmentChoice {
  readonly #parts: AnswerParts;
  readonly list: LoadedList<Environment[]>;
  #chosen: Choice | undefined;

  constructor(parts: AnswerParts) {
    this.#parts = parts;
    this.list = new LoadedList(
      () => parts.catalog.environments(),
      () => {
        parts.changed.fire(undefined);
      },
    );
  }

  /** What a person chose here. */
  get chosen(): Choice | undefined {
    return this.#chosen;
  }

  get answer(): Answer {
    const { needsRepository } = this.#parts;
    const repository = this.#parts.repository();
    const answer = this.#answerNow();
    const environment = this.list.value?.find(({ uid }) => uid === answer.choice.id);
    const lacks = environment && repository && needsRepository && !hasRepository(environment, repository);
    return {
      ...answer,
      warnings: [
        ...answer.warnings,
        this.list.note ?? '',
        environment?.setup_failed ? vscode.l10n.t('its last setup failed') : '',
        lacks ? vscode.l10n.t('it does not have this repository') : '',
      ].filter(Boolean),
    };
  }

  async pick(refresh: TitleButton): Promise<void> {
    const { t } = vscode.l10n;
    const { last, lastWords, repository, changed, canGoBack } = this.#parts;
    const { choice, isKnown } = this.answer;
    const before = { id: last.environment?.id, words: last.environment ? lastWords : '' };
    const picked = await chooseItem<ChoiceItem>({
      title: t('Environment'),
      placeholder: t('Where does the agent work?'),
      canGoBack,
      titleButtons: [refresh],
      items: () => [...environmentItems(this.list.value ?? [], before, repository()), ...this.list.failureItem()],
      activeId: isKnown ? choiceId(choice) : 'not known',
      isBusy: () => this.list.isLoading,
      changed: rendersWith(changed),
    });
    if (picked && picked !== back && 'choice' in picked) {
      this.#chosen = picked.choice;
    }
  }

  #answerNow(): Answer {
    const { last, lastWords, settings, repository, needsRepository } = this.#parts;
    const list = this.list.value;
    if (this.#chosen) {
      return { choice: this.#chosen, from: '', warnings: [], isKnown: true };
    }
    const named = namedChoice('environment', this.#parts, {
      list,
      idOf: ({ uid }) => uid,
      nameOf: environmentName,
      choiceOf: environmentChoice,
    });
    if (named) {
      return { choice: named, from: fromSettings(), warnings: [], isKnown: true };
    }
    if (!list) {
      return last.environment && !settings.environment
        ? { choice: last.environment, from: lastWords, warnings: [], isKnown: true }
        : { choice: unknownChoice(settings.environment), from: '', warnings: [], isKnown: false };
    }
    const warnings = settings.environment ? [unknownSetting(settings.environment)] : [];
    const remembered = last.environment && { uid: last.environment.id };
    const chosen = preselectedEnvironment(list, { remembered, repository: repository(), needsRepository });
    const isLast = last.environment !== undefined && chosen?.uid === last.environment.id;
    if (last.environment?.id !== undefined && !list.some(({ uid }) => uid === last.environment?.id)) {
      warnings.push(vscode.l10n.t('{0} is not there any more', plain(last.environment.name, 60)));
    }
    return { choice: environmentChoice(chosen), from: isLast ? lastWords : '', warnings, isKnown: true };
  }
}
