import type { ActionBlock } from '../model/conversation';
import { hunkPlace, type DiffLine, type FileChange } from '../model/conversationDiff';
import { highlightCode, languageOfFile } from './highlightCode';
import { changeFacts } from './lineWords';
import { gapNode } from './longText';
import { icon, numberWord, oneLine, type RenderContext } from './renderContext';
import { nodeLines } from './nodeLines';
import type { ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

/** Lines of all changes of an action, files, and characters of one line that are shown; the rest opens in the editor. */
const lineLimit = 400;
const fileLimit = 50;
const lengthLimit = 2000;
/** Characters of one part of a change that are coloured. */
const colourLimit = 8000;

/** Changes file by file, as lines with their signs and numbers. */
export function changeNodes(
  changes: readonly FileChange[],
  action: ActionBlock,
  coloured: boolean,
  context: RenderContext,
): ViewNode[] {
  let room = lineLimit;
  const files = changes.slice(0, fileLimit).flatMap((change, index): ViewNode[] => {
    const lines = change.lines.slice(0, room);
    room -= lines.length;
    const hidden = change.lines.slice(lines.length).reduce((sum, line) => sum + line.text.length + 1, 0);
    const shown = lineNodes(lines, coloured ? languageOfFile(change.path) : '');
    return [
      fileHead(change, index, action, context),
      ...(shown.length === 0 ? [] : [['pre', 'diff', ...shown] as const]),
      ...(hidden === 0 ? [] : [gapNode(hidden, action.id, 'diff', context)]),
    ];
  });
  const more = changes.length - fileLimit;
  return more > 0 ? [...files, ['p', 'note', context.translate('and {0} more', numberWord(more, context))]] : files;
}

function fileHead(change: FileChange, index: number, action: ActionBlock, context: RenderContext): ViewNode {
  const { translate: t } = context;
  const path = visibleText(oneLine(change.path)) || t('Change');
  const from = change.from === undefined ? [] : [visibleText(oneLine(change.from)), ' → '];
  const openDiff: ViewNode = [
    'button',
    { class: 'file', does: 'diff', of: action.id, item: index, title: t('Open the change in the diff editor') },
    icon('diff'),
    ['span', 'path', ...from, path],
  ];
  return [
    'div',
    'file-head',
    change.lines.length === 0 ? ['span', 'file', icon('diff'), ['span', '', ...from, path]] : openDiff,
    ...whatNodes(change, context),
    ...changeFacts(change.added, change.removed, context),
    ...(change.path === '' || change.what === 'deleted' ? [] : [openFileButton(action.id, index, path, context)]),
  ];
}

function whatNodes({ what }: FileChange, { translate: t }: RenderContext): ViewNode[] {
  switch (what) {
    case 'created':
      return [['span', 'what', t('new')]];
    case 'deleted':
      return [['span', 'what', t('deleted')]];
    case 'renamed':
      return [['span', 'what', t('renamed')]];
    case 'edited':
      return [];
  }
}

/** Opens a file of the workspace that an action names, by its place among them. */
export function openFileButton(of: string, item: number, name: string, { translate: t }: RenderContext): ViewNode {
  return [
    'button',
    {
      class: 'icon go-to-file',
      does: 'file',
      of,
      item,
      label: t('Open {0}', name),
      title: t('Open the file of this workspace'),
    },
  ];
}

const marks: Record<DiffLine['kind'], string> = { added: '+', removed: '-', same: ' ', gap: '' };

function lineNodes(lines: readonly DiffLine[], language: string): ViewNode[] {
  const nodes: ViewNode[] = [];
  let start = 0;
  while (start < lines.length) {
    const line = lines[start];
    if (line?.kind === 'gap') {
      nodes.push(...gapLine(line.text, start === 0));
      start++;
      continue;
    }
    const next = lines.findIndex(({ kind }, index) => index > start && kind === 'gap');
    const end = next < 0 ? lines.length : next;
    nodes.push(...partNodes(lines.slice(start, end), language));
    start = end;
  }
  return nodes;
}

/** What stands between the parts of a file; before the first, where that says nothing, it is left out. */
function gapLine(text: string, isFirst: boolean): ViewNode[] {
  const place = hunkPlace(text);
  const shown = ['⋯', visibleText((place ?? text).slice(0, lengthLimit))].filter(Boolean).join(' ');
  return isFirst && place === '' ? [] : [['span', 'gap', shown]];
}

/** Lines that follow each other. What was before and what is after are coloured each by itself: together they are no program. */
function partNodes(lines: readonly DiffLine[], language: string): ViewNode[] {
  const coloured = (own: DiffLine['kind']): ViewNode[][] => {
    const text = lines.flatMap((line) =>
      line.kind === own || line.kind === 'same' ? [line.text.slice(0, lengthLimit).replaceAll('\r', '')] : [],
    );
    const whole = text.join('\n');
    return nodeLines(whole.length > colourLimit ? [visibleText(whole)] : highlightCode(whole, language));
  };
  const after = coloured('added');
  const before = lines.some(({ kind }) => kind === 'removed') ? coloured('removed') : [];
  let [inAfter, inBefore] = [0, 0];
  return lines.map(({ kind, line }): ViewNode => {
    const content = (kind === 'removed' ? before[inBefore] : after[inAfter]) ?? [];
    inAfter += kind === 'removed' ? 0 : 1;
    inBefore += kind === 'added' ? 0 : 1;
    return ['span', line === undefined ? kind : { class: kind, line }, marks[kind], ...content];
  });
}
