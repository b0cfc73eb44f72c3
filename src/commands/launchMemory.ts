import type * as vscode from 'vscode';
import { type Choice, optionsOf } from '../model/launchOptions';
import type { OptionLayer } from '../model/optionLayers';
import type { LaunchRequest } from '../oz/types';
import { noEnvironment } from './environmentItems';

export type { Choice } from '../model/launchOptions';

export interface LastChoices {
  environment?: Choice;
  model?: Choice;
  /** What words of the settings stood for: what they stand for while the lists load. */
  named?: Partial<Record<'environment' | 'model' | 'identity', { words: string; choice: Choice }>>;
  options?: OptionLayer;
}

/** What was typed for a launch that has not happened yet. */
export interface Draft {
  text: string;
  title: string;
  options?: OptionLayer;
}

/** What a launch that is to be like another one begins with. */
export function firstDraft(like: LaunchRequest | undefined): Draft {
  return { text: like?.prompt ?? '', title: like?.title ?? '' };
}

/** What another launch has, the environment and the model by their ids until the lists are there. */
export function choicesOf(like: LaunchRequest): LastChoices {
  const { environment_id: environment, model_id: model } = like.config ?? {};
  return {
    environment: environment ? { id: environment, name: environment } : noEnvironment(),
    ...(model && { model: { id: model, name: model } }),
    options: optionsOf(like),
  };
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

  hasDraft(of: string): boolean {
    return this.#memento.get<Draft>(draftKey(of)) !== undefined;
  }

  /** A draft was launched. Its run may be found much later: what was typed since is for another launch, and stays. */
  forget(of: string, launched: Draft): void {
    const { text, title } = this.draft(of, launched);
    if (text === launched.text && title === launched.title) {
      this.keep(of, { text: '', title: '' });
    }
  }

  keep(of: string, draft: Draft): void {
    const { text, title, options = {} } = draft;
    const hasOptions = Object.keys(options).length > 0;
    const kept = { text, title, ...(hasOptions && { options }) };
    void this.#memento.update(draftKey(of), text || title || hasOptions ? kept : undefined);
  }
}
