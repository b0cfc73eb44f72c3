import { asNumber, asRecord, asText, firstText, type JsonRecord } from '../model/conversationJson';
import type { Artifact } from '../oz/types';
import { icon, oneLine, type RenderContext } from './renderContext';
import type { ViewNode } from './viewNodes';
import { visibleText } from './visibleText';

interface Card {
  icon: string;
  title: string;
  facts: (string | undefined)[];
}

/** An artifact as a row that opens it. Every kind has one: what is not known yet goes by its own name. */
export function artifactCard(artifact: Artifact, index: number, context: RenderContext): ViewNode {
  // Read as JSON of no promised shape: older and newer services name members differently.
  const { artifact_type: type = '', data } = artifact as { artifact_type?: unknown; data?: unknown };
  const word = context.words.artifactWord(asText(type) ?? '');
  const card = describe(asText(type) ?? '', asRecord(data) ?? {}, context);
  const title = visibleText(oneLine(card.title, 120)) || word;
  const facts = [title === word ? undefined : word, ...card.facts]
    .filter((fact) => fact !== undefined)
    .map((fact) => visibleText(oneLine(fact, 80)));
  return [
    'button',
    { class: 'card', does: 'artifact', item: index },
    icon(card.icon),
    ['span', 'card-title', title],
    ['span', 'card-facts', facts.join(' · ')],
  ];
}

function describe(type: string, data: JsonRecord, { language }: RenderContext): Card {
  switch (type.toUpperCase()) {
    case 'PULL_REQUEST': {
      const status = firstText(data, 'status')?.toLowerCase();
      return {
        icon: status === 'merged' ? 'git-merge' : 'git-pull-request',
        title: pullRequestName(firstText(data, 'url') ?? '') ?? firstText(data, 'title', 'url') ?? '',
        facts: [status === 'unknown' ? undefined : status, firstText(data, 'branch')],
      };
    }
    case 'PLAN':
      return { icon: 'checklist', title: firstText(data, 'title') ?? '', facts: [] };
    case 'SCREENSHOT':
      return { icon: 'file-media', title: firstText(data, 'description') ?? '', facts: [] };
    case 'FILE': {
      const size = asNumber(data.size_bytes);
      return {
        icon: 'file',
        title: firstText(data, 'title', 'filename', 'filepath') ?? '',
        facts: [size === undefined ? undefined : sizeWord(size, language), firstText(data, 'description')],
      };
    }
    case 'EXTERNAL_REFERENCE':
      return { icon: 'link', title: firstText(data, 'title', 'url') ?? '', facts: [firstText(data, 'reference_type')] };
    default:
      return { icon: 'package', title: firstText(data, 'title', 'name', 'url') ?? '', facts: [] };
  }
}

/** `owner/repository #12` of a pull request's address on GitHub and the services like it. */
function pullRequestName(url: string): string | undefined {
  const [, repository, number] =
    /^https?:\/\/[^/]+\/([^?#]+?)\/(?:-\/)?(?:pull|pulls|pull-requests|merge_requests)\/(\d+)/.exec(url) ?? [];
  return repository !== undefined && number !== undefined ? `${repository} #${number}` : undefined;
}

/** A number of bytes as people say it: "3.4 kB". */
function sizeWord(bytes: number, language: string): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[power],
    unitDisplay: 'short',
    maximumFractionDigits: 1,
  }).format(bytes / 1000 ** power);
}
