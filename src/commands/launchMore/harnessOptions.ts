import * as vscode from 'vscode';
import { type HarnessDetail, harnessTakes } from '../../model/harnessFit';
import { harnesses, harnessWithSecret } from '../../model/launchOptions';
import { plain } from '../../platform/plainText';
import { product } from '../../product';
import { askText } from '../askText';
import { harnessName } from './chosenOptions';
import { chooseOne, type OfferedValue, type OptionKind, textOption } from './optionKind';

const other = Symbol('other');

/** The program that acts as the agent, and what only it is told. */
export function harnessOptions(): OptionKind[] {
  const { t } = vscode.l10n;
  const label = t('Harness');
  const fitting = (detail: HarnessDetail, words: string): Pick<OptionKind, 'fits' | 'warning'> => ({
    fits: (options) => harnessTakes(detail, options),
    warning: (options) => (options[detail] && !harnessTakes(detail, options) ? words : undefined),
  });
  const elsewhere = t('only another harness takes it');
  return [
    {
      name: 'harness',
      icon: 'terminal',
      label,
      value: ({ harness }) => harness && plain(harnessName(harness), 60),
      ask: async (options) => {
        const current = options.all.harness;
        const isOther = current !== undefined && !harnesses.some((one) => one === current);
        const offered: OfferedValue<string | typeof other>[] = [
          { value: undefined, label: t('Default'), detail: t('{0} decides.', product.service) },
          ...harnesses.map((one) => ({ value: one, label: harnessName(one) })),
          { value: other, label: t('Other…'), detail: t('One that the service knows by a name of its own.') },
        ];
        const placeholder = t('Which program acts as the agent?');
        const chosen = await chooseOne(label, placeholder, offered, isOther ? other : current);
        if (chosen && chosen.value !== other) {
          options.set('harness', chosen.value);
        } else if (chosen) {
          await askOther(isOther ? current : '', (text) => {
            options.set('harness', text || undefined);
          });
        }
      },
    },
    textOption({
      name: 'harnessModel',
      icon: 'circuit-board',
      label: t('Harness’s Model'),
      prompt: t('The model, as the harness calls it. Leave it empty for its default.'),
      placeholder: t('For example: opus'),
      ...fitting('harnessModel', elsewhere),
    }),
    textOption({
      name: 'harnessReasoning',
      icon: 'lightbulb',
      label: t('Harness’s Reasoning Level'),
      prompt: t('How long it thinks, as the harness calls it. Leave it empty for its default.'),
      placeholder: t('For example: high'),
      ...fitting('harnessReasoning', elsewhere),
    }),
    textOption({
      name: 'harnessSecret',
      icon: 'key',
      label: t('Name of the Harness’s Secret'),
      prompt: t(
        'The name of a secret that is stored at {0}, which the harness signs in with. Never the secret itself.',
        product.service,
      ),
      placeholder: t('For example: CLAUDE_API_KEY'),
      ...fitting('harnessSecret', t('only {0} signs in with one', harnessName(harnessWithSecret))),
    }),
  ];
}

async function askOther(current: string, onChange: (text: string) => void): Promise<void> {
  const { t } = vscode.l10n;
  await askText({
    title: t('Harness'),
    prompt: t('The name by which the service knows it.'),
    placeholder: t('For example: {0}', harnesses.join(', ')),
    value: current,
    canGoBack: true,
    onChange: (text) => {
      onChange(text.trim());
    },
  });
}
