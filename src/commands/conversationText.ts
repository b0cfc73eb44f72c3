import type { ConversationSource } from '../conversation/conversationSource';
import type { ReadText, TextFormat } from '../conversation/conversationText';
import { memberOf } from '../oz/json';
import { type KnownRuns, whichRun } from './pickRun';

export interface ConversationTextDeps {
  runs: KnownRuns;
  /** @throws ApiProblem when it cannot be read */
  conversationText: (source: ConversationSource, format: TextFormat, signal: AbortSignal) => Promise<ReadText>;
  /** Opens it as a document that follows the conversation. */
  showConversationText: (source: ConversationSource) => Promise<void>;
}

/** The conversation that a command is for: one that is named, or that of a run which a person picks. */
export async function whichConversation(
  { runs }: Pick<ConversationTextDeps, 'runs'>,
  argument: unknown,
  placeHolder: string,
): Promise<ConversationSource | undefined> {
  const conversationId = memberOf(argument, 'conversationId');
  if (typeof conversationId === 'string') {
    return { conversationId };
  }
  const runId = await whichRun(runs, argument, placeHolder);
  return runId === undefined ? undefined : { runId };
}
