import { artifactFile, artifactMembers, artifactUrl, type FileKind } from '../model/artifactFile';
import { pullRequestName } from '../model/pullRequestName';
import { shortHash } from '../model/shortHash';
import { firstText, type JsonRecord } from '../oz/json';
import type { Artifact } from '../oz/types';
import { fileIcons, pullRequestIcon } from '../platform/artifactIcons';
import { visibleText } from '../platform/plainText';
import type { ArtifactAct } from './protocol';
import { icon, oneLine, type RenderContext } from './renderContext';
import type { ViewElement, ViewNode } from './viewNodes';

interface Card {
  icon: string;
  /** Of the icon, for its colour. */
  look?: string;
  title: string;
  facts: (string | undefined)[];
  /** The facts say already what it is. */
  saysKind?: boolean;
  /** What a click on it does: opens the artifact, unfolds what is behind it, or nothing. */
  main: 'open' | 'unfold' | 'none';
  tools: ViewNode[];
}

/** An artifact as a card. Every kind has one: what is not known yet goes by its own name, with what came of it behind it. */
export function artifactCard(
  artifact: Artifact,
  index: number,
  canCompare: (uid: string) => boolean,
  context: RenderContext,
): ViewElement {
  const { type } = artifactMembers(artifact);
  const word = context.words.artifactWord(type);
  const card = describe(artifact, index, canCompare, context);
  const title = visibleText(oneLine(card.title, 120)) || word;
  const facts = [title === word || card.saysKind ? undefined : word, ...card.facts]
    .filter((fact) => fact !== undefined)
    .map((fact) => visibleText(oneLine(fact, 80)));
  const words: ViewNode = [
    'span',
    'card-words',
    ['span', 'card-title', title],
    ['span', 'card-facts', facts.join(' · ')],
  ];
  const mark: ViewNode = ['span', { class: `icon ${card.icon} ${card.look ?? ''}`.trimEnd(), decorative: true }];
  const tools: ViewNode[] = card.tools.length > 0 ? [['span', 'card-tools', ...card.tools]] : [];
  if (card.main === 'unfold') {
    const id = `artifact.${index}`;
    const line = { class: 'line card-main', does: 'body', of: id, item: index, expanded: false, title } as const;
    return ['li', { class: 'card foldable', id }, ['button', line, icon('chevron'), mark, words], ...tools];
  }
  return card.main === 'open'
    ? ['li', 'card', ['button', { class: 'card-main', does: 'artifact', item: index, title }, mark, words], ...tools]
    : ['li', 'card', ['span', 'card-main', mark, words], ...tools];
}

/** A picture in a box of fixed size: the page asks for its bytes when it comes into sight. */
export function pictureCard(artifact: Artifact, index: number, context: RenderContext): ViewElement {
  const { translate: t, words } = context;
  const { type, data } = artifactMembers(artifact);
  const file = artifactFile(artifact);
  const word = words.artifactWord(type);
  const said = firstText(data, 'description', 'title', 'filename', 'filepath');
  const title = said === undefined ? '' : visibleText(oneLine(said, 300));
  return [
    'li',
    'shot',
    [
      'button',
      {
        class: 'thumb',
        does: 'large',
        item: index,
        // Says whether it is still the same picture when the strip is made anew.
        hash: shortHash(file?.uid ?? ''),
        label: title === '' ? word : `${word}: ${title}`,
        description: t('Shows it large'),
      },
      icon('file-media'),
    ],
    [
      'div',
      'shot-line',
      ['span', { class: 'card-title', title: title || word }, title || word],
      [
        'span',
        'card-tools',
        tool(index, 'save', 'save', t('Save As…')),
        tool(index, 'open', 'go-to-file', t('Open in Editor')),
      ],
    ],
  ];
}

function describe(
  artifact: Artifact,
  index: number,
  canCompare: (uid: string) => boolean,
  context: RenderContext,
): Card {
  const { translate: t } = context;
  const { type, data } = artifactMembers(artifact);
  const url = artifactUrl(artifact);
  const file = artifactFile(artifact);
  switch (type.toUpperCase()) {
    case 'PULL_REQUEST':
      return pullRequest(data, index, url, context);
    case 'PLAN':
      return {
        icon: 'checklist',
        title: firstText(data, 'title') ?? '',
        facts: [],
        main: file ? 'unfold' : url === undefined ? 'none' : 'open',
        tools: file
          ? [
              ...(canCompare(file.uid) ? [tool(index, 'compare', 'diff', t('Compare with the Earlier Version'))] : []),
              tool(index, 'open', 'go-to-file', t('Open as Document')),
              tool(index, 'save', 'save', t('Save As…')),
              ...(url === undefined ? [] : [tool(index, 'browser', 'link-external', t('Open in Browser'))]),
            ]
          : [],
      };
    case 'SCREENSHOT':
    case 'FILE': {
      const kind = file?.kind ?? 'other';
      const name = firstText(data, 'filename', 'filepath');
      const kindWord = fileWord(kind, file?.mimeType ?? '', context);
      return {
        saysKind: kindWord !== undefined,
        icon: fileIcons[kind],
        title: firstText(data, 'title') ?? name ?? firstText(data, 'description') ?? '',
        facts: [
          firstText(data, 'title') === undefined ? undefined : name,
          kindWord,
          file?.size === undefined ? undefined : context.words.sizeWord(file.size),
          name === undefined ? undefined : firstText(data, 'description'),
        ],
        main: file ? 'open' : 'none',
        tools: file ? [tool(index, 'save', 'save', t('Save As…'))] : [],
      };
    }
    case 'EXTERNAL_REFERENCE':
      return {
        icon: 'link-external',
        title: firstText(data, 'title', 'url') ?? '',
        facts: [wordOf(firstText(data, 'reference_type')), url === undefined ? undefined : new URL(url).host],
        main: url === undefined ? 'none' : 'open',
        tools: [],
      };
    default:
      return {
        icon: 'package',
        title: firstText(data, 'title', 'name', 'url') ?? '',
        facts: [],
        main: 'unfold',
        tools: url === undefined ? [] : [tool(index, 'browser', 'link-external', t('Open in Browser'))],
      };
  }
}

/** `LINEAR_ISSUE` as "Linear issue". */
function wordOf(type: string | undefined): string | undefined {
  const words = type?.replaceAll('_', ' ') ?? '';
  if (words === '') {
    return undefined;
  }
  return words === words.toUpperCase() ? `${words.charAt(0)}${words.slice(1).toLowerCase()}` : words;
}

function pullRequest(data: JsonRecord, index: number, url: string | undefined, { translate: t }: RenderContext): Card {
  const said = firstText(data, 'status')?.toLowerCase();
  const looks: Record<string, { look: string; word: string }> = {
    open: { look: 'pull-open', word: t('Open') },
    draft: { look: 'pull-draft', word: t('Draft') },
    merged: { look: 'pull-merged', word: t('Merged') },
    closed: { look: 'pull-closed', word: t('Closed') },
  };
  const known = said !== undefined && Object.hasOwn(looks, said) ? looks[said] : undefined;
  const address = firstText(data, 'url') ?? '';
  const branch = firstText(data, 'branch');
  return {
    icon: pullRequestIcon(said),
    look: known?.look,
    title: pullRequestName(address) ?? firstText(data, 'title', 'url') ?? '',
    facts: [known?.word ?? (said === 'unknown' ? undefined : said), branch],
    main: url === undefined ? 'none' : 'open',
    tools:
      branch === undefined
        ? []
        : [
            tool(index, 'checkOut', 'git-branch', t('Check Out Branch…')),
            tool(index, 'copyBranch', 'copy', t('Copy Branch Name')),
          ],
  };
}

function tool(item: number, act: ArtifactAct, iconName: string, label: string): ViewNode {
  return ['button', { class: `icon ${iconName}`, does: 'artifact', item, name: act, label, title: label }];
}

/** What a file is, as people say it; for what has no such word the service's. */
function fileWord(kind: FileKind, mimeType: string, { translate: t }: RenderContext): string | undefined {
  const words: Record<FileKind, string | undefined> = {
    picture: t('Picture'),
    film: t('Video'),
    sound: t('Sound'),
    markdown: 'Markdown',
    table: t('Table'),
    code: t('Code'),
    text: t('Text'),
    pdf: 'PDF',
    archive: t('Archive'),
    other: mimeType === '' || mimeType === 'application/octet-stream' ? undefined : mimeType,
  };
  return words[kind];
}
