import type { ActionBlock, Block } from '../model/conversation';
import { errorOf, reviewComments, searchResults, viewAction, type ActionView } from '../model/conversationActions';
import type { DiffLine, FileChange } from '../model/conversationDiff';
import { fileChanges, type FileReference } from '../model/conversationFiles';
import { asList, asRecord, asText, firstText, prettyJson, type JsonRecord } from '../model/conversationJson';
import { changeFacts } from './actionLine';
import { rawText } from './blockText';
import { highlightCode, languageOfFile } from './highlightCode';
import { gapNode, preNodes } from './longText';
import { markdownNodes } from './markdown';
import type { TextPart } from './protocol';
import { icon, numberWord, oneLine, type RenderContext } from './renderContext';
import { terminalNodes } from './terminalOutput';
import type { ViewElement, ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

/** Characters of one text in a body, and lines of one diff; the rest opens in the editor. */
const textLimit = 30_000;
const diffLimit = 400;
/** Bytes of a body's JSON at most. */
const bodyLimit = 64_000;

/** What stands behind the line of an action or event: made for reading, or as the service sent it. */
export function renderBody(block: Block, raw: boolean, context: RenderContext): ViewElement {
  const made = raw || block.kind !== 'action' ? rawNodes(block, context) : actionNodes(block, context);
  const nodes = Buffer.byteLength(JSON.stringify(made)) > bodyLimit ? rawNodes(block, context, 8000) : made;
  return ['div', { class: 'body', role: 'group' }, ...nodes, ...tools(block, raw, context)];
}

function tools(block: Block, raw: boolean, context: RenderContext): ViewNode[] {
  if (block.kind !== 'action') {
    return [];
  }
  const { translate: t } = context;
  const view = viewAction(block);
  const copy = (name: TextPart, label: string): ViewNode => [
    'button',
    { class: 'small', does: 'copy', of: block.id, name, item: 0 },
    label,
  ];
  const hasOutput = view.kind === 'command' && view.output !== '';
  return [
    [
      'div',
      'tools-line',
      ...(view.kind === 'command' ? [copy('command', t('Copy Command'))] : []),
      ...(hasOutput ? [copy('output', t('Copy Output'))] : []),
      ...(view.kind === 'edit' && fileChanges(block).length > 0 ? [copy('diff', t('Copy Diff'))] : []),
      [
        'button',
        { class: 'small', does: 'body', of: block.id, name: raw ? 'made' : 'raw' },
        raw ? t('Show Formatted') : t('Show Raw'),
      ],
    ],
  ];
}

function rawNodes(block: Block, context: RenderContext, limit = textLimit): ViewNode[] {
  return preNodes(
    rawText(block),
    limit,
    (text) => highlightCode(text, limit < textLimit ? '' : 'json'),
    (hidden) => gapNode(hidden, block.id, 'raw', context),
  );
}

function actionNodes(action: ActionBlock, context: RenderContext): ViewNode[] {
  const view = viewAction(action);
  const error = errorOf(action);
  const made = viewNodes(view, action, context);
  return [
    ...(error === undefined ? [] : [['p', 'problem', visibleText(oneLine(error, 2000))] as const]),
    ...(made.length > 0 ? made : jsonNodes(action, context)),
  ];
}

function viewNodes(view: ActionView, action: ActionBlock, context: RenderContext): ViewNode[] {
  switch (view.kind) {
    case 'command':
      return commandNodes(view.command, view.output, action, context);
    case 'edit':
      return changeNodes(fileChanges(action), action, context);
    case 'read':
    case 'upload':
      return readNodes(view.kind === 'read' ? view.files : [], action, context);
    case 'search':
      return searchNodes(view.queries, action, context);
    case 'tool':
    case 'resource':
      return toolNodes(action, context);
    case 'document':
      return documentNodes(action, context);
    case 'review':
      return reviewNodes(action, context);
    case 'skill':
    case 'computer': {
      const said = firstText(action.output, 'content', 'instructions', 'text', 'summary', 'message');
      return said === undefined ? [] : [markdown(said, action, context)];
    }
    case 'other':
      return [];
  }
}

function commandNodes(command: string, output: string, action: ActionBlock, context: RenderContext): ViewNode[] {
  const gap = (part: TextPart) => (hidden: number) => gapNode(hidden, action.id, part, context);
  return [
    ...preNodes(command, textLimit, (text) => highlightCode(text, 'bash'), gap('command')),
    ...(output === '' ? [] : preNodes(output, textLimit, terminalNodes, gap('output'))),
  ];
}

function changeNodes(changes: FileChange[], action: ActionBlock, context: RenderContext): ViewNode[] {
  let room = diffLimit;
  return changes.slice(0, 50).flatMap((change, index): ViewNode[] => {
    const lines = change.lines.slice(0, room);
    room -= lines.length;
    const hidden = change.lines.slice(lines.length).reduce((sum, line) => sum + line.text.length + 1, 0);
    return [
      fileHead(change, index, action, context),
      ...(lines.length === 0 ? [] : [['pre', 'diff', ...lines.map(diffLine)] as const]),
      ...(hidden === 0 ? [] : [gapNode(hidden, action.id, 'diff', context)]),
    ];
  });
}

function fileHead(change: FileChange, index: number, action: ActionBlock, context: RenderContext): ViewNode {
  const { translate: t } = context;
  return [
    'button',
    { class: 'file', does: 'diff', of: action.id, item: index, title: t('Open the change in the diff editor') },
    icon('diff'),
    ['span', 'path', visibleText(oneLine(change.path)) || t('Change')],
    ...changeFacts(change.added, change.removed, context),
  ];
}

const marks: Record<DiffLine['kind'], string> = { added: '+', removed: '-', same: ' ', gap: '' };

function diffLine(line: DiffLine): ViewNode {
  return ['span', line.kind, `${marks[line.kind]}${visibleText(line.text)}`];
}

function readNodes(files: FileReference[], action: ActionBlock, context: RenderContext): ViewNode[] {
  const contents = asList(action.output.files).map(asRecord);
  const one = firstText(action.output, 'content', 'text', 'contents');
  const path = files[0]?.path ?? '';
  const shown = [
    ...(one === undefined ? [] : [{ path, text: one }]),
    ...contents.flatMap((file) => {
      const text = firstText(file, 'content', 'text', 'contents');
      return text === undefined ? [] : [{ path: firstText(file, 'path', 'file_path', 'name') ?? path, text }];
    }),
  ].slice(0, 20);
  const failed = asList(action.output.failed_files).map(asRecord);
  return [
    ...(shown.length > 0 || files.length < 2 ? [] : [fileList(files)]),
    ...shown.flatMap((file): ViewNode[] => [
      ['div', 'path', visibleText(oneLine(file.path))],
      ...preNodes(
        file.text,
        textLimit / shown.length,
        (text) => highlightCode(text, languageOfFile(file.path)),
        (hidden) => gapNode(hidden, action.id, 'output', context),
      ),
    ]),
    ...failed.map((file): ViewNode => {
      const [name = '', why = ''] = [firstText(file, 'path', 'name'), firstText(file, 'message', 'error')];
      return ['p', 'problem', visibleText(oneLine(`${name}: ${why}`, 400))];
    }),
  ];
}

function fileList(files: FileReference[]): ViewNode {
  return [
    'ul',
    'files',
    ...files
      .slice(0, 200)
      .map(({ path, lines }): ViewNode => [
        'li',
        '',
        ['code', '', visibleText(oneLine(lines === '' ? path : `${path}:${lines}`))],
      ]),
  ];
}

function searchNodes(queries: string[], action: ActionBlock, context: RenderContext): ViewNode[] {
  const found = searchResults(action.output);
  const output = firstText(action.output, 'output', 'text', 'content');
  return [
    ...(queries.length < 2 ? [] : [['p', '', ['code', '', visibleText(oneLine(queries.join(' | '), 1000))]] as const]),
    ...(found && found.length > 0 ? [fileList(found)] : []),
    ...(found && found.length > 200
      ? [['p', 'note', context.translate('and {0} more', numberWord(found.length - 200, context))] as const]
      : []),
    ...(output === undefined
      ? []
      : preNodes(output, textLimit, terminalNodes, (hidden) => gapNode(hidden, action.id, 'output', context))),
  ];
}

/** A tool's result as the Model Context Protocol shapes it: parts of text, pictures and resources. */
function toolNodes(action: ActionBlock, context: RenderContext): ViewNode[] {
  const input = asRecord(action.input.input) ?? asRecord(action.input.args) ?? asRecord(action.input.arguments);
  const result = asRecord(action.output.result) ?? action.output;
  const resource = asRecord(result.resource_contents);
  const parts = [...asList(result.content), ...asList(result.resource_contents), resource].map(asRecord);
  const texts = parts.flatMap((part) => {
    const text = firstText(part, 'text') ?? firstText(asRecord(part?.resource), 'text');
    const kind = firstText(part, 'mimeType', 'mime_type', 'type');
    return part === undefined ? [] : [text ?? `[${kind ?? 'content'}]`];
  });
  const said = [asText(action.output.result), asText(result.resource_contents), ...texts].filter(
    (text) => text !== undefined,
  );
  const structured = said.length === 0 && Object.keys(action.output).length > 0 ? [prettyJson(action.output)] : [];
  const gap = (hidden: number): ViewNode => gapNode(hidden, action.id, 'raw', context);
  const asJson = (text: string): ViewNode[] => highlightCode(text, 'json');
  return [
    ...(input && Object.keys(input).length > 0 ? preNodes(prettyJson(input), textLimit / 2, asJson, gap) : []),
    ...said
      .slice(0, 20)
      .flatMap((text) => preNodes(text, textLimit / said.length, /^\s*[[{]/.test(text) ? asJson : terminalNodes, gap)),
    ...structured.flatMap((text) => preNodes(text, textLimit / 2, asJson, gap)),
  ];
}

function documentNodes(action: ActionBlock, context: RenderContext): ViewNode[] {
  const { input, output } = action;
  const documents = [
    input,
    output,
    ...asList(input.documents).map(asRecord),
    ...asList(output.documents).map(asRecord),
  ];
  const shown = documents.flatMap((document) => {
    const content = firstText(document, 'content', 'markdown', 'text', 'plan');
    return content === undefined ? [] : [markdown(content, action, context)];
  });
  return [...shown.slice(0, 5), ...changeNodes(fileChanges(action), action, context)];
}

function reviewNodes({ input, output }: ActionBlock, context: RenderContext): ViewNode[] {
  const comments = reviewComments(input) ?? reviewComments(output) ?? [];
  return comments.slice(0, 50).flatMap(({ place, text }): ViewNode[] => [
    ['div', 'path', visibleText(oneLine(place))],
    ['div', 'text', ...markdownNodes(text.slice(0, 2000), context)],
  ]);
}

function markdown(text: string, action: ActionBlock, context: RenderContext): ViewNode {
  return text.length <= textLimit
    ? ['div', 'text', ...markdownNodes(text, context)]
    : [
        'div',
        'text',
        ...markdownNodes(text.slice(0, textLimit), context),
        gapNode(text.length - textLimit, action.id, 'output', context),
      ];
}

/** What went in and what came out, where no view fits. */
function jsonNodes(action: ActionBlock, context: RenderContext): ViewNode[] {
  const { translate: t } = context;
  const part = (title: string, value: JsonRecord): ViewNode[] =>
    Object.keys(value).length === 0
      ? []
      : [
          ['div', 'path', title],
          ...preNodes(
            prettyJson(value),
            textLimit / 2,
            (text) => highlightCode(text, 'json'),
            (hidden) => gapNode(hidden, action.id, 'raw', context),
          ),
        ];
  const nodes = [...part(t('Input'), action.input), ...part(t('Output'), action.output)];
  return nodes.length > 0 ? nodes : [['p', 'note', t('Nothing more is known about it.')]];
}
