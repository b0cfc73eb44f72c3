import * as vscode from 'vscode';
import type { Choice } from '../model/launchOptions';
import { modelsInOrder } from '../model/launchRequest';
import type { Model, Models } from '../oz/types';
import { plain } from '../platform/plainText';
import { type Item, separator } from './chooseItem';
import { choiceId, type ChoiceItem } from './environmentItems';

export function modelItems(models: Models | undefined): (ChoiceItem | Item)[] {
  const { t } = vscode.l10n;
  if (!models) {
    const choice = { name: t('Default') };
    return [{ id: choiceId(choice), label: choice.name, choice }];
  }
  const item = (model: Model): ChoiceItem => {
    const isDefault = model.id === models.default_model_id;
    const refusal = refusalOf(model);
    const choice = isDefault ? defaultModel(models) : { id: model.id, name: modelName(model) };
    const level = plain(model.reasoning_level ?? '', 40);
    const facts = [
      isDefault ? t('default') : '',
      refusal ?? '',
      level && t('{0} reasoning', level),
      model.vision_supported ? t('sees pictures') : '',
    ];
    const description = facts.filter(Boolean).join(' · ');
    const detail = plain(model.description ?? '', 160) || undefined;
    return { id: choiceId(choice), label: plain(modelName(model), 80), description, detail, choice, refusal };
  };
  const ordered = modelsInOrder(models);
  const refused = ordered.filter((model) => model.disable_reason);
  return [
    ...ordered.filter((model) => !model.disable_reason).map(item),
    ...(refused.length > 0 ? [separator(t('Not available')), ...refused.map(item)] : []),
  ];
}

export function defaultModel({ models, default_model_id }: Models): Choice {
  const model = models.find(({ id }) => id === default_model_id);
  return { name: model ? vscode.l10n.t('Default ({0})', modelName(model)) : vscode.l10n.t('Default') };
}

export function modelName({ display_name, id }: Model): string {
  return display_name.trim() || id;
}

/** Why it cannot be used at the moment; undefined when it can. */
export function refusalOf({ disable_reason: reason }: Model): string | undefined {
  const { t } = vscode.l10n;
  const words: Partial<Record<string, string>> = {
    PROVIDER_OUTAGE: t('its provider has an outage'),
    OUT_OF_REQUESTS: t('no requests are left'),
    ADMIN_DISABLED: t('an administrator turned it off'),
    REQUIRES_UPGRADE: t('the plan does not include it'),
  };
  return reason && (words[reason] ?? plain(reason, 60));
}
