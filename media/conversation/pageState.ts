import type { ConversationSource } from '../../src/conversation/conversationSource';
import type { PageStart } from '../../src/conversation/pageHtml';
import type { Anchor, FromPage } from '../../src/conversation/protocol';

interface KeptState {
  /** What the page is about: the panel is made again from it. */
  runId?: string | undefined;
  conversationId?: string | undefined;
  /** Where reading goes on after a reload; none at the start. */
  anchor: Anchor | null;
  /** The end is being followed. */
  following: boolean;
  /** Steps that are folded, and blocks that are unfolded. */
  folded: string[];
  unfolded: string[];
  /** The last entry that was there when the end was in sight. */
  seen: string | null;
  draft: Draft | null;
}

/** What is in the box for a follow-up, and what the host knows to be in it. */
export interface Draft {
  text: string;
  told: string;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: KeptState): void;
};

const vscode = acquireVsCodeApi();

/** Blocks whose being unfolded is remembered. */
const mostUnfolded = 500;

export function send(message: FromPage): void {
  vscode.postMessage(message);
}

/** What outlives the page: where a person was reading and what they folded; never what they read. */
export class PageState {
  readonly folded: Set<string>;
  readonly unfolded: Set<string>;
  anchor: Anchor | null;
  following: boolean;
  seen: string | null;
  draft: Draft | null;
  readonly #source: ConversationSource;
  #told = '';

  /** A panel that was closed has nothing of its own: the host remembers for it. */
  constructor({ source, active, reading }: PageStart) {
    const kept = vscode.getState() as Partial<KeptState> | undefined;
    const isMine = kept?.runId === source.runId && kept?.conversationId === source.conversationId;
    const mine = (isMine ? kept : undefined) ?? reading ?? undefined;
    this.#source = source;
    this.folded = new Set(mine?.folded);
    this.unfolded = new Set(mine?.unfolded);
    this.anchor = mine?.anchor ?? null;
    this.following = mine?.following ?? active;
    this.seen = mine?.seen ?? null;
    this.draft = isMine ? (kept?.draft ?? null) : null;
  }

  /** Takes over which steps are folded, where the host folded or unfolded them all. */
  fold(ids: readonly string[]): void {
    this.folded.clear();
    for (const id of ids) {
      this.folded.add(id);
    }
    this.keep();
  }

  /** Keeps it with the panel, and tells the host, which remembers it when the panel is closed. */
  keep(): void {
    const { anchor, following, seen } = this;
    const unfolded = [...this.unfolded].slice(-mostUnfolded);
    const reading = { anchor, following, seen, unfolded };
    vscode.setState({ ...this.#source, ...reading, folded: [...this.folded], draft: this.draft });
    const told = JSON.stringify(reading);
    if (told !== this.#told) {
      this.#told = told;
      send({ type: 'reading', ...reading });
    }
  }
}
