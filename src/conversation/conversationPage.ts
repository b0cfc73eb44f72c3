import { finalMessage, isLandmark } from '../model/conversation';
import { ConversationChunks } from '../model/conversationChunks';
import { sidesOf } from '../model/conversationDiff';
import { fileChanges } from '../model/conversationFiles';
import { shortHash } from '../model/conversationJson';
import type { Disposable } from '../model/emitter';
import type { Clock } from '../oz/clock';
import { blockPart, messageText, type PartText } from './blockText';
import { chunkMessages, firstEntries } from './chunkMessages';
import { conversationMarkdown } from './conversationMarkdown';

import { Links } from './links';
import type { LiveConversation } from './liveConversation';
import { pageHtml, type PageFiles } from './pageHtml';
import {
  partNames,
  readFromPage,
  type CommandName,
  type FromPage,
  type PartName,
  type TextPart,
  type ToPage,
} from './protocol';
import type { RenderContext } from './renderContext';
import { renderBody } from './renderBody';
import { renderEntry } from './renderEntry';
import { renderTop } from './renderTop';
import type { ViewElement } from './viewNodes';

/** What the page's host does in the editor. */
export interface PageHost {
  /** Never waited for: a hidden page hears nothing, and asks again when it is shown. */
  post(message: ToPage): void;
  /** Puts the page's HTML in place, anew. */
  load(): void;
  /** Runs one of the extension's commands for this run. */
  execute(command: string, argument: Record<string, unknown>): void;
  /** Opens an address that was checked. */
  openLink(url: string): void;
  copy(text: string): void;
  openText(name: string, part: PartText): void;
  openDiff(name: string, before: string, after: string): void;
  openTranscript(): void;
  /** The page did not come up. */
  gaveUp(): void;
}

export interface PageDeps {
  live: LiveConversation;
  host: PageHost;
  clock: Clock;
  context: Omit<RenderContext, 'link'>;
  /** The run's page in the browser. */
  runUrl: () => string;
  /** The name of an environment, or undefined while it is not known. */
  environmentName: (id: string) => string | undefined;
}

/** Milliseconds that a page has to say that it is there, and how often it is set anew. */
const readyWithin = 8000;
const mostLoads = 3;

/** The host's half of one page: it owns the conversation, the page asks for what it shows. */
export class ConversationPage implements Disposable {
  readonly #chunks = new ConversationChunks();
  readonly #links = new Links();
  readonly #context: RenderContext;
  readonly #subscription: Disposable;
  /** Hashes of the parts in the HTML that was loaded last, and of those that the page shows now. */
  #loaded = new Map<PartName, string>();
  #shown = new Map<PartName, string>();
  #loadedLayout = '';
  #shownLayout = '';
  #isReady = false;
  #hasLoaded = false;
  /** How often the page was loaded since it last said that it is there. */
  #loads = 0;
  #visible = false;
  #stopWatch: () => void = () => undefined;

  constructor(private readonly deps: PageDeps) {
    this.#context = { ...deps.context, link: this.#links.number };
    this.#chunks.update(deps.live.entries);
    this.#subscription = deps.live.onDidChange(() => {
      this.#chunks.update(deps.live.entries);
      this.#sync();
    });
  }

  /** The page with what is known now on its first screen. */
  html(files: PageFiles, nonce: string): string {
    const { live, context } = this.deps;
    const parts = this.#parts();
    this.#loaded = hashesOf(parts);
    this.#loadedLayout = this.#layoutKey();
    const start = {
      runId: live.runId,
      chunks: this.#chunks.sizes(),
      entries: this.#chunks.entries.length,
      active: live.isActive,
      words: { newMessages: context.translate('{0} new', '{0}'), copied: context.translate('Copied') },
    };
    const entries = firstEntries(this.#chunks, live.isActive, (place) => this.#render(place));
    const title = live.run ? context.words.runTitle(live.run) : live.runId;
    const heading = context.translate('Conversation');
    return pageHtml({ start, title, heading, parts, entries }, files, nonce);
  }

  /** Loads the page and sees to it that it comes up. */
  load(): void {
    this.#hasLoaded = true;
    this.#isReady = false;
    this.#loads++;
    this.deps.host.load();
    this.#watch();
  }

  /** Loads the page again after it was given up. */
  restart(): void {
    this.#loads = 0;
    this.load();
  }

  /** A page that is hidden is gone; when it is shown again it comes back from its HTML and says `ready`. */
  setVisible(visible: boolean): void {
    const changed = visible !== this.#visible;
    this.#visible = visible;
    if (!changed || !this.#hasLoaded) {
      return;
    }
    this.#isReady = false;
    this.#loads = 1;
    if (!visible) {
      // What is known now will be on the first screen.
      this.deps.host.load();
    }
    this.#watch();
  }

  /** Takes what the page sent. What is not exactly a message of the protocol is passed over. */
  receive(value: unknown): void {
    const message = readFromPage(value);
    if (message) {
      this.#handle(message);
    }
  }

  dispose(): void {
    this.#stopWatch();
    this.#subscription.dispose();
  }

  #handle(message: FromPage): void {
    const { host, live } = this.deps;
    switch (message.type) {
      case 'ready':
        this.#ready(message.folded, message.anchor);
        return;
      case 'chunk':
        for (const part of chunkMessages(message.index, this.#chunks, (place) => this.#render(place))) {
          this.#post(part);
        }
        return;
      case 'body': {
        const block = this.#chunks.findBlock(message.id);
        if (block) {
          this.#post({ type: 'body', id: message.id, node: renderBody(block, message.raw, this.#context) });
        }
        return;
      }
      case 'fold':
        this.#chunks.fold(message.folded);
        this.#sync();
        return;
      case 'jump':
        this.#jump(message.from, message.back);
        return;
      case 'link': {
        const url = this.#links.url(message.item);
        if (url !== undefined) {
          host.openLink(url);
        }
        return;
      }
      case 'artifact':
        host.execute('agentRuns.openArtifact', { runId: live.runId, artifact: message.item });
        return;
      case 'diff':
        this.#openDiff(message.id, message.item);
        return;
      case 'copy': {
        const part = this.#text(message.id, message.part, message.item);
        if (part) {
          host.copy(part.text);
        }
        return;
      }
      case 'open': {
        const part = this.#text(message.id, message.part, message.item);
        if (part) {
          host.openText(message.part, part);
        }
        return;
      }
      case 'command':
        this.#command(message.name);
        return;
    }
  }

  #command(name: CommandName): void {
    const { host, live } = this.deps;
    const run = { runId: live.runId };
    switch (name) {
      case 'cancelRun':
        host.execute('agentRuns.cancelRun', run);
        return;
      case 'copyLink':
        host.execute('agentRuns.copyRunLink', run);
        return;
      case 'openBrowser':
        host.execute('agentRuns.openInBrowser', run);
        return;
      case 'openSession':
        host.execute('agentRuns.openSession', run);
        return;
      case 'setKey':
        host.execute('agentRuns.setApiKey', {});
        return;
      case 'retry':
        void live.read();
        return;
      case 'copyMarkdown':
        host.copy(this.markdown());
        return;
      case 'openAsText':
        host.openText('conversation', { text: this.markdown(), language: 'markdown' });
        return;
      case 'openTranscript':
        host.openTranscript();
        return;
    }
  }

  /** The whole conversation as Markdown. */
  markdown(): string {
    return conversationMarkdown(this.#chunks.entries, this.deps.live.run, this.deps.runUrl(), this.#context);
  }

  #ready(folded: readonly string[], anchor: { id: string; offset: number } | null): void {
    this.#isReady = true;
    this.#loads = 0;
    this.#stopWatch();
    this.#chunks.fold(folded);
    // The page came from the HTML that was loaded last: what changed since then is new to it.
    this.#shown = new Map(this.#loaded);
    this.#shownLayout = this.#loadedLayout;
    this.#sync();
    const place = anchor === null ? undefined : this.#chunks.placeOf(anchor.id);
    if (anchor !== null && place !== undefined) {
      this.#post({ type: 'reveal', chunk: this.#chunks.chunkAt(place), id: anchor.id, offset: anchor.offset });
    }
  }

  /** Tells the page what it does not show yet. */
  #sync(): void {
    if (!this.#isReady) {
      return;
    }
    const parts = this.#parts();
    const hashes = hashesOf(parts);
    for (const name of partNames) {
      if (hashes.get(name) !== this.#shown.get(name)) {
        this.#post({ type: 'part', name, node: parts[name] });
      }
    }
    this.#shown = hashes;
    const layout = this.#layoutKey();
    if (layout !== this.#shownLayout) {
      this.#shownLayout = layout;
      this.#post({
        type: 'layout',
        chunks: this.#chunks.sizes(),
        entries: this.#chunks.entries.length,
        active: this.deps.live.isActive,
      });
    }
  }

  #layoutKey(): string {
    return JSON.stringify([this.#chunks.sizes(), this.#chunks.entries.length, this.deps.live.isActive]);
  }

  #parts(): Record<PartName, ViewElement | null> {
    const { live, clock, environmentName } = this.deps;
    const environmentId = live.run?.agent_config?.environment_id;
    return renderTop(
      {
        runId: live.runId,
        run: live.run,
        environment: environmentId === undefined ? '' : (environmentName(environmentId) ?? environmentId),
        now: clock.now(),
        reading: live.reading,
        problem: live.problem,
        entries: this.#chunks.entries.length,
        final: finalMessage(this.#chunks.entries),
      },
      this.#context,
    );
  }

  #render(place: number): ViewElement[] {
    const entry = this.#chunks.entries[place];
    return entry ? [renderEntry(entry, { place, folded: this.#chunks.isFolded(entry.id) }, this.#context)] : [];
  }

  #jump(from: string | null, back: boolean): void {
    const start = from === null ? undefined : this.#chunks.placeOf(from);
    const place = start ?? (back ? this.#chunks.entries.length : -1);
    const entry = this.#chunks.next(place, back ? -1 : 1, isLandmark);
    if (entry) {
      const found = this.#chunks.placeOf(entry.id) ?? 0;
      this.#post({ type: 'reveal', chunk: this.#chunks.chunkAt(found), id: entry.id, offset: null });
    }
  }

  #openDiff(id: string, item: number): void {
    const block = this.#chunks.findBlock(id);
    const change = block?.kind === 'action' ? fileChanges(block)[item] : undefined;
    if (change) {
      const { before, after } = sidesOf(change);
      this.deps.host.openDiff(change.path, before, after);
    }
  }

  #text(id: string, part: TextPart, item: number): PartText | undefined {
    if (part === 'message') {
      const entry = this.#chunks.find(id);
      return entry && { text: messageText(entry), language: 'markdown' };
    }
    const block = this.#chunks.findBlock(id);
    return block && blockPart(block, part, item);
  }

  #post(message: ToPage): void {
    if (this.#isReady) {
      this.deps.host.post(message);
    }
  }

  /** A webview sometimes never starts (microsoft/vscode#125993); setting its HTML again helps. */
  #watch(): void {
    this.#stopWatch();
    if (this.#visible && !this.#isReady) {
      this.#stopWatch = this.deps.clock.after(readyWithin, () => {
        if (this.#loads < mostLoads) {
          this.load();
        } else {
          this.deps.host.gaveUp();
        }
      });
    }
  }
}

function hashesOf(parts: Record<PartName, ViewElement | null>): Map<PartName, string> {
  return new Map(partNames.map((name) => [name, shortHash(JSON.stringify(parts[name]))]));
}
