import { isLandmark, type Entry } from '../model/conversation';
import type { ConversationChunks } from '../model/conversationChunks';
import { humanName } from '../model/conversationEvents';
import { isError } from '../model/conversationSteps';
import type { Disposable } from '../model/emitter';
import type { Clock } from '../oz/clock';
import { plain } from '../platform/plainText';
import { actionLine } from './actionLine';
import type { TimelineMark, ToPage } from './protocol';
import { oneLine, type RenderContext } from './renderContext';
import { textOf } from './viewNodes';

/** Marks at most: the strip is some hundred pixels tall, and each must be told from the next. */
const mostMarks = 100;
/** Characters of a title. */
const longest = 100;

interface Place {
  entry: Entry;
  kind: TimelineMark['kind'];
  chunk: number;
  /** Part of the chunk, and of the whole conversation, that stands before it. */
  at: number;
  height: number;
}

/** Of what would be one mark, the one that counts most is shown. */
const weights: Record<TimelineMark['kind'], number> = { error: 2, step: 1, user: 0 };

/** Milliseconds after which a change is told: what is read comes before the strip beside it. */
const pause = 200;

/** Tells a page no more of its strip than what it does not show yet. */
export class Timeline implements Disposable {
  #told = '[]';
  #stop: (() => void) | undefined;

  constructor(
    private readonly chunks: ConversationChunks,
    private readonly context: RenderContext,
    private readonly clock: Pick<Clock, 'after'>,
    private readonly post: (message: ToPage) => void,
  ) {}

  /** The page is there, and its strip is empty. */
  ready(): void {
    this.#told = '[]';
    this.changed();
  }

  changed(): void {
    this.#stop ??= this.clock.after(pause, () => {
      this.#stop = undefined;
      const marks = timelineMarks(this.chunks, this.context);
      const now = JSON.stringify(marks);
      if (now !== this.#told) {
        this.#told = now;
        this.post({ type: 'timeline', marks });
      }
    });
  }

  dispose(): void {
    this.#stop?.();
  }
}

/** What the strip beside the conversation leads to, from its start: steps, users' messages and errors that can be seen. */
export function timelineMarks(chunks: ConversationChunks, context: RenderContext): TimelineMark[] {
  return merged(landmarks(chunks)).map(({ entry, kind, chunk, at }) => ({
    id: entry.id,
    chunk,
    at: Math.round(at * 1000) / 1000,
    kind,
    title: titleOf(entry, kind, context),
  }));
}

function landmarks(chunks: ConversationChunks): Place[] {
  const sizes = chunks.sizes();
  const all = sizes.reduce((sum, [, lines]) => sum + lines, 0) || 1;
  let before = 0;
  return sizes.flatMap(([, lines], chunk) => {
    const places = chunks.shown(chunk)?.places ?? [];
    const start = before;
    before += lines;
    return places.flatMap((place, index): Place[] => {
      const entry = chunks.entries[place];
      if (!entry || !isLandmark(entry)) {
        return [];
      }
      const at = index / places.length;
      return [{ entry, kind: kindOf(entry), chunk, at, height: (start + at * lines) / all }];
    });
  });
}

/** Neighbours become one where there are too many. */
function merged(places: Place[]): Place[] {
  if (places.length <= mostMarks) {
    return places;
  }
  const bands = new Map<number, Place>();
  for (const place of places) {
    const band = Math.floor(place.height * mostMarks);
    const known = bands.get(band);
    if (!known || weights[place.kind] > weights[known.kind]) {
      bands.set(band, place);
    }
  }
  return [...bands.values()];
}

function kindOf(entry: Entry): TimelineMark['kind'] {
  return entry.kind === 'step' ? 'step' : entry.role === 'user' ? 'user' : 'error';
}

function titleOf(entry: Entry, kind: TimelineMark['kind'], context: RenderContext): string {
  const { translate: t } = context;
  if (entry.kind === 'step') {
    return plain(oneLine(entry.title), longest) || t('Step');
  }
  if (kind === 'user') {
    const text = entry.blocks.find((block) => block.kind === 'text')?.text ?? '';
    return t('User: {0}', plain(oneLine(text), longest));
  }
  const failed = entry.blocks.find(isError);
  const said =
    failed?.kind === 'action'
      ? actionLine(failed, context).sentence.map(textOf).join('')
      : humanName(failed?.kind === 'event' ? failed.name : '');
  return t('Failed: {0}', plain(oneLine(said), longest));
}
