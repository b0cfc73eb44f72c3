import type * as vscode from 'vscode';
import type { LaunchRequest } from '../oz/types';

/** What a person chose, with the name to show while the lists load. An `id` of undefined: none, or the default. */
export interface Choice {
  id?: string;
  name: string;
}

export interface LastChoices {
  environment?: Choice;
  model?: Choice;
}

/** What was typed for a launch that has not happened yet. */
export interface Draft {
  text: string;
  title: string;
}

/** What a launch that is to be like another one begins with. */
export function firstDraft(like: LaunchRequest | undefined): Draft {
  return { text: like?.prompt ?? '', title: like?.title ?? '' };
}

const choicesKey = 'agentRuns.launch.choices';
const draftKey = (of: string): string => `agentRuns.launch.draft.${of}`;

/** The last answers and the texts that were not launched yet, of this workspace. */
export class LaunchMemory {
  readonly #memento: vscode.Memento;

  constructor(memento: vscode.Memento) {
    this.#memento = memento;
  }

  get choices(): LastChoices {
    return this.#memento.get<LastChoices>(choicesKey, {});
  }

  remember(choices: LastChoices): void {
    void this.#memento.update(choicesKey, choices);
  }

  /**
   * @param of what the draft is for: one is kept of each
   * @param otherwise what to begin with while none is kept
   */
  draft(of: string, otherwise: Draft = firstDraft(undefined)): Draft {
    return this.#memento.get<Draft>(draftKey(of), otherwise);
  }

  keep(of: string, draft: Draft): void {
    void this.#memento.update(draftKey(of), draft.text || draft.title ? draft : undefined);
  }
}
