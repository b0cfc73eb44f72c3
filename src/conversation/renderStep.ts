import type { StepEntry } from '../model/conversation';
import { beside, counted, factNodes } from './lineWords';
import { markdownNodes } from './markdown';
import { icon, mark, oneLine, type RenderContext } from './renderContext';
import { rawButton } from './rawButton';
import type { ViewElement, ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

/** Characters of a summary that are shown. */
const summaryLimit = 4000;

/** The heading of a step: what it is, how much is in it, and whether it goes on or went wrong. */
export function stepNode(
  step: StepEntry,
  { place, folded }: { place: number; folded: boolean },
  context: RenderContext,
): ViewElement {
  const title = visibleText(oneLine(step.title)) || context.translate('Step');
  const summary: ViewNode[] =
    step.summary === ''
      ? []
      : [['div', 'summary text', ...markdownNodes(step.summary.slice(0, summaryLimit), context)]];
  // Folded, it says what came of it, where nothing else does.
  const said = folded && step.summary === '' ? step.said : '';
  return [
    'article',
    {
      class: `entry step${step.running ? ' running' : ''} d${step.depth}`,
      id: step.id,
      position: place + 1,
      count: -1,
      tab: -1,
      label: title,
    },
    [
      'button',
      { class: 'line', does: 'fold', of: step.id, expanded: !folded },
      icon('chevron'),
      ['span', 'sentence', ...beside(title, said)],
      ...factNodes(stepFacts(step, context)),
    ],
    ...summary,
    ...(step.raw === undefined ? [] : [['div', 'hover-tools', rawButton(step.id, context)] as const]),
  ];
}

function stepFacts(
  { messages, errors, running, startedAt, completedAt }: StepEntry,
  context: RenderContext,
): ViewNode[] {
  const { translate: t, words } = context;
  const took = startedAt !== undefined && completedAt !== undefined ? completedAt - startedAt : -1;
  return [
    counted(messages, [t('1 message'), t('{0} messages', mark)], context),
    ...(errors === 0
      ? []
      : [['span', 'error', counted(errors, [t('1 error'), t('{0} errors', mark)], context)] as const]),
    ...(running ? [['span', 'goes-on', t('running')] as const] : took > 0 ? [words.duration(took)] : []),
  ];
}
