import type { Disposable } from '../model/emitter';
import type { PageFiles } from '../platform/pageShell';
import type { WebPage } from '../platform/webPanel';
import { actOnBlock } from './blockActions';
import { chunkMessages } from './chunkMessages';
import { conversationText } from './conversationText';
import { firstChunks } from './firstScreen';
import { PageChanges } from './pageChanges';
import { commandArguments, commandFor } from './pageCommands';
import { bodyOf, entryAt, firstScreen, pageContent, textOn } from './pageContent';
import { pageHtml } from './pageHtml';
import { type PageDeps, PageParts } from './pageParts';
import { PageWay } from './pageWay';
import type { CommandName, FromPage, ToPage } from './protocol';
import { readFromPage } from './readFromPage';
import { renderKeys } from './renderKeys';

/** The host's half of one page: it owns the conversation, the page asks for what it shows. */
export class ConversationPage implements WebPage {
  readonly #parts: PageParts;
  readonly #way: PageWay;
  readonly #changes = new PageChanges();
  readonly #subscription: Disposable;
  /** Entries in the HTML that was loaded last. */
  #loaded = 0;
  /** The page has none of the conversation yet. */
  #isEmpty = false;
  /** What is to have the focus once the page is there. */
  #wanted: 'box' | 'find' | undefined;

  constructor(private readonly deps: PageDeps) {
    const post = (message: ToPage): void => {
      this.#post(message);
    };
    const changed = (): void => {
      this.#sync();
    };
    this.#parts = new PageParts(deps, {
      post,
      changed,
      unfoldAround: (entry) => {
        this.#way.unfoldAround(entry);
      },
    });
    const { chunks, reading, context } = this.#parts;
    this.#way = new PageWay({ chunks, reading, context, post, changed });
    this.#subscription = deps.live.onDidChange(() => {
      this.#parts.update();
      this.#sync();
    });
  }

  /** The page with what is known now on its first screen. */
  html(files: PageFiles, nonce: string): string {
    const { content, screen } = firstScreen(this.deps, this.#parts);
    this.#changes.loaded(content);
    this.#loaded = content.layout.entries;
    return pageHtml(screen, files, nonce);
  }

  setVisible(visible: boolean): void {
    this.#parts.reading.setVisible(visible, this.deps.live.isUpToDate);
  }

  /** Gives something on the page the focus, once the page is there. */
  focus(what: 'box' | 'find'): void {
    if (this.deps.host.loading.isReady) {
      this.#post({ type: 'focus', what });
    } else {
      this.#wanted = what;
    }
  }

  receive(value: unknown): void {
    const message = readFromPage(value);
    if (message) {
      this.#handle(message);
    }
  }

  dispose(): void {
    this.#parts.dispose();
    this.#subscription.dispose();
  }

  #handle(message: FromPage): void {
    const { host } = this.deps;
    const { chunks, links, top, artifacts, box, reading, find } = this.#parts;
    switch (message.type) {
      case 'ready':
        this.#ready(message);
        return;
      case 'chunk':
        for (const part of this.#chunk(message)) {
          this.#post(part);
        }
        return;
      case 'body': {
        const node = artifacts.body(message.id) ? undefined : bodyOf(this.#parts, message.id, message.raw);
        if (node) {
          this.#post({ type: 'body', id: message.id, node });
        }
        return;
      }
      case 'fold':
        this.#way.fold(message.folded);
        return;
      case 'foldAll':
        this.#way.foldAll(message.folded);
        return;
      case 'jump':
        this.#way.jump(message.from, message.to, message.back);
        return;
      case 'goTo':
        this.#way.reveal(chunks.find(message.id));
        return;
      case 'goToNew':
        this.#way.reveal(reading.firstNew(message.seen));
        return;
      case 'find':
        if (message.text === null) {
          find.dispose();
        } else {
          find.find(message.text, message.step, message);
        }
        return;
      case 'reading':
        reading.note(message);
        return;
      case 'picture':
        artifacts.picture(message.item);
        return;
      case 'artifact':
        artifacts.act(message.item, message.act);
        return;
      case 'run':
        top.openRun(message.item);
        return;
      case 'answer':
      case 'draft':
      case 'send':
      case 'pending':
        box.receive(message);
        return;
      case 'link': {
        const url = links.at(message.item);
        if (url !== undefined) {
          host.openLink(url);
        }
        return;
      }
      case 'diff':
      case 'diffs':
      case 'file': {
        const block = chunks.findBlock(message.id);
        if (block) {
          actOnBlock(message, block, host);
        }
        return;
      }
      case 'copy':
      case 'open': {
        const text = textOn(this.deps, this.#parts, message);
        if (text && message.type === 'copy') {
          host.copy(text.text);
        } else if (text) {
          host.openText(message.part, text);
        }
        return;
      }
      case 'command':
        this.#command(message.name);
        return;
    }
  }

  #command(name: CommandName): void {
    const { host, live, context, runUrl } = this.deps;
    const command = commandFor(name, live.source);
    if (command !== undefined) {
      this.#parts.top.execute(name, command, { ...live.source, ...commandArguments[name] });
      return;
    }
    switch (name) {
      case 'retry':
        void live.read();
        return;
      case 'find':
        this.focus('find');
        return;
      case 'followUp':
        this.focus('box');
        return;
      case 'showKeys':
        this.#post({ type: 'keys', node: renderKeys(this.#parts.context) });
        return;
      case 'copyLink':
        host.copy(runUrl());
        return;
      case 'openBrowser':
        host.openLink(runUrl());
        return;
      case 'copyMarkdown':
        host.copy(conversationText(live, 'markdown', { context, pageUrl: runUrl }));
        return;
      default:
        return;
    }
  }

  #ready({ folded, anchor }: Extract<FromPage, { type: 'ready' }>): void {
    const { chunks, top, box, reading, timeline, find } = this.#parts;
    this.deps.host.loading.ready();
    find.dispose();
    chunks.fold(folded);
    this.#changes.ready();
    this.#isEmpty = this.#loaded === 0;
    timeline.ready();
    reading.ready(anchor);
    box.ready();
    this.#sync();
    top.ready();
    if (this.#wanted) {
      this.focus(this.#wanted);
      this.#wanted = undefined;
    }
  }

  /** Tells the page what it does not show yet. */
  #sync(): void {
    if (this.deps.host.loading.isReady) {
      for (const message of this.#news()) {
        this.#post(message);
      }
      this.#parts.timeline.changed();
    }
  }

  *#news(): Iterable<ToPage> {
    const { reading, box } = this.#parts;
    yield* this.#changes.messages(pageContent(this.deps, this.#parts));
    yield* this.#firstChunks();
    yield* reading.goOn();
    yield* box.changes();
  }

  /** A page that came up before its conversation gets its first screen without asking: that would take a round trip. */
  *#firstChunks(): Iterable<ToPage> {
    const { chunks, reading } = this.#parts;
    if (this.#isEmpty && chunks.entries.length > 0) {
      this.#isEmpty = false;
      for (const index of firstChunks(chunks, reading.first(this.deps.live.isActive))) {
        yield* this.#chunk({ index, have: null });
      }
    }
  }

  #chunk(asked: { index: number; have: number | null }): Iterable<ToPage> {
    return chunkMessages(asked, this.#parts.chunks, (place) => entryAt(this.#parts, place));
  }

  #post(message: ToPage): void {
    if (this.deps.host.loading.isReady) {
      this.deps.host.post(message);
    }
  }
}
