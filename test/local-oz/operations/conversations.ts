import type { Conversation } from '../conversations';
import { notFound, Problem } from '../problems';
import { allMessages } from '../script';
import type { StoredObject } from '../signedUrls';
import type { OzState, StoredRun } from '../state';
import { ok, type Handlers } from './operation';
import { runOf } from './runs';

export const conversationOperations = {
  'GET /agent/runs/{runId}/conversation': ({ state }, { path }) => {
    const run = runOf(state, path.runId);
    checkFormat(run);
    return ok(conversationOf(state, run.item.conversation_id));
  },
  'GET /agent/conversations/{conversation_id}': ({ state }, { path }) => {
    for (const run of state.runs.values()) {
      if (run.item.conversation_id === path.conversation_id) checkFormat(run);
    }
    return ok(conversationOf(state, path.conversation_id));
  },
  'GET /agent/runs/{runId}/transcript': ({ state, signedUrls }, { path }) => {
    const { item } = runOf(state, path.runId);
    const conversation = conversationOf(state, item.conversation_id);
    const harness = item.agent_config?.harness?.type ?? 'oz';
    const { url } = signedUrls.sign(
      `transcript-${item.run_id}`,
      harness === 'oz' ? document(conversation) : jsonLines(harness, conversation),
    );
    return { status: 302, headers: { location: url } };
  },
  'GET /agent/sessions/{sessionUuid}/redirect': ({ state }, { path }) => {
    for (const { item } of state.runs.values()) {
      if (item.session_id !== path.sessionUuid) continue;
      const isOver = item.is_sandbox_running !== true && item.conversation_id !== undefined;
      return ok(isOver ? { conversation_id: item.conversation_id } : {});
    }
    return ok({});
  },
} satisfies Partial<Handlers>;

function document(conversation: Conversation): StoredObject {
  return {
    contentType: 'application/json',
    bytes: () => Buffer.from(JSON.stringify({ format: 'oz', ...conversation })),
    filename: 'transcript.json',
  };
}

/** Other vendors' agents write a line for each message. */
function jsonLines(format: string, { steps }: Conversation): StoredObject {
  const lines = (): string[] =>
    allMessages(steps).map(({ role, content, timestamp }) =>
      JSON.stringify({ type: role, format, timestamp, message: { role, content } }),
    );
  return {
    contentType: 'application/x-ndjson',
    bytes: () => Buffer.from(`${lines().join('\n')}\n`),
    filename: 'transcript.jsonl',
  };
}

function conversationOf(state: OzState, id: string | undefined): Conversation {
  const conversation = id === undefined ? undefined : state.conversations.at(id, state.now);
  if (!conversation) throw notFound('Conversation');
  return conversation;
}

/** Conversations of other vendors' agents have no normalized form, only a transcript. */
function checkFormat({ item }: StoredRun): void {
  const harness = item.agent_config?.harness?.type ?? 'oz';
  if (harness !== 'oz') {
    throw new Problem(422, 'operation_not_supported', 'This conversation format is not supported yet.', {
      detail: harness,
    });
  }
}
