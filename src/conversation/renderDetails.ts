import { prettyJson } from '../model/conversationJson';
import { unknownMembers } from '../model/unknownMembers';
import { asText } from '../oz/json';
import type { Run } from '../oz/types';
import type { PartText } from './blockText';
import { type DetailFacts, detailGroups } from './detailRows';
import { detailsId } from './headerActions';
import { gapNode, preNodes } from './longText';
import { icon, oneLine, type RenderContext } from './renderContext';
import type { ViewElement, ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

/** Texts of a run that unfold among its details, and their names on the page. */
const folds = { base: 'baseprompt', prompt: 'runprompt' } as const;

/** Characters of a value, and of a text that unfolded. */
const valueLimit = 500;
const textLimit = 8000;

/** What stands behind the details, or a text among them; undefined for another id. */
export function renderDetails(id: string, facts: DetailFacts, context: RenderContext): ViewElement | undefined {
  if (id === detailsId) {
    return details(facts, context);
  }
  const text = foldedText(id, facts.run);
  return text === undefined
    ? undefined
    : ['div', { class: 'body', role: 'group' }, ...textNodes(text, id, 'text', context)];
}

/** A text of the details as a document of the editor; undefined for another id. */
export function detailText(id: string, run: Run | undefined): PartText | undefined {
  if (id === detailsId) {
    return run && { text: prettyJson(unknownMembers(run)), language: 'json' };
  }
  const text = foldedText(id, run);
  return text === undefined ? undefined : { text, language: 'markdown' };
}

function foldedText(id: string, run: Run | undefined): string | undefined {
  switch (id) {
    case folds.base:
      return asText(run?.agent_config?.base_prompt);
    case folds.prompt:
      return asText(run?.submitted_prompt) ?? asText(run?.prompt);
    default:
      return undefined;
  }
}

function details(facts: DetailFacts, context: RenderContext): ViewElement {
  const { run } = facts;
  const { translate: t } = context;
  const groups = detailGroups(facts, context).flatMap(({ title, rows, hasRunId }): ViewNode[] => {
    const shown = rows.flatMap(([name, value]): ViewNode[] => {
      const text = visibleText(oneLine(value ?? '', valueLimit));
      return text === '' ? [] : [row(visibleText(oneLine(name, 80)), text)];
    });
    const all = hasRunId === true ? [idRow(run, context), ...shown] : shown;
    return all.length === 0 ? [] : [['section', '', ['h2', '', title], ['table', '', ['tbody', '', ...all]]]];
  });
  return [
    'div',
    { class: 'body details', role: 'group', label: t('Details') },
    ['div', 'detail-groups', ...groups],
    ...fold(folds.base, t('Base prompt'), run),
    ...fold(folds.prompt, t('Prompt'), run),
    ...unknown(run, context),
  ];
}

function row(name: string, ...value: ViewNode[]): ViewNode {
  return ['tr', '', ['th', '', name], ['td', '', ...value]];
}

function idRow(run: Run, { translate: t }: RenderContext): ViewNode {
  const title = t('Copy Run ID');
  return row(t('Run ID'), ['code', '', visibleText(oneLine(run.run_id, valueLimit))], ' ', [
    'button',
    { class: 'icon copy', does: 'command', name: 'copyRunId', label: title, title },
  ]);
}

function fold(id: string, title: string, run: Run): ViewNode[] {
  return foldedText(id, run) === undefined
    ? []
    : [
        [
          'div',
          { class: 'foldable', id },
          [
            'button',
            { class: 'line', does: 'body', of: id, expanded: false },
            icon('chevron'),
            ['span', 'sentence', title],
          ],
        ],
      ];
}

/** What a newer service tells is shown as it came. */
function unknown(run: Run, context: RenderContext): ViewNode[] {
  const members = unknownMembers(run);
  return Object.keys(members).length === 0
    ? []
    : [
        ['p', 'rest', context.translate('The service also says:')],
        ...textNodes(prettyJson(members), detailsId, 'raw', context),
      ];
}

function textNodes(text: string, id: string, part: 'raw' | 'text', context: RenderContext): ViewNode[] {
  return preNodes(
    text,
    textLimit,
    (shown) => [visibleText(shown)],
    (hidden) => gapNode(hidden, id, part, context),
  );
}
