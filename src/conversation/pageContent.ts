import { finalMessage, waitingActions } from '../model/conversation';
import { prettyJson } from '../model/conversationJson';
import { endsWithWork, isShort, lastAskedAt } from '../model/conversationTalk';
import { blockPart, messageText, type PartText } from './blockText';
import { findWords } from './findWords';
import { firstEntries, withBodies } from './firstScreen';
import { withNewLine } from './newLine';
import type { PageContent } from './pageChanges';
import type { FirstScreen } from './pageHtml';
import type { PageDeps, PageParts } from './pageParts';
import { pictureWords } from './pictureWords';
import { promptMessage } from './promptMessage';
import type { TextPart } from './protocol';
import { renderBody } from './renderBody';
import { renderEntry } from './renderEntry';
import { renderTop } from './renderTop';
import { sourceTitle } from './sourceTitle';
import type { ViewElement } from './viewNodes';

/** What stands around the conversation now, and how it is cut. */
export function pageContent({ live, clock }: PageDeps, parts: PageParts): PageContent {
  const { chunks, context, reading } = parts;
  const { entries } = chunks;
  const top = renderTop(
    {
      source: live.source,
      run: live.run,
      title: sourceTitle(live.source, live.entries, context),
      ...parts.top.known(),
      now: clock.now(),
      reading: live.reading,
      problem: live.problem,
      entries: entries.length,
      final: isShort(entries) ? undefined : finalMessage(entries),
      askedAt: lastAskedAt(entries),
      endsWithWork: endsWithWork(entries),
      waiting: waitingActions(entries),
      isAnswered: parts.box.isAnswered,
      canCompare: parts.artifacts.canCompare,
    },
    context,
  );
  const layout = {
    chunks: chunks.sizes(),
    entries: entries.length,
    seen: reading.seen,
    last: entries.at(-1)?.id ?? null,
    active: live.isActive,
  };
  return { parts: { ...top, pending: parts.box.pending() }, layout };
}

/** The page as it is first seen: where reading goes on, with what was unfolded there. */
export function firstScreen(deps: PageDeps, parts: PageParts): { content: PageContent; screen: FirstScreen } {
  const { live, context } = deps;
  const { chunks } = parts;
  const reading = parts.reading.begin();
  parts.reading.update(live.isUpToDate);
  const content = pageContent(deps, parts);
  const from = parts.reading.first(live.isActive);
  const unfolded = new Set(reading?.unfolded);
  const unfoldedBody = (id: string): ViewElement | undefined =>
    unfolded.has(id) ? bodyOf(parts, id, false) : undefined;
  const { translate } = context;
  const screen: FirstScreen = {
    start: {
      source: live.source,
      ...content.layout,
      reading,
      words: {
        newMessages: translate('{0} new', '{0}'),
        arrived: { one: translate('1 new message'), many: translate('{0} new messages', '{0}') },
        copied: translate('Copied'),
        find: findWords(translate),
        pictures: pictureWords(translate),
        steps: translate('Steps'),
      },
    },
    title: live.run ? context.words.runTitle(live.run) : sourceTitle(live.source, live.entries, context),
    heading: translate('Conversation'),
    skip: translate('Skip the Conversation'),
    parts: content.parts,
    entries: firstEntries(chunks, from, (place) =>
      entryAt(parts, place).map((entry) => withBodies(entry, unfoldedBody)),
    ),
    from,
    box: parts.box.html(),
  };
  return { content, screen };
}

/** The entry at a position in the conversation; nothing where there is none. */
export function entryAt({ chunks, context, reading: { newEntries } }: PageParts, place: number): ViewElement[] {
  const entry = chunks.entries[place];
  if (!entry) {
    return [];
  }
  const node = renderEntry(entry, { place, folded: chunks.isFolded(entry.id) }, context);
  return [newEntries?.id === entry.id ? withNewLine(node, newEntries, context) : node];
}

/** What unfolds behind a line of the conversation or of the head. */
export function bodyOf({ chunks, context, top }: PageParts, id: string, raw: boolean): ViewElement | undefined {
  const block = chunks.findBlock(id);
  return block ? renderBody(block, raw, context) : top.body(id, context);
}

/** A text to copy or to open, wherever on the page it stands. */
export function textOn(
  { live }: Pick<PageDeps, 'live'>,
  { chunks, artifacts, top }: PageParts,
  { id, part, item }: { id: string; part: TextPart; item: number },
): PartText | undefined {
  const asked = promptMessage(live.run);
  const entry = chunks.find(id);
  if (part === 'message') {
    const shown = entry ?? (asked?.id === id ? asked : undefined);
    return shown && { text: messageText(shown), language: 'markdown' };
  }
  if (part === 'raw' && entry) {
    return { text: prettyJson(entry.raw), language: 'json' };
  }
  const block = chunks.findBlock(id) ?? asked?.blocks.find((one) => one.id === id);
  return block ? blockPart(block, part, item) : (artifacts.text(id, part, item) ?? top.text(id));
}
