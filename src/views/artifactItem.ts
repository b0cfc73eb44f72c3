import * as vscode from 'vscode';
import { artifactFile } from '../model/artifactFile';
import { pullRequestName } from '../model/pullRequestName';
import type { Artifact, ArtifactType, Open } from '../oz/types';
import { fileIcons, pullRequestIcon } from '../platform/artifactIcons';
import { plain } from '../platform/plainText';
import { artifactWord, exactTime, sizeWord } from '../platform/words';
import { factLines } from './runItem';

const { t } = vscode.l10n;

const icons: Record<Exclude<ArtifactType, 'FILE' | 'PULL_REQUEST'>, string> = {
  PLAN: 'checklist',
  SCREENSHOT: 'device-camera',
  EXTERNAL_REFERENCE: 'link-external',
};

/** Kinds by which menus tell what to offer. */
const known: ReadonlySet<string> = new Set(['PULL_REQUEST', 'FILE', ...Object.keys(icons)]);

/** The row of something that came out of a run. A kind that is not known yet is a plain row with its name. */
export function artifactItem(
  artifact: Artifact,
  options: { id: string; runId: string; index: number },
): vscode.TreeItem {
  const type: Open<ArtifactType> = artifact.artifact_type;
  const { label, description, link } = wordsFor(artifact);
  const name = plain(label, 120) || artifactWord(type);
  const item = new vscode.TreeItem(name);
  item.id = options.id;
  item.description = plain(description ?? '', 120);
  item.iconPath = new vscode.ThemeIcon(iconFor(artifact));
  item.tooltip = [
    artifactWord(type),
    ...factLines([
      [t('Name'), label],
      [t('Description'), description],
      [t('Link'), link],
      [t('Created'), exactTime(artifact.created_at)],
    ]),
  ].join('\n');
  item.accessibilityInformation = {
    label: [name, artifactWord(type), plain(description ?? '', 120)].filter(Boolean).join(', '),
  };
  item.contextValue = [
    'artifact',
    known.has(type) ? type : 'other',
    ...(link ? ['linked'] : []),
    ...(artifactFile(artifact) ? ['file'] : []),
  ].join(' ');
  item.command = {
    command: 'agentRuns.openArtifact',
    title: t('Open'),
    arguments: [{ runId: options.runId, artifact: options.index }],
  };
  return item;
}

function iconFor(artifact: Artifact): string {
  switch (artifact.artifact_type) {
    case 'PULL_REQUEST':
      return pullRequestIcon(artifact.data.status);
    case 'FILE':
      return fileIcons[artifactFile(artifact)?.kind ?? 'other'];
    case 'PLAN':
    case 'SCREENSHOT':
    case 'EXTERNAL_REFERENCE':
      return icons[artifact.artifact_type];
    default:
      return 'package';
  }
}

interface ArtifactWords {
  label: string;
  description?: string;
  link?: string;
}

function wordsFor(artifact: Artifact): ArtifactWords {
  switch (artifact.artifact_type) {
    case 'PLAN':
      return { label: artifact.data.title ?? '', link: artifact.data.url };
    case 'PULL_REQUEST': {
      const { url, branch, status } = artifact.data;
      return {
        label: pullRequestName(url) ?? url,
        description: [branch, status === 'unknown' ? '' : status].filter(Boolean).join(' · '),
        link: url,
      };
    }
    case 'SCREENSHOT':
      return { label: artifact.data.description ?? '' };
    case 'FILE': {
      const { filename, filepath, description, size_bytes: size } = artifact.data;
      const facts = [size === undefined ? '' : sizeWord(size), description];
      return { label: filename || filepath, description: facts.filter(Boolean).join(' · ') };
    }
    case 'EXTERNAL_REFERENCE': {
      const { title, url, reference_type } = artifact.data;
      return { label: title ?? url, description: reference_type, link: url };
    }
    default:
      return unknownWords(artifact);
  }
}

/** Whatever a kind that came later has of a name and a link. */
function unknownWords({ data }: { data: unknown }): ArtifactWords {
  const { title, url } = data as { title?: string; url?: string };
  return { label: title ?? '', link: url };
}
