import { asNumber, asRecord, asText, firstText, type JsonRecord } from '../model/conversationJson';
import { pullRequestName } from '../model/pullRequestName';
import type { Artifact } from '../oz/types';
import { icon, oneLine, type RenderContext } from './renderContext';
import type { ViewNode } from './viewNodes';
import { visibleText } from '../platform/plainText';

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

function describe(type: string, data: JsonRecord, { words }: RenderContext): Card {
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
        facts: [size === undefined ? undefined : words.sizeWord(size), firstText(data, 'description')],
      };
    }
    case 'EXTERNAL_REFERENCE':
      return { icon: 'link', title: firstText(data, 'title', 'url') ?? '', facts: [firstText(data, 'reference_type')] };
    default:
      return { icon: 'package', title: firstText(data, 'title', 'name', 'url') ?? '', facts: [] };
  }
}
