import { humanName } from '../model/conversationEvents';
import { type RunUsage, type UsageFigure, usageOf } from '../model/runUsage';
import type { Run } from '../oz/types';
import { exactNumber, moneyWord } from './amounts';
import type { RenderContext } from './renderContext';

/** What a run used, one line for each figure that the service tells. */
export function usageRows(run: Run, context: RenderContext): [name: string, value: string][] {
  const { translate: t, words } = context;
  const usage = usageOf(run);
  const total = [words.credits(run), usage.dollars === undefined ? '' : moneyWord(usage.dollars, context)];
  return [
    [t('Total'), total.filter(Boolean).join(' · ')],
    ...costRows(usage, context),
    [t('Tokens'), usage.tokens === undefined ? '' : exactNumber(usage.tokens, context)],
    ...usage.others.map((figure): [string, string] => [figureName(figure), figureWord(figure, context)]),
    ...usage.models.map(({ name, figures }): [string, string] => [
      name === '' ? t('Tokens of a model') : t('Tokens of {0}', name),
      figures.map((figure) => `${figureName(figure)}: ${figureWord(figure, context)}`).join(' · '),
    ]),
  ];
}

function costRows({ costs }: RunUsage, context: RenderContext): [name: string, value: string][] {
  const { translate: t } = context;
  const names: Record<string, string> = {
    inference_cost: t('Model'),
    compute_cost: t('Machine'),
    platform_cost: t('Platform'),
  };
  return costs.map(({ name, credits, dollars }) => [
    names[name] ?? name,
    [
      credits === undefined ? '' : t('{0} credits', exactNumber(credits, context)),
      dollars === undefined ? '' : moneyWord(dollars, context),
    ]
      .filter(Boolean)
      .join(' · '),
  ]);
}

function figureName({ path }: UsageFigure): string {
  return path.map((name) => humanName(name.replace(/_(usd|in_cents)$/, ''))).join(', ');
}

function figureWord({ value, unit }: UsageFigure, context: RenderContext): string {
  return unit === 'dollars' ? moneyWord(value, context) : exactNumber(value, context);
}
