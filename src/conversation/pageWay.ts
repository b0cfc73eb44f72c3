import type { Entry } from '../model/conversation';
import type { ConversationChunks } from '../model/conversationChunks';
import { jumpFrom, nothingThere } from './jumps';
import type { PageReading } from './pageReading';
import type { JumpTarget, ToPage } from './protocol';
import { mostFolded } from './readFromPage';
import type { RenderContext } from './renderContext';

export interface PageWayDeps {
  chunks: ConversationChunks;
  reading: Pick<PageReading, 'noteFolded'>;
  context: RenderContext;
  post: (message: ToPage) => void;
  /** The page may show something else now. */
  changed: () => void;
}

/** Leads a page through its conversation: jumps, and steps that fold and unfold. */
export class PageWay {
  constructor(private readonly deps: PageWayDeps) {}

  /** Goes to the next of a kind, or says that there is none. */
  jump(from: string | null, to: JumpTarget, back: boolean): void {
    const { chunks, context, post } = this.deps;
    const entry = jumpFrom(chunks, from, to, back);
    if (entry) {
      this.reveal(entry);
    } else {
      post({ type: 'say', text: nothingThere(chunks, to, back, context) });
    }
  }

  reveal(entry: Entry | undefined): void {
    if (entry) {
      const { chunks, post } = this.deps;
      this.unfoldAround(entry);
      const place = chunks.placeOf(entry.id) ?? 0;
      post({ type: 'reveal', chunk: chunks.chunkAt(place), id: entry.id, offset: null });
    }
  }

  /** An entry that is to be shown must not be hidden by folded steps. */
  unfoldAround(entry: Entry): void {
    const { chunks } = this.deps;
    if (!chunks.isShown(entry)) {
      this.#tell(chunks.folded.filter((id) => !entry.within.includes(id)));
    }
  }

  foldAll(isFolded: boolean): void {
    const steps = this.deps.chunks.entries.flatMap(({ kind, id }) => (kind === 'step' ? [id] : []));
    this.#tell(isFolded ? steps.slice(0, mostFolded) : []);
  }

  /** The page folded these steps, and no others. */
  fold(folded: readonly string[]): void {
    const { chunks, reading, changed } = this.deps;
    chunks.fold(folded);
    reading.noteFolded(folded);
    changed();
  }

  #tell(folded: string[]): void {
    this.deps.post({ type: 'folds', folded });
    this.fold(folded);
  }
}
