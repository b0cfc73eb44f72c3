import type { ActionBlock } from '../model/conversation';
import type { FileReference } from '../model/conversationFiles';
import { searchResults, type SearchView, type WebView } from '../model/conversationSearch';
import { asList, asRecord, firstText } from '../oz/json';
import { highlightCode, languageOfFile } from './highlightCode';
import { gapNode, preNodes, textLimit } from './longText';
import { linkNodes } from './linkNodes';
import { openFileButton } from './renderChanges';
import { numberWord, oneLine, type RenderContext } from './renderContext';
import { terminalNodes } from './terminalOutput';
import type { ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

/** Files of a list that are shown, and files whose text is. */
const listLimit = 200;
const textsLimit = 20;

/** What was read: the texts, or else where they are; and what could not be read. */
export function readNodes(files: readonly FileReference[], action: ActionBlock, context: RenderContext): ViewNode[] {
  const contents = asList(action.output.files).map(asRecord);
  const one = firstText(action.output, 'content', 'text', 'contents');
  const path = files[0]?.path ?? '';
  const shown = [
    ...(one === undefined ? [] : [{ path, text: one }]),
    ...contents.flatMap((file) => {
      const text = firstText(file, 'content', 'text', 'contents');
      return text === undefined ? [] : [{ path: firstText(file, 'path', 'file_path', 'name') ?? path, text }];
    }),
  ].slice(0, textsLimit);
  const gap = (hidden: number): ViewNode => gapNode(hidden, action.id, 'output', context);
  return [
    ...(shown.length > 0 ? [] : listNodes(files, action, context)),
    ...shown.flatMap((file): ViewNode[] => {
      const item = files.findIndex((reference) => reference.path === file.path);
      const name = visibleText(oneLine(file.path));
      const open = item < 0 ? [] : [openFileButton(action.id, item, name, context)];
      const render = (text: string): ViewNode[] => highlightCode(text, languageOfFile(file.path));
      return [
        ['div', 'file-head', ['span', 'file', name], ...open],
        ...preNodes(file.text, textLimit / shown.length, render, gap),
      ];
    }),
    ...failedNodes(action),
  ];
}

function failedNodes({ output }: ActionBlock): ViewNode[] {
  return asList(output.failed_files)
    .slice(0, textsLimit)
    .map(asRecord)
    .map((file): ViewNode => {
      const [name = '', why = ''] = [firstText(file, 'path', 'file_path', 'name'), firstText(file, 'message', 'error')];
      return ['p', 'problem', visibleText(oneLine([name, why].filter(Boolean).join(': '), 400))];
    });
}

/** Files and places; each can be opened where the workspace has it. */
export function listNodes(files: readonly FileReference[], action: ActionBlock, context: RenderContext): ViewNode[] {
  const items = files.slice(0, listLimit).map(({ path, lines }, item): ViewNode => {
    const place = visibleText(oneLine(lines === '' ? path : `${path}:${lines}`));
    return ['li', '', ['button', { class: 'small place', does: 'file', of: action.id, item }, place]];
  });
  return items.length === 0
    ? []
    : [
        ['ul', 'files', ...items],
        ...(files.length > listLimit
          ? [['p', 'note', context.translate('and {0} more', numberWord(files.length - listLimit, context))] as const]
          : []),
      ];
}

export function searchNodes({ queries }: SearchView, action: ActionBlock, context: RenderContext): ViewNode[] {
  const found = searchResults(action.output) ?? [];
  return [
    ...(queries.length < 2 ? [] : [['p', '', ['code', '', visibleText(oneLine(queries.join(' | '), 1000))]] as const]),
    ...listNodes(found, action, context),
    ...outputNodes(action, context),
  ];
}

/** Pages by their names and addresses; those are links through the host, as everywhere. */
export function webNodes({ verb, about }: WebView, action: ActionBlock, context: RenderContext): ViewNode[] {
  const results = ['results', 'pages', 'sources'].flatMap((key) => asList(action.output[key])).map(asRecord);
  const listed = results.flatMap((result) => {
    const [title, url] = [firstText(result, 'title', 'name'), firstText(result, 'url', 'link')];
    return title === undefined && url === undefined ? [] : [{ title: title ?? url ?? '', url }];
  });
  const pages = listed.length > 0 || verb === 'search' ? listed : about.map((url) => ({ title: url, url }));
  return [
    ...(pages.length === 0
      ? []
      : [
          [
            'ul',
            'files',
            ...pages
              .slice(0, listLimit)
              .map(({ title, url }): ViewNode => ['li', '', ...pageNodes(title, url, context)]),
          ] as const,
        ]),
    ...outputNodes(action, context),
  ];
}

function pageNodes(title: string, url: string | undefined, context: RenderContext): ViewNode[] {
  const shown = visibleText(oneLine(title));
  return url === undefined ? [shown] : linkNodes(url, [shown], context);
}

function outputNodes(action: ActionBlock, context: RenderContext): ViewNode[] {
  const output = firstText(action.output, 'output', 'text', 'content', 'summary');
  return output === undefined
    ? []
    : preNodes(output, textLimit, terminalNodes, (hidden) => gapNode(hidden, action.id, 'output', context));
}
