import { artifactFile } from '../model/artifactFile';
import type { Artifact } from '../oz/types';
import { artifactCard, pictureCard } from './artifactCard';
import { icon, type RenderContext } from './renderContext';
import type { ViewElement, ViewNode } from './viewNodes';

/** What the strip says of artifacts besides what the run does. */
export interface ArtifactsKnown {
  artifacts: readonly Artifact[];
  /** Whether two versions of a plan's text were read. */
  canCompare: (uid: string) => boolean;
}

/** Artifacts that are shown at once; what is left comes when it is asked for. */
const mostArtifacts = 30;

/** What came out of the run, in a strip above the conversation. */
export function renderArtifacts(known: ArtifactsKnown, context: RenderContext): ViewElement | null {
  return known.artifacts.length === 0
    ? null
    : [
        'section',
        { class: 'artifacts', label: context.translate('Artifacts') },
        ...renderArtifactsFrom(known, 0, context),
      ];
}

/** The page of artifacts that begins behind so many pages, and the line that leads to the next one. */
export function renderArtifactsFrom(known: ArtifactsKnown, page: number, context: RenderContext): ViewNode[] {
  const { translate: t, words } = context;
  const first = page * mostArtifacts;
  const shown = known.artifacts.slice(first, first + mostArtifacts).map((artifact, nth) => ({
    artifact,
    index: first + nth,
  }));
  const pictures = shown.filter(({ artifact }) => isPicture(artifact));
  const cards = shown.filter(({ artifact }) => !isPicture(artifact));
  const left = known.artifacts.length - first - shown.length;
  return [
    ...(cards.length === 0
      ? []
      : [
          [
            'ul',
            'cards',
            ...cards.map(({ artifact, index }) => artifactCard(artifact, index, known.canCompare, context)),
          ] as const,
        ]),
    ...(pictures.length === 0
      ? []
      : [
          [
            'ul',
            { class: 'shots', label: words.artifactWord('SCREENSHOT') },
            ...pictures.map(({ artifact, index }) => pictureCard(artifact, index, context)),
          ] as const,
        ]),
    ...(left === 0
      ? []
      : [
          [
            'div',
            { class: 'foldable rest', id: restId(page + 1) },
            [
              'button',
              { class: 'line', does: 'body', of: restId(page + 1), item: page + 1, expanded: false },
              icon('chevron'),
              icon('package'),
              ['span', 'sentence', left === 1 ? t('1 more') : t('{0} more', left)],
            ],
          ] as const,
        ]),
  ];
}

/** Pictures that the page can show; others are files. */
export function isPicture(artifact: Artifact): boolean {
  const file = artifactFile(artifact);
  return (
    file?.kind === 'picture' &&
    (!file.mimeType.startsWith('image/') || /^image\/(?:png|jpe?g|gif|webp)$/.test(file.mimeType))
  );
}

/** What stands behind an artifact's line, and behind the line that leads to more of them, goes by these ids. */
export function artifactId(index: number): string {
  return `artifact.${index}`;
}

function restId(page: number): string {
  return `artifacts.${page}`;
}

/** The artifact, or the page of artifacts, that an id of the page's means. */
export function artifactPlace(id: string): { index: number } | { page: number } | undefined {
  const [, more, number] = /^artifact(s?)\.(\d+)$/.exec(id) ?? [];
  if (number === undefined) {
    return undefined;
  }
  return more === 's' ? { page: Number(number) } : { index: Number(number) };
}
