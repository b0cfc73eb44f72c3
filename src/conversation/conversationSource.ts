import { asRecord, asText } from '../oz/json';
import type { OzClient } from '../oz/ozClient';
import type { Conversation } from '../oz/types';

/** What a panel is about: a run, or a conversation that no known run has. */
export type ConversationSource =
  | { readonly runId: string; readonly conversationId?: undefined }
  | { readonly runId?: undefined; readonly conversationId: string };

/** Names a source among all others. Runs go by their ids alone. */
export function sourceKey(source: ConversationSource): string {
  return source.runId ?? `conversation ${source.conversationId}`;
}

/** The source that a page kept; undefined for anything else. */
export function keptSource(state: unknown): ConversationSource | undefined {
  const kept = asRecord(state);
  const runId = asText(kept?.runId);
  const conversationId = asText(kept?.conversationId);
  if (runId !== undefined) {
    return { runId };
  }
  return conversationId === undefined ? undefined : { conversationId };
}

export type SourceClient = Pick<OzClient, 'getRunConversation' | 'getConversation'>;

/** @throws ApiProblem */
export function readSource(
  client: SourceClient,
  source: ConversationSource,
  signal: AbortSignal,
): Promise<Conversation> {
  return source.runId === undefined
    ? client.getConversation(source.conversationId, signal)
    : client.getRunConversation(source.runId, signal);
}
