import * as vscode from 'vscode';
import type { Choice } from '../model/launchOptions';
import type { Models } from '../oz/types';
import { plain } from '../platform/plainText';
import { back } from './askText';
import { chooseItem, rendersWith, type TitleButton } from './chooseItem';
import { choiceId, type ChoiceItem } from './environmentItems';
import {
  type Answer,
  type AnswerParts,
  fromSettings,
  namedChoice,
  unknownChoice,
  unknownSetting,
} from './launchAnswer';
import { LoadedList } from './loadedList';
import { defaultModel, modelItems, modelName, refusalOf } from './modelItems';

/** The model of one launch. */
export class ModelChoice {
  readonly #parts: AnswerParts;
  readonly list: LoadedList<Models>;
  #chosen: Choice | undefined;

  constructor(parts: AnswerParts) {
    this.#parts = parts;
    this.list = new LoadedList(
      () => parts.catalog.models(),
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
    const { t } = vscode.l10n;
    const answer = this.#answerNow();
    const models = this.list.value;
    const model = models?.models.find(({ id }) => id === (answer.choice.id ?? models.default_model_id));
    const isBlind = model?.vision_supported === false && this.#parts.hasPictures();
    const warnings = [...answer.warnings, this.list.note ?? '', isBlind ? t('it cannot look at pictures') : ''];
    return { ...answer, warnings: warnings.filter(Boolean) };
  }

  async pick(refresh: TitleButton): Promise<void> {
    const { t } = vscode.l10n;
    const picked = await chooseItem<ChoiceItem>({
      title: t('Model'),
      placeholder: t('Which model does the agent use?'),
      canGoBack: this.#parts.canGoBack,
      titleButtons: [refresh],
      items: () => [...modelItems(this.list.value), ...this.list.failureItem()],
      activeId: choiceId(this.answer.choice),
      isBusy: () => this.list.isLoading,
      changed: rendersWith(this.#parts.changed),
      staysFor: ({ label, refusal }, say) => {
        if (refusal) {
          say(t('{0} cannot be used: {1}', label, refusal));
        }
        return refusal !== undefined;
      },
    });
    if (picked && picked !== back && 'choice' in picked) {
      this.#chosen = picked.choice;
    }
  }

  #answerNow(): Answer {
    const { t } = vscode.l10n;
    const { last, lastWords, settings } = this.#parts;
    const models = this.list.value;
    const named = namedChoice('model', this.#parts, {
      list: models?.models,
      idOf: ({ id }) => id,
      nameOf: modelName,
      choiceOf: (model) => ({ id: model.id, name: modelName(model) }),
    });
    const isUnknown = settings.model !== '' && !named;
    if (isUnknown && !models && !this.#chosen) {
      return { choice: unknownChoice(settings.model), from: '', warnings: [], isKnown: false };
    }
    const isKnown = true;
    const warnings = isUnknown && models ? [unknownSetting(settings.model)] : [];
    const candidates = [
      { wanted: this.#chosen, from: '' },
      { wanted: named, from: fromSettings() },
      { wanted: last.model, from: lastWords },
    ];
    for (const { wanted, from } of candidates.filter((one) => one.wanted)) {
      const model = models?.models.find(({ id }) => id === wanted?.id);
      const refusal = model && refusalOf(model);
      if (wanted && (!models || wanted.id === undefined || (model && !refusal))) {
        const choice = models && wanted.id === undefined ? defaultModel(models) : wanted;
        return { choice: model ? { id: model.id, name: modelName(model) } : choice, from, warnings, isKnown };
      }
      if (wanted) {
        const name = plain(model ? modelName(model) : wanted.name, 60);
        warnings.push(refusal ? t('{0} cannot be used: {1}', name, refusal) : t('{0} is not there any more', name));
      }
    }
    return { choice: models ? defaultModel(models) : { name: t('Default') }, from: '', warnings, isKnown };
  }
}
