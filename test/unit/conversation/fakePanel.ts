import { ConversationPage } from '../../../src/conversation/conversationPage';
import type { ConversationSource } from '../../../src/conversation/conversationSource';
import { LiveConversation } from '../../../src/conversation/liveConversation';
import type { PageHost } from '../../../src/conversation/pageHost';
import type { FromPage, ToPage } from '../../../src/conversation/protocol';
import { ReadingMemory } from '../../../src/conversation/readingMemory';
import type { ViewElement } from '../../../src/conversation/viewNodes';
import { Emitter } from '../../../src/model/emitter';
import type { Conversation, Run } from '../../../src/oz/types';
import { PageLoading } from '../../../src/platform/pageLoading';
import { FakeClock } from '../fakeClock';
import { FakeMemento } from '../model/fakeMemento';
import { context, makeRun, noArtifacts, noFollowUps, nothingAround, runId } from './samples';

const files = { style: '.a{}', script: "let end = '</script><!--';", language: 'en' };

export type Kind<T extends ToPage['type']> = Extract<ToPage, { type: T }>;

/** A page that never forgets what it heard, around the host's half under test. */
export class Panel implements PageHost {
  readonly clock = new FakeClock();
  readonly runsChanged = new Emitter<unknown>();
  readonly live: LiveConversation;
  readonly page: ConversationPage;
  run: Run;
  conversation: unknown;
  posted: ToPage[] = [];
  did: unknown[][] = [];
  loads = 0;
  html = '';
  readonly loading: PageLoading;

  constructor(conversation: unknown, run: Run = makeRun(), source: ConversationSource = { runId }) {
    this.run = run;
    this.conversation = conversation;
    this.live = new LiveConversation(source, {
      clock: this.clock,
      log: { error: () => undefined },
      client: {
        getRun: () => Promise.resolve(this.run),
        getRunConversation: () => Promise.resolve(this.conversation as Conversation),
        getConversation: () => Promise.resolve(this.conversation as Conversation),
      },
      runs: {
        get: () => this.run,
        put: () => undefined,
        follow: () => ({ dispose: () => undefined }),
        look: () => ({ dispose: () => undefined }),
        onDidChange: this.runsChanged.event,
        status: { kind: 'ready' },
        onDidChangeStatus: () => ({ dispose: () => undefined }),
      },
    });
    this.page = new ConversationPage({
      live: this.live,
      host: this,
      clock: this.clock,
      memory: new ReadingMemory(new FakeMemento()),
      around: nothingAround,
      artifacts: noArtifacts,
      followUps: noFollowUps,
      context: context(),
      runUrl: () => 'https://oz.example/runs/1',
      environmentName: () => undefined,
    });
    const load = (): void => {
      this.loads++;
      this.html = this.page.html(files, 'N0NCE');
    };
    const gaveUp = (): void => {
      this.did.push(['gaveUp']);
    };
    this.loading = new PageLoading({ load, gaveUp }, this.clock);
  }

  async open(): Promise<void> {
    this.setVisible(true);
    await this.live.read();
    this.load();
  }

  setVisible(visible: boolean): void {
    this.page.setVisible(visible);
    this.loading.setVisible(visible);
  }

  load(): void {
    this.loading.load();
  }

  async ready(members: Partial<Extract<FromPage, { type: 'ready' }>> = {}): Promise<void> {
    await this.open();
    this.send({ type: 'ready', folded: [], anchor: null, ...members });
  }

  send(message: FromPage): void {
    this.page.receive(message);
  }

  take<T extends ToPage['type']>(type: T): Kind<T>[] {
    const taken = this.posted.filter((message): message is Kind<T> => message.type === type);
    this.posted = [];
    return taken;
  }

  /** A chunk as a page gets it that has none of it. */
  chunk(index: number): (Kind<'chunk'> & { entries: ViewElement[] })[] {
    return this.parts(index, null).map((part) => ({
      ...part,
      entries: part.entries.filter((entry) => typeof entry !== 'string'),
    }));
  }

  /** A chunk as a page gets it that has a version of it. */
  parts(index: number, have: number | null): Kind<'chunk'>[] {
    this.posted = [];
    this.send({ type: 'chunk', index, have });
    return this.take('chunk');
  }

  post(message: ToPage): void {
    this.posted.push(message);
  }
  execute(...given: unknown[]): void {
    this.did.push(['execute', ...given]);
  }
  openLink(...given: unknown[]): void {
    this.did.push(['openLink', ...given]);
  }
  copy(...given: unknown[]): void {
    this.did.push(['copy', ...given]);
  }
  openText(...given: unknown[]): void {
    this.did.push(['openText', ...given]);
  }
  openDiff(...given: unknown[]): void {
    this.did.push(['openDiff', ...given]);
  }

  openChanges(...given: unknown[]): void {
    this.did.push(['openChanges', ...given]);
  }

  openFile(...given: unknown[]): void {
    this.did.push(['openFile', ...given]);
  }
}
