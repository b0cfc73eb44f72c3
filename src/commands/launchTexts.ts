import * as vscode from 'vscode';
import { product } from '../product';
import { askText } from './askText';
import type { Draft } from './launchMemory';
import { writeInEditor } from './launchMore/writeInEditor';

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

/** @param draftsFolder where they are written as a file, if a person wants several lines */
export async function changeTyped(draft: Draft, keep: () => void, draftsFolder: vscode.Uri): Promise<void> {
  const { t } = vscode.l10n;
  const onChange = (value: string): void => {
    draft.text = value.trim();
    keep();
  };
  const name = t('Extra Instructions');
  const words = t('Write the instructions, then save or close them.');
  await askText({
    title: name,
    prompt: t('The agent is told this after the instructions of the skill.'),
    placeholder: t('For example: Only the files in src'),
    value: draft.text,
    canGoBack: true,
    writeInEditor: (text) => writeInEditor(draftsFolder, { name, text, words, onChange }),
    onChange,
  });
}
