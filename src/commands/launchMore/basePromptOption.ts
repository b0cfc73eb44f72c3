import * as vscode from 'vscode';
import { plain } from '../../platform/plainText';
import { isWorkspaceTrusted } from '../workspaceTrust';
import type { ChosenOptions } from './chosenOptions';
import { chooseOne, type OptionKind } from './optionKind';
import { writeInEditor } from './writeInEditor';

/** In bytes. */
const longestFile = 200_000;

/** Standing instructions: several lines, so they are written in an editor or taken from a file. */
export function basePromptOption(draftsFolder: vscode.Uri): OptionKind {
  const { t } = vscode.l10n;
  const label = t('Base Prompt');
  return {
    name: 'basePrompt',
    icon: 'book',
    label,
    value: ({ basePrompt }) => basePrompt && plain(basePrompt, 80),
    ask: async (options) => {
      const offered = [
        { value: 'write', label: `$(edit) ${t('Write in an Editor…')}` },
        { value: 'file', label: `$(file) ${t('Take from a File…')}`, detail: t('Its text as it is now.') },
        { value: 'none', label: `$(circle-slash) ${t('None')}` },
      ];
      const placeholder = t('Instructions that the agent gets before the prompt');
      const shown = options.all.basePrompt === undefined ? offered.slice(0, 2) : offered;
      const way = await chooseOne(label, placeholder, shown, undefined);
      if (way?.value === 'write') {
        await writeInEditor(draftsFolder, {
          name: label,
          text: options.all.basePrompt ?? '',
          words: t('Write the base prompt, then save or close it.'),
          onChange: (text) => {
            options.set('basePrompt', text || undefined);
          },
        });
      } else if (way?.value === 'file') {
        await takeFile(options);
      } else if (way) {
        options.set('basePrompt', undefined);
      }
    },
  };
}

async function takeFile(options: ChosenOptions): Promise<void> {
  const { t } = vscode.l10n;
  const [uri] = (await vscode.window.showOpenDialog({ openLabel: t('Use as Base Prompt') })) ?? [];
  if (!uri || (vscode.workspace.getWorkspaceFolder(uri) && !(await isWorkspaceTrusted()))) {
    return;
  }
  const bytes = await vscode.workspace.fs.readFile(uri);
  const text = new TextDecoder().decode(bytes).trim();
  if (bytes.length > longestFile || text.includes('\0')) {
    void vscode.window.showErrorMessage(t('This is no short text file, so it was not taken as the base prompt.'));
  } else {
    options.set('basePrompt', text || undefined);
  }
}
