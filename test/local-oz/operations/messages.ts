import { iso } from '../clock';
import { notFound, Problem } from '../problems';
import { ACTIVE_STATES, type AgentMessage, type OzState } from '../state';
import { without } from '../without';
import { ok, type Handlers } from './operation';
import { runOf } from './runs';

/** Letters between runs. */
export const messageOperations = {
  'POST /agent/messages': ({ state }, { body }) => {
    const recipients = body.to.map((id) => runOf(state, id));
    runOf(state, body.sender_run_id);
    if (recipients.some(({ item }) => !ACTIVE_STATES.has(item.state) && item.state !== 'BLOCKED')) {
      throw new Problem(422, 'operation_not_supported', 'A recipient is in a terminal state.');
    }
    const ids = recipients.map(({ item }) => {
      const message: AgentMessage = {
        message_id: state.random.uuid(),
        to: item.run_id,
        sender_run_id: body.sender_run_id,
        subject: body.subject,
        body: body.body,
        sent_at: iso(state.now),
        delivered_at: null,
        read_at: null,
      };
      state.messages.set(message.message_id, message);
      state.record(item.run_id, 'new_message', message.message_id);
      return message.message_id;
    });
    return ok({ message_ids: ids });
  },
  'GET /agent/messages/{runId}': ({ state }, { path, query }) => {
    runOf(state, path.runId);
    const { unread = false, since, limit = 50 } = query;
    const found = [...state.messages.values()]
      .filter(({ to, read_at }) => to === path.runId && (!unread || read_at === null))
      .filter(({ sent_at }) => since === undefined || Date.parse(sent_at) > Date.parse(since))
      .slice(0, limit);
    return ok(found.map((message) => without(message, 'to', 'body')));
  },
  'POST /agent/messages/{messageId}/read': ({ state }, { path }) => {
    const message = messageOf(state, path.messageId);
    message.read_at ??= iso(state.now);
    return ok(without(message, 'to'));
  },
  'POST /agent/messages/{messageId}/delivered': ({ state }, { path }) => {
    messageOf(state, path.messageId).delivered_at ??= iso(state.now);
    return { status: 204 };
  },
} satisfies Partial<Handlers>;

function messageOf(state: OzState, id: string): AgentMessage {
  const message = state.messages.get(id);
  if (!message) throw notFound('Message');
  return message;
}
