import { artifactFile, artifactMembers, artifactUrl } from '../model/artifactFile';
import { type Disposable, disposeAll } from '../model/emitter';
import type { PlanTexts } from '../model/planTexts';
import { ApiProblem } from '../oz/problems';
import type { OzClient } from '../oz/ozClient';
import type { Artifact } from '../oz/types';
import type { ArtifactPictures } from './artifactPictures';
import type { PartText } from './blockText';
import type { LiveConversation } from './liveConversation';
import { codeBlocks } from './markdown';
import type { PageHost } from './pageHost';
import type { ArtifactAct, TextPart, ToPage } from './protocol';
import { planBody, planPending, planProblem, rawArtifact, rawArtifactBody } from './renderArtifactBody';
import { type ArtifactsKnown, artifactId, artifactPlace, isPicture, renderArtifactsFrom } from './renderArtifacts';
import type { RenderContext } from './renderContext';

/** What all panels of a window have in common for artifacts. */
export interface ArtifactSources {
  client: Pick<OzClient, 'downloadArtifact'>;
  plans: Pick<PlanTexts, 'read' | 'text' | 'versions' | 'onDidChange'>;
  pictures: Pick<ArtifactPictures, 'get'>;
}

export interface PageArtifactsDeps extends ArtifactSources {
  live: Pick<LiveConversation, 'run' | 'source' | 'onDidAnswer'>;
  host: PageHost;
  context: RenderContext;
  post: (message: ToPage) => void;
  /** Something that the strip shows is different now. */
  changed: () => void;
}

/** Times that a picture that could not be read is asked for again without anybody's doing. */
const mostRetries = 5;
/** Most bytes of a plan. */
const planCap = 8 * 1024 * 1024;

/** What a page asks about its run's artifacts, and what comes of it. */
export class PageArtifacts implements Disposable {
  readonly #stop = new AbortController();
  readonly #subscriptions: Disposable[];
  /** Pictures that could not be read, and how often they were asked for again. */
  readonly #unread = new Map<string, number>();

  constructor(private readonly deps: PageArtifactsDeps) {
    // Also what another panel or a command read.
    this.#subscriptions = [
      deps.plans.onDidChange(() => {
        deps.changed();
      }),
      deps.live.onDidAnswer(() => {
        this.#readPicturesAgain();
      }),
    ];
  }

  /** What the strip is made from. */
  get known(): ArtifactsKnown {
    return { artifacts: this.deps.live.run?.artifacts ?? [], canCompare: this.canCompare };
  }

  readonly canCompare = (uid: string): boolean => this.deps.plans.versions(uid) !== undefined;

  /** Sends what stands behind a card, or the next page of cards. False when the id is none of those. */
  body(id: string): boolean {
    const place = artifactPlace(id);
    if (!place) {
      return false;
    }
    const { context, post } = this.deps;
    if ('page' in place) {
      const nodes = renderArtifactsFrom(this.known, place.page, context);
      post({ type: 'body', id, node: ['div', { class: 'body artifacts' }, ...nodes] });
      return true;
    }
    const artifact = this.#artifact(place.index);
    const isPlan = artifactMembers(artifact).type.toUpperCase() === 'PLAN';
    const file = artifactFile(artifact);
    if (artifact && isPlan && file) {
      void this.#sendPlan(file.uid, id);
    } else if (artifact) {
      post({ type: 'body', id, node: rawArtifactBody(artifact, id, context) });
    }
    return true;
  }

  /** The text of a card's body, or of a block of code in it; undefined when the id is no artifact's. */
  text(id: string, part: TextPart, item: number): PartText | undefined {
    const place = artifactPlace(id);
    const artifact = place && 'index' in place ? this.#artifact(place.index) : undefined;
    if (!artifact) {
      return undefined;
    }
    if (part === 'raw') {
      return rawArtifact(artifact);
    }
    const text = this.deps.plans.text(artifactFile(artifact)?.uid ?? '');
    if (text === undefined || (part !== 'code' && part !== 'text')) {
      return undefined;
    }
    const code = part === 'code' ? codeBlocks(text)[item] : undefined;
    return part === 'text'
      ? { text, language: 'markdown' }
      : code === undefined
        ? undefined
        : { text: code, language: 'plaintext' };
  }

  act(index: number, act: ArtifactAct): void {
    const { host, live } = this.deps;
    const argument = { ...live.source, artifact: index };
    switch (act) {
      case 'open':
        host.execute('agentRuns.openArtifact', argument);
        return;
      case 'save':
        host.execute('agentRuns.saveArtifact', argument);
        return;
      case 'checkOut':
        host.execute('agentRuns.checkOutBranch', argument);
        return;
      case 'copyBranch':
        host.execute('agentRuns.copyBranch', argument);
        return;
      case 'browser': {
        const url = artifactUrl(this.#artifact(index));
        if (url !== undefined) {
          host.openLink(url);
        }
        return;
      }
      case 'compare':
        this.#compare(index);
        return;
    }
  }

  /** Sends the bytes of a picture, or that there are none to be had. */
  picture(index: number): void {
    const artifact = this.#artifact(index);
    const file = artifact && isPicture(artifact) ? artifactFile(artifact) : undefined;
    void this.#sendPicture(file?.uid, index);
  }

  dispose(): void {
    this.#stop.abort();
    disposeAll(this.#subscriptions);
  }

  async #sendPicture(uid: string | undefined, index: number): Promise<void> {
    const { signal } = this.#stop;
    const picture = await (uid === undefined ? 'none' : this.deps.pictures.get(uid, signal));
    if (signal.aborted) {
      return;
    }
    const canRetry = picture === 'notRead';
    if (uid !== undefined && canRetry) {
      this.#unread.set(uid, this.#unread.get(uid) ?? 0);
    } else if (uid !== undefined) {
      this.#unread.delete(uid);
    }
    const { kind, bytes } = typeof picture === 'object' ? picture : { kind: 'image/png' as const, bytes: null };
    this.deps.post({ type: 'picture', item: index, kind, bytes, canRetry });
  }

  #readPicturesAgain(): void {
    for (const [uid, retries] of this.#unread) {
      const index = this.#indexOf(uid);
      if (index >= 0 && retries < mostRetries) {
        this.#unread.set(uid, retries + 1);
        void this.#sendPicture(uid, index);
      }
    }
  }

  #artifact(index: number): Artifact | undefined {
    return this.deps.live.run?.artifacts?.[index];
  }

  async #sendPlan(uid: string, id: string): Promise<void> {
    const { client, context, plans, post } = this.deps;
    const known = plans.text(uid);
    post({ type: 'body', id, node: known === undefined ? planPending(context) : planBody(known, id, context) });
    try {
      const { bytes } = await client.downloadArtifact(uid, this.#stop.signal, { cap: planCap });
      const text = new TextDecoder().decode(bytes);
      // The card first: what is unfolded moves along with it.
      plans.read(uid, text);
      const idNow = this.#idOf(uid) ?? id;
      if (text !== known || idNow !== id) {
        post({ type: 'body', id: idNow, node: planBody(text, idNow, context) });
      }
    } catch (error) {
      if (ApiProblem.is(error) && error.kind !== 'aborted') {
        post({ type: 'body', id, node: planProblem(error, id, context) });
      }
    }
  }

  /** The list may have changed while a plan was being read. */
  #idOf(uid: string): string | undefined {
    const index = this.#indexOf(uid);
    return index < 0 ? undefined : artifactId(index);
  }

  #indexOf(uid: string): number {
    return (this.deps.live.run?.artifacts ?? []).findIndex((artifact) => artifactFile(artifact)?.uid === uid);
  }

  #compare(index: number): void {
    const file = artifactFile(this.#artifact(index));
    const versions = file && this.deps.plans.versions(file.uid);
    if (versions) {
      const title = this.deps.context.translate('{0} (earlier and now)', file.name);
      this.deps.host.openDiff(file.name, versions.before, versions.now, { title });
    }
  }
}
