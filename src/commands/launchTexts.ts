import * as vscode from 'vscode';
import { product } from '../product';
import { askText } from './askText';
import type { Draft } from './launchMemory';

export async function changeTitle(draft: Draft, keep: () => void): Promise<void> {
  const { t } = vscode.l10n;
  await askText({
    title: t('Title'),
    prompt: t('What the run is called in lists. Leave it empty to let {0} find a title.', product.service),
    placeholder: t('Title of the run'),
    value: draft.title,
    canGoBack: true,
    onChange: (value) => {
      draft.title = value.trim();
      keep();
    },
  });
}

export async function changeTyped(draft: Draft, keep: () => void): Promise<void> {
  const { t } = vscode.l10n;
  await askText({
    title: t('Extra Instructions'),
    prompt: t('The agent is told this after the instructions of the skill.'),
    placeholder: t('For example: Only the files in src'),
    value: draft.text,
    canGoBack: true,
    onChange: (value) => {
      draft.text = value.trim();
      keep();
    },
  });
}
