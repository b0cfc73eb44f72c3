import * as vscode from 'vscode';
import { launchPreview } from '../model/launchPreview';
import type { LaunchRequest } from '../oz/types';
import { withoutCommandLinks } from '../platform/plainText';
import { sizeWord } from '../platform/words';
import { product } from '../product';
import { closePreviews, type PreviewAnswer, type PreviewButtons, previewName } from './previewButtons';

export interface PreviewDeps {
  /** Opens a read-only document; the name's extension says its language. */
  showText: (name: string, text: string) => Promise<void>;
  previewButtons: Pick<PreviewButtons, 'ask' | 'answer' | 'end'>;
}

/**
 * Shows what is sent in an editor, without the sheet: that would cover the first lines. Undefined when a person closes the
 * editor, or goes back to the draft in another way: it is kept.
 */
export async function previewLaunch(
  deps: PreviewDeps,
  request: LaunchRequest,
  draftOf: string,
): Promise<PreviewAnswer | undefined> {
  const { t } = vscode.l10n;
  const [launch, change] = [t('Launch'), t('Change…')];
  const text = whatIsSent(request);
  // An editor of Markdown gets some links changed: what is shown here is what is sent.
  const isExact = withoutCommandLinks(text) === text;
  await closePreviews();
  await deps.showText(`${previewName}.${isExact ? 'md' : 'txt'}`, text);
  const preview = deps.previewButtons.ask(draftOf);
  // A message goes away by itself: the buttons in the editor's title stay.
  void vscode.window.showInformationMessage(t('This is what will be sent.'), launch, change).then((clicked) => {
    if (clicked !== undefined && !preview.answer(clicked === launch ? 'launch' : 'change')) {
      void vscode.window.showInformationMessage(t('This preview is over. What was not launched yet is kept.'));
    }
  });
  const answer = await preview.answered;
  if (answer !== undefined) {
    await closePreviews();
  }
  return answer;
}

/** The prompt as it is, and below it the whole request. */
function whatIsSent(request: LaunchRequest): string {
  const { t } = vscode.l10n;
  const { prompt, skill } = request;
  const { json, hidden } = launchPreview(request, {
    secret: t('(hidden here)'),
    data: (bytes) => t('(hidden here: {0})', sizeWord(bytes)),
  });
  const remark =
    hidden.length > 0
      ? t('The request to {0}, byte for byte, but for what is hidden here and sent all the same:', product.service)
      : t('The request to {0}, byte for byte:', product.service);
  const body = `# ${t('Request')}\n\n${remark}\n\n\`\`\`json\n${json}\n\`\`\`\n`;
  return [...(skill ? [`# ${t('Skill')}`, skill] : []), ...(prompt ? [`# ${t('Prompt')}`, prompt] : []), body].join(
    '\n\n',
  );
}
