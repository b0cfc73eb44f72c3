import type { PageStart } from '../../src/conversation/pageHtml';
import type { PartName, ToPage } from '../../src/conversation/protocol';
import type { ViewElement } from '../../src/conversation/viewNodes';
import { buildElement } from './buildNode';
import { ChunkList } from './chunkList';
import { handleClicks } from './clicks';
import { showElapsed } from './elapsedTimes';
import { showTargets } from './linkTargets';
import { PageState, send } from './pageState';
import { Reading } from './reading';

const start = JSON.parse(byId('start').textContent) as PageStart;
const state = new PageState(start.runId, start.active);
const list = new ChunkList(byId('conversation'), {
  ask: (index) => {
    send({ type: 'chunk', index });
  },
  onEntry: (entry) => {
    askForBodies(entry);
  },
  onFilled: (index) => {
    reading.filled(index);
  },
});
const reading = new Reading({ list, state, start, feed: byId('conversation'), pill: byId('pill') });

addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  take(data);
});
handleClicks({ state, reading, words: start.words, said: byId('said') });
showTargets(byId('target'));
showElapsed();

send({ type: 'ready', folded: [...state.folded], anchor: state.following ? null : state.anchor });
list.layout(start.chunks);
reading.begin();

function take(message: ToPage): void {
  switch (message.type) {
    case 'layout':
      list.layout(message.chunks);
      reading.laidOut(message.entries);
      return;
    case 'chunk':
      list.take(message.index, message.version, message.entries, message.more);
      return;
    case 'body':
      showBody(message.id, message.node);
      return;
    case 'part':
      showPart(message.name, message.node);
      return;
    case 'reveal':
      reading.reveal(message);
      return;
    case 'found':
      return;
    case 'timeline':
      return;
    case 'picture':
      return;
    case 'box':
      return;
    case 'focus':
      return;
  }
}

function showPart(name: PartName, node: ViewElement | null): void {
  const place = byId(`part-${name}`);
  const focused = place.contains(document.activeElement) ? (document.activeElement as HTMLElement) : undefined;
  const bodies = [...place.querySelectorAll<HTMLElement>('.foldable > .body')];
  place.replaceChildren(...(node ? [buildElement(node)] : []));
  // What was unfolded stays so until its new body is there.
  for (const body of bodies) {
    foldable(body.parentElement?.dataset.id ?? '')?.append(body);
  }
  askForBodies(place);
  if (focused) {
    const { does, name: what, item } = focused.dataset;
    [...place.querySelectorAll<HTMLElement>('[data-does]')]
      .find(({ dataset }) => dataset.does === does && dataset.name === what && dataset.item === item)
      ?.focus({ preventScroll: true });
  }
}

function showBody(id: string, node: ViewElement): void {
  const place = foldable(id);
  if (place && state.unfolded.has(id)) {
    const body = buildElement(node);
    const old = place.querySelector(':scope > .body');
    if (old) {
      old.replaceWith(body);
    } else {
      place.append(body);
    }
  }
}

/** What was unfolded before a reload, or before it was out of sight, is unfolded again. */
function askForBodies(entry: HTMLElement): void {
  for (const place of entry.querySelectorAll<HTMLElement>('.foldable')) {
    const { id = '' } = place.dataset;
    if (state.unfolded.has(id)) {
      place.querySelector('.line')?.setAttribute('aria-expanded', 'true');
      send({ type: 'body', id, raw: false });
    }
  }
}

function foldable(id: string): HTMLElement | null {
  return document.querySelector(`.foldable[data-id="${CSS.escape(id)}"]`);
}

function byId(id: string): HTMLElement {
  const element = document.getElementById(id);
  if (!element) {
    throw new Error(`The page has no ${id}`);
  }
  return element;
}
