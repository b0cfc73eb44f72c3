import { ConversationChunks } from '../model/conversationChunks';
import type { Entry } from '../model/conversation';
import { type Disposable, disposeAll } from '../model/emitter';
import { hostTurns } from '../model/inTurns';
import type { Clock } from '../oz/clock';
import { artifactNumber } from './artifactNumber';
import { ConversationFind } from './conversationFind';
import { sourceKey } from './conversationSource';
import { FollowUpBox, type FollowUpSources } from './followUpBox';
import { Links } from './links';
import type { LiveConversation } from './liveConversation';
import { type ArtifactSources, PageArtifacts } from './pageArtifacts';
import type { PageHost } from './pageHost';
import { PageReading } from './pageReading';
import { PageTop } from './pageTop';
import type { ToPage } from './protocol';
import type { ReadingMemory } from './readingMemory';
import type { RenderContext } from './renderContext';
import type { Surroundings } from './surroundings';
import { Timeline } from './timelineMarks';

export interface PageDeps {
  live: LiveConversation;
  host: PageHost;
  clock: Clock;
  memory: Pick<ReadingMemory, 'get' | 'set'>;
  artifacts: ArtifactSources;
  followUps: FollowUpSources;
  around: Surroundings;
  context: Omit<RenderContext, 'link' | 'run'>;
  /** The page of the run, or of the conversation without one, in the browser. */
  runUrl: () => string;
  /** The name of an environment, or undefined while it is not known. */
  environmentName: (id: string) => string | undefined;
}

/** What the parts of a page ask of the page itself. */
export interface PageCalls {
  post: (message: ToPage) => void;
  /** The page may show something else now. */
  changed: () => void;
  /** An entry that is to be shown must not be hidden. */
  unfoldAround: (entry: Entry) => void;
}

/** What a page is made of: each part knows one thing about the conversation and answers what the page asks about it. */
export class PageParts implements Disposable {
  readonly chunks = new ConversationChunks();
  readonly links = new Links();
  readonly context: RenderContext;
  readonly top: PageTop;
  readonly artifacts: PageArtifacts;
  readonly box: FollowUpBox;
  readonly reading: PageReading;
  readonly timeline: Timeline;
  readonly find: ConversationFind;

  constructor(
    private readonly deps: PageDeps,
    { post, changed, unfoldAround }: PageCalls,
  ) {
    const { live, host, clock } = deps;
    this.top = new PageTop({ ...deps, changed });
    const context: RenderContext = {
      ...deps.context,
      link: this.links.number,
      run: this.top.numberOf,
      artifact: (uid) => artifactNumber(live.run?.artifacts ?? [], uid),
    };
    this.context = context;
    this.artifacts = new PageArtifacts({ ...deps.artifacts, live, host, context, post, changed });
    this.box = new FollowUpBox({ ...deps.followUps, live, host, context, changed });
    this.reading = new PageReading(sourceKey(live.source), deps.memory, this.chunks);
    this.timeline = new Timeline(this.chunks, context, clock, post);
    // What is searched is not shown: no link or run of it is numbered.
    const searched = { ...deps.context, link: () => 0, run: () => 0 };
    this.find = new ConversationFind({ chunks: this.chunks, context: searched, post, unfoldAround, turns: hostTurns });
    this.chunks.update(live.entries);
  }

  /** Takes what was read. */
  update(): void {
    const { live } = this.deps;
    if (this.chunks.update(live.entries)) {
      this.find.changed();
    }
    this.reading.update(live.isUpToDate);
    this.box.update();
  }

  dispose(): void {
    disposeAll([this.timeline, this.artifacts, this.top, this.box, this.find]);
  }
}
