import { type Disposable, disposeAll } from '../model/emitter';
import { userMessages } from '../model/followUpArrivals';
import type { FollowUpDrafts } from '../model/followUpDrafts';
import type { FollowUps } from '../model/followUps';
import type { StartingRuns } from '../model/startingRuns';
import { followUpBoxHtml } from './followUpBoxHtml';
import { followUpBoxState, isAnswered } from './followUpBoxState';
import type { LiveConversation } from './liveConversation';
import type { PageHost } from './pageHost';
import type { FollowUpBoxState, FromPage, PendingAct, ToPage } from './protocol';
import type { RenderContext } from './renderContext';
import { renderPending } from './renderPending';
import type { ViewElement } from './viewNodes';

/** What all panels have in common. */
export interface FollowUpSources {
  queue: Pick<FollowUps, 'of' | 'isLooking' | 'add' | 'takeOut' | 'remove' | 'send' | 'seen' | 'onDidChange'>;
  drafts: Pick<FollowUpDrafts, 'of' | 'keep'>;
  starting: Pick<StartingRuns, 'has' | 'start' | 'onDidChange'>;
}

export interface FollowUpBoxDeps extends FollowUpSources {
  live: Pick<LiveConversation, 'runId' | 'run' | 'entries' | 'reading' | 'problem' | 'serviceAnswered'>;
  host: Pick<PageHost, 'execute'>;
  context: RenderContext;
  /** The page is to be told. */
  changed: () => void;
}

type BoxMessage = Extract<FromPage, { type: 'answer' | 'draft' | 'send' | 'pending' }>;

/** The host's half of the box under a conversation: what it sends, what was typed, and what is on its way. */
export class FollowUpBox implements Disposable {
  readonly #subscriptions: Disposable[];
  #loaded = { state: '', text: '' };
  #shown = '';
  /** A text that the box is to have. */
  #given: string | undefined;
  #isFocusing = false;
  /** When the last one went out that is known to have, in milliseconds since 1970. */
  #sentAt: number;

  constructor(private readonly deps: FollowUpBoxDeps) {
    this.#sentAt = this.#lastSent();
    const changed = (runId: string): void => {
      if (runId === deps.live.runId) {
        const sentAt = this.#lastSent();
        if (sentAt > this.#sentAt) {
          this.#sentAt = sentAt;
          deps.live.serviceAnswered();
        }
        deps.changed();
      }
    };
    this.#subscriptions = [deps.queue.onDidChange(changed), deps.starting.onDidChange(changed)];
  }

  /** The box for the page's HTML. */
  html(): string {
    const state = this.#state();
    const text = this.#draft;
    this.#loaded = { state: JSON.stringify(state), text };
    const title = this.deps.context.translate('Ctrl+Enter sends, Enter begins a line, Escape leads back');
    return followUpBoxHtml(state, text, title);
  }

  /** The page came from the HTML that was loaded last. */
  ready(): void {
    this.#shown = this.#loaded.state;
    this.#given = this.#draft === this.#loaded.text ? undefined : this.#draft;
  }

  /** What the page does not show yet of the box itself. */
  changes(): ToPage[] {
    const box = this.#state();
    const state = JSON.stringify(box);
    const text = this.#given ?? null;
    const isFocusing = this.#isFocusing;
    this.#given = undefined;
    this.#isFocusing = false;
    const isNew = state !== this.#shown || text !== null;
    this.#shown = state;
    return [
      ...(isNew ? [{ type: 'box', box, text } as const] : []),
      ...(isFocusing ? [{ type: 'focus', what: 'box' } as const] : []),
    ];
  }

  pending(): ViewElement | null {
    const { live, queue, context } = this.deps;
    const { run, runId } = live;
    const followUps = runId === undefined ? [] : queue.of(runId);
    const isLooking = runId !== undefined && queue.isLooking(runId);
    const starting = new Set(followUps.map(({ id }) => id).filter((id) => this.deps.starting.has(rowOf(id))));
    return renderPending({ run, followUps, isLooking, starting, isCauseTold: live.problem !== undefined }, context);
  }

  /** The conversation may show what was sent. */
  update(): void {
    const { live, queue } = this.deps;
    const messages = this.#messages();
    if (live.runId !== undefined && messages) {
      queue.seen(live.runId, messages);
    }
  }

  receive(message: BoxMessage): void {
    const { runId } = this.deps.live;
    if (runId === undefined) {
      return;
    }
    switch (message.type) {
      case 'draft':
        this.deps.drafts.keep(runId, message.text);
        return;
      case 'send':
        this.#send(runId, message.text);
        return;
      case 'pending':
        this.#act(runId, message.item, message.act);
        return;
      case 'answer':
        this.#answer(runId, message.item);
    }
  }

  dispose(): void {
    disposeAll(this.#subscriptions);
  }

  #lastSent(): number {
    const { live, queue } = this.deps;
    const followUps = live.runId === undefined ? [] : queue.of(live.runId);
    return Math.max(0, ...followUps.map(({ state, sentAt = 0 }) => (state === 'sent' ? sentAt : 0)));
  }

  /** The run waits, and the service has an answer that the conversation does not show yet. */
  get isAnswered(): boolean {
    const { live, queue } = this.deps;
    return live.runId !== undefined && isAnswered(live.run, queue.of(live.runId));
  }

  /** A new run is being started with what is in the box. */
  get #isBusy(): boolean {
    const { live, starting } = this.deps;
    return live.runId !== undefined && starting.has(boxOf(live.runId));
  }

  get #draft(): string {
    const { live, drafts } = this.deps;
    return live.runId === undefined ? '' : drafts.of(live.runId);
  }

  #state(): FollowUpBoxState {
    const { live, queue, context } = this.deps;
    const followUps = live.runId === undefined ? [] : queue.of(live.runId);
    return followUpBoxState(live.run, followUps, this.#isBusy, context);
  }

  /** The users' messages, while they are known. */
  #messages() {
    const { reading, entries } = this.deps.live;
    return reading === 'good' || reading === 'none' ? userMessages(entries) : undefined;
  }

  #send(runId: string, typed: string): void {
    const text = typed.trim();
    const { sends } = this.#state();
    if (text === '' || sends === 'none' || this.#isBusy) {
      this.deps.drafts.keep(runId, typed);
      this.#give(typed);
    } else if (sends === 'newRun') {
      this.deps.drafts.keep(runId, typed);
      void this.#startFromBox(runId, text);
    } else {
      // First it is in the list, then it leaves the box.
      this.deps.queue.add(runId, text, this.#messages());
      this.deps.drafts.keep(runId, '');
      this.#give('');
    }
  }

  #act(runId: string, id: number, act: PendingAct): void {
    const { queue } = this.deps;
    if (!queue.of(runId).some((one) => one.id === id) || this.deps.starting.has(rowOf(id))) {
      return;
    }
    switch (act) {
      case 'edit':
        this.#edit(runId, id);
        return;
      case 'send':
        queue.send(id);
        return;
      case 'remove':
        queue.remove(id);
        return;
      case 'newRun':
        void this.#startFromRow(runId, id);
    }
  }

  /** Puts an answer to what the agent wants to do into the box, in the place of another one, else before what was typed. */
  #answer(runId: string, item: number): void {
    const { translate: t } = this.deps.context;
    const all = [t('Yes, go ahead.'), t('No, do not run this.')];
    const answer = all[item];
    if (answer !== undefined && this.deps.live.run?.state === 'BLOCKED' && this.#state().sends === 'followUp') {
      const draft = this.#draft;
      const typed = all.find((one) => draft.startsWith(one)) ?? '';
      this.#put(runId, [answer, draft.slice(typed.length).trim()]);
    }
  }

  /** It goes back into the box, before what is there already. */
  #edit(runId: string, id: number): void {
    const taken = this.deps.queue.takeOut(id);
    if (taken !== undefined) {
      this.#put(runId, [taken, this.#draft]);
    }
  }

  /** Has the box hold these, to be changed and sent by a person. */
  #put(runId: string, parts: readonly string[]): void {
    const text = parts.filter((part) => part.trim() !== '').join('\n\n');
    this.deps.drafts.keep(runId, text);
    this.#isFocusing = true;
    this.#give(text);
  }

  async #startFromBox(runId: string, text: string): Promise<void> {
    const isStarted = await this.#start(runId, boxOf(runId), text);
    // What was typed meanwhile, in a panel opened anew or taken out of the list, was not sent.
    if (isStarted && this.#draft.trim() === text) {
      this.deps.drafts.keep(runId, '');
    }
    this.#give(this.#draft);
  }

  async #startFromRow(runId: string, id: number): Promise<void> {
    const one = this.deps.queue.of(runId).find((other) => other.id === id);
    if (one?.state === 'refused' && (await this.#start(runId, rowOf(id), one.text))) {
      this.deps.queue.remove(id);
    }
  }

  /** True when the new run exists. */
  #start(runId: string, what: string, text: string): Promise<boolean> {
    return this.deps.starting.start(
      runId,
      what,
      async () => (await this.deps.host.execute('agentRuns.continueInNewRun', { runId, text })) === true,
    );
  }

  #give(text: string): void {
    this.#given = text;
    this.deps.changed();
  }
}

const boxOf = (runId: string): string => `box ${runId}`;
const rowOf = (id: number): string => `row ${id}`;
