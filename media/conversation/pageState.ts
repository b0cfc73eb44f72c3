import type { Anchor, FromPage } from '../../src/conversation/protocol';

interface KeptState {
  runId: string;
  /** Where reading goes on after a reload; none at the start. */
  anchor: Anchor | null;
  /** The end is being followed. */
  following: boolean;
  /** Steps that are folded, and blocks that are unfolded. */
  folded: string[];
  unfolded: string[];
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
  readonly #runId: string;

  constructor(runId: string, following: boolean) {
    const kept = vscode.getState() as Partial<KeptState> | undefined;
    const mine = kept?.runId === runId ? kept : undefined;
    this.#runId = runId;
    this.folded = new Set(mine?.folded);
    this.unfolded = new Set(mine?.unfolded);
    this.anchor = mine?.anchor ?? null;
    this.following = mine?.following ?? following;
  }

  keep(): void {
    vscode.setState({
      runId: this.#runId,
      anchor: this.anchor,
      following: this.following,
      folded: [...this.folded],
      unfolded: [...this.unfolded].slice(-mostUnfolded),
    });
  }
}
