import { prettyJson } from '../model/conversationJson';
import type { ApiProblem } from '../oz/problems';
import type { Artifact } from '../oz/types';
import type { PartText } from './blockText';
import { highlightCode } from './highlightCode';
import { gapNode, headAndTail, preNodes } from './longText';
import { markdownNodes } from './markdown';
import type { RenderContext } from './renderContext';
import type { ViewElement, ViewNode } from './viewNodes';

/** Characters of a plan or of an artifact's JSON; the rest opens in the editor. Bytes of a plan's nodes at most. */
const textLimit = 30_000;
const bodyLimit = 64_000;

/** A plan as it reads. `id` is the artifact's on the page. */
export function planBody(text: string, id: string, context: RenderContext): ViewElement {
  const { translate } = context;
  const nodes = (limit: number, plainCode: boolean): ViewNode[] => {
    const { head, tail, hidden } = headAndTail(text, limit);
    const rendered = (part: string): ViewNode => [
      'div',
      'text',
      // The code of two parts would be numbered anew in the second.
      ...markdownNodes(part, { link: context.link, translate, plainCode, of: hidden === 0 ? id : undefined }),
    ];
    return hidden === 0 ? [rendered(head)] : [rendered(head), gapNode(hidden, id, 'text', context), rendered(tail)];
  };
  const made = nodes(textLimit, false);
  const shown = Buffer.byteLength(JSON.stringify(made)) > bodyLimit ? nodes(8000, true) : made;
  return body([
    ...(text.trim() === '' ? [['p', 'muted', translate('This plan is empty.')] as const] : shown),
    ['div', 'tools-line', again(id, translate('Reload'))],
  ]);
}

/** Stands where the plan will be. */
export function planPending({ translate }: RenderContext): ViewElement {
  const bars = ['w60', 'w90', 'w80', 'w40'];
  return body([
    [
      'div',
      { class: 'skeleton', role: 'status', label: translate('Reading the plan…') },
      ...bars.map((width): ViewNode => ['div', { class: `bar ${width}`, decorative: true }]),
    ],
  ]);
}

export function planProblem(problem: ApiProblem, id: string, { translate, words }: RenderContext): ViewElement {
  return body([
    ['p', 'problem', words.problemWords(problem)],
    ['div', 'tools-line', again(id, translate('Try Again'))],
  ]);
}

/** An artifact as the service sent it. */
export function rawArtifactBody(artifact: Artifact, id: string, context: RenderContext): ViewElement {
  return body(
    preNodes(
      rawArtifact(artifact).text,
      textLimit,
      (text) => highlightCode(text, 'json'),
      (hidden) => gapNode(hidden, id, 'raw', context),
    ),
  );
}

/** Without links that are secrets: of a kind that is not known any member may hold one. */
export function rawArtifact(artifact: Artifact): PartText {
  const text = prettyJson(artifact).replace(/"(https?:\/\/[^"\\?#]*)[?#](?:[^"\\]|\\.)*"/gi, '"$1?…"');
  return { text, language: 'json' };
}

function body(nodes: readonly ViewNode[]): ViewElement {
  return ['div', { class: 'body artifact-body', role: 'group' }, ...nodes];
}

function again(of: string, label: string): ViewNode {
  return ['button', { class: 'small', does: 'body', of, name: 'made' }, label];
}
