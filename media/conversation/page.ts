import type { PageStart } from '../../src/conversation/pageHtml';
import { partNames, type PartName, type ToPage } from '../../src/conversation/protocol';
import type { ViewElement } from '../../src/conversation/viewNodes';
import { byId } from '../elements/elements';
import { buildElement } from './buildNode';
import { ChunkList } from './chunkList';
import { handleClicks } from './clicks';
import { showElapsed } from './elapsedTimes';
import { FeedKeys } from './feedKeys';
import { Find } from './find';
import { FollowUpBox } from './followUpBox';
import { handleKeys } from './keys';
import { showKeys } from './keysDialog';
import { showTargets } from './linkTargets';
import { Menu } from './menu';
import { News } from './news';
import { notice } from './notice';
import { PageState, send } from './pageState';
import { Pictures } from './pictures';
import { Reading } from './reading';
import { refocus } from './refocus';
import { letScroll } from './scrollers';
import { Timeline } from './timeline';

const start = JSON.parse(byId('start').textContent) as PageStart;
const state = new PageState(start);
const list = new ChunkList(byId('conversation'), {
  ask: (index, have) => {
    send({ type: 'chunk', index, have });
  },
  onEntry: (entry) => {
    askForBodies(entry);
  },
  onFilled: () => {
    reading.filled();
  },
});
const reading = new Reading({ list, state, start, feed: byId('conversation'), pill: byId('pill') });
const timeline = new Timeline(byId('timeline'), byId('conversation'), start.words.steps);

const pictures = new Pictures(start.words.pictures);

addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  take(data);
});
const menu = new Menu(byId('part-header'));
const { words } = start;
const find = new Find({ state, reading, words: words.find, head: byId('head') });
handleClicks({ state, reading, menu, words });
const box = new FollowUpBox({ state, reading, foot: byId('foot') });
const feedKeys = new FeedKeys({ reading, box, feed: byId('conversation'), skip: byId('skip') });
handleKeys({ reading, find, feedKeys });
const news = new News(start, words.arrived);
showTargets(byId('target'));
showElapsed();
pictures.look(byId('part-artifacts'));

send({ type: 'ready', folded: [...state.folded], anchor: state.following ? null : state.anchor });
list.layout(start.chunks);
for (const name of partNames) {
  askForBodies(byId(`part-${name}`));
}
reading.begin();

function take(message: ToPage): void {
  switch (message.type) {
    case 'layout':
      list.layout(message.chunks);
      reading.laidOut(message);
      timeline.moved();
      news.laidOut(message);
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
      find.take(message);
      return;
    case 'say':
      notice(message.text);
      return;
    case 'keys':
      showKeys(message.node, words.find);
      return;
    case 'folds':
      state.fold(message.folded);
      return;
    case 'timeline':
      timeline.take(message.marks);
      return;
    case 'picture':
      pictures.take(message);
      return;
    case 'box':
      box.take(message);
      return;
    case 'focus':
      (message.what === 'find' ? find : box).open();
      return;
  }
}

function showPart(name: PartName, node: ViewElement | null): void {
  const place = byId(`part-${name}`);
  menu.renew(() => {
    renew(place, () => {
      place.replaceChildren(...(node ? [buildElement(node)] : []));
    });
  });
  if (name === 'pending') {
    box.pendingShown();
  } else if (name === 'header') {
    news.headed();
  }
}

/** Puts new elements into a place. What is unfolded and where that is scrolled to stay so, and the focus stays where it was. */
function renew(place: HTMLElement, put: () => void): void {
  const focused = place.contains(document.activeElement) ? (document.activeElement as HTMLElement) : undefined;
  const bodies = [...place.querySelectorAll<HTMLElement>('.foldable > .body')].map((body) => ({
    body,
    id: body.parentElement?.dataset.id ?? '',
    top: body.scrollTop,
  }));
  put();
  for (const { body, id, top } of bodies) {
    const home = foldable(id);
    // What was unfolded stays so until its new body is there.
    const shown = home?.querySelector(':scope > .body') ?? body;
    home?.append(shown);
    shown.scrollTop = top;
  }
  askForBodies(place);
  pictures.look(place);
  if (focused?.isConnected) {
    // What was moved lost it.
    focused.focus({ preventScroll: true });
  } else if (focused) {
    refocus(place, focused);
  }
}

function showBody(id: string, node: ViewElement): void {
  const place = foldable(id);
  if (place && state.unfolded.has(id)) {
    const body = buildElement(node);
    renew(place, () => {
      place.querySelector(':scope > .body')?.remove();
      place.append(body);
    });
  }
}

/** What was unfolded before a reload, or before it was out of sight, is unfolded again. */
function askForBodies(entry: HTMLElement): void {
  letScroll(entry);
  for (const place of entry.querySelectorAll<HTMLElement>('.foldable')) {
    const { id = '' } = place.dataset;
    if (state.unfolded.has(id)) {
      place.querySelector('[data-does="body"]')?.setAttribute('aria-expanded', 'true');
      send({ type: 'body', id, raw: false });
    }
  }
}

function foldable(id: string): HTMLElement | null {
  return document.querySelector(`.foldable[data-id="${CSS.escape(id)}"]`);
}
