import { finalMessage, isLandmark, waitingActions } from '../model/conversation';
import { ConversationChunks } from '../model/conversationChunks';
import { sidesOf } from '../model/conversationDiff';
import { fileChanges } from '../model/conversationFiles';
import type { Disposable } from '../model/emitter';
import type { Clock } from '../oz/clock';
import { blockPart, messageText, type PartText } from './blockText';
import { chunkMessages, firstEntries } from './chunkMessages';
import { conversationMarkdown } from './conversationMarkdown';
import { Links } from './links';
import type { LiveConversation } from './liveConversation';
import { PageChanges, type PageContent } from './pageChanges';
import type { PageHost } from './pageHost';
import { runCommands } from './pageCommands';
import { pageHtml, type PageFiles } from './pageHtml';
import { PageLoading } from './pageLoading';
import { readFromPage, type CommandName, type FromPage, type TextPart, type ToPage } from './protocol';
import type { RenderContext } from './renderContext';
import { renderBody } from './renderBody';
import { renderEntry } from './renderEntry';
import { promptMessage, renderTop } from './renderTop';
import type { ViewElement } from './viewNodes';

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

/** The host's half of one page: it owns the conversation, the page asks for what it shows. */
export class ConversationPage implements Disposable {
  readonly #chunks = new ConversationChunks();
  readonly #links = new Links();
  readonly #changes = new PageChanges();
  readonly #loading: PageLoading;
  readonly #context: RenderContext;
  readonly #subscription: Disposable;

  constructor(private readonly deps: PageDeps) {
    this.#context = { ...deps.context, link: this.#links.number };
    this.#loading = new PageLoading(deps.host, deps.clock);
    this.#chunks.update(deps.live.entries);
    this.#subscription = deps.live.onDidChange(() => {
      this.#chunks.update(deps.live.entries);
      this.#sync();
    });
  }

  /** The page with what is known now on its first screen. */
  html(files: PageFiles, nonce: string): string {
    const { live, context } = this.deps;
    const content = this.#content();
    this.#changes.loaded(content);
    const start = {
      runId: live.runId,
      ...content.layout,
      words: { newMessages: context.translate('{0} new', '{0}'), copied: context.translate('Copied') },
    };
    const entries = firstEntries(this.#chunks, live.isActive, (place) => this.#render(place));
    const title = live.run ? context.words.runTitle(live.run) : live.runId;
    const heading = context.translate('Conversation');
    return pageHtml({ start, title, heading, parts: content.parts, entries }, files, nonce);
  }

  /** Loads the page and sees to it that it comes up. */
  load(): void {
    this.#loading.load();
  }

  /** Loads the page again after it was given up. */
  restart(): void {
    this.#loading.restart();
  }

  /** A page that is hidden is gone; when it is shown again it comes back from its HTML and says `ready`. */
  setVisible(visible: boolean): void {
    this.#loading.setVisible(visible);
  }

  /** Takes what the page sent. What is not exactly a message of the protocol is passed over. */
  receive(value: unknown): void {
    const message = readFromPage(value);
    if (message) {
      this.#handle(message);
    }
  }

  dispose(): void {
    this.#loading.dispose();
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
      case 'goTo':
        return;
      case 'find':
        return;
      case 'reading':
        return;
      case 'picture':
        return;
      case 'run':
        return;
      case 'draft':
        return;
      case 'send':
        return;
      case 'pending':
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
    const command = runCommands[name];
    if (command !== undefined) {
      host.execute(command, { runId: live.runId });
      return;
    }
    switch (name) {
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
      default:
        return;
    }
  }

  /** The whole conversation as Markdown. */
  markdown(): string {
    return conversationMarkdown(this.#chunks.entries, this.deps.live.run, this.deps.runUrl(), this.#context);
  }

  #ready(folded: readonly string[], anchor: { id: string; offset: number } | null): void {
    this.#loading.ready();
    this.#chunks.fold(folded);
    this.#changes.ready();
    this.#sync();
    const place = anchor === null ? undefined : this.#chunks.placeOf(anchor.id);
    if (anchor !== null && place !== undefined) {
      this.#post({ type: 'reveal', chunk: this.#chunks.chunkAt(place), id: anchor.id, offset: anchor.offset });
    }
  }

  /** Tells the page what it does not show yet. */
  #sync(): void {
    if (this.#loading.isReady) {
      for (const message of this.#changes.messages(this.#content())) {
        this.#post(message);
      }
    }
  }

  #content(): PageContent {
    const { live, clock, environmentName } = this.deps;
    const environmentId = live.run?.agent_config?.environment_id;
    const parts = renderTop(
      {
        runId: live.runId,
        run: live.run,
        environment: environmentId === undefined ? '' : (environmentName(environmentId) ?? environmentId),
        now: clock.now(),
        reading: live.reading,
        problem: live.problem,
        entries: this.#chunks.entries.length,
        final: finalMessage(this.#chunks.entries),
        waiting: waitingActions(this.#chunks.entries),
      },
      this.#context,
    );
    const layout = { chunks: this.#chunks.sizes(), entries: this.#chunks.entries.length, active: live.isActive };
    return { parts, layout };
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
    const asked = promptMessage(this.deps.live.run);
    if (part === 'message') {
      const entry = this.#chunks.find(id) ?? (asked?.id === id ? asked : undefined);
      return entry && { text: messageText(entry), language: 'markdown' };
    }
    const block = this.#chunks.findBlock(id) ?? asked?.blocks.find((one) => one.id === id);
    return block && blockPart(block, part, item);
  }

  #post(message: ToPage): void {
    if (this.#loading.isReady) {
      this.deps.host.post(message);
    }
  }
}
