import { notOz } from './answer';
import { type Fit, list, members, needed, object, or, text } from './fit';
import type { JsonRecord } from './json';
import type { Block, Conversation, Message, Step } from './types';

/** Steps nested deeper than this are laid flat into their ancestor: code that walks the tree calls itself. */
const deepest = 50;

const empty: Fit = or(object, {});

const blockFits: Partial<Record<string, Fit>> = {
  text: members({ text: needed, message_id: text }),
  action: members({ id: needed, category: needed, name: needed, input: empty, message_id: text }),
  action_result: members({
    action_id: needed,
    category: needed,
    name: needed,
    state: needed,
    output: empty,
    message_id: text,
  }),
  event: members({ name: needed, data: empty, message_id: text }),
};

/** A block of an unknown type stays as it is; what is no block at all becomes text, so that it is read and not lost. */
const block: Fit = (value) => {
  const type = text(object(value)?.type);
  if (type === undefined) {
    return value === null || value === undefined ? undefined : textBlock(value);
  }
  return (blockFits[type] ?? object)(value);
};

function textBlock(value: unknown): Block {
  return { type: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) };
}

const messageFit = members({
  role: or(text, 'assistant'),
  content: (value) => list(block)(typeof value === 'string' ? [value] : value) ?? [],
  message_ids: list(text),
  request_id: text,
  timestamp: text,
});

const stepFit = members({
  id: text,
  description: text,
  summary: text,
  started_at: text,
  completed_at: text,
  messages: or(list(messageFit), []),
});

/** @throws ApiProblem `notOz` when the answer is no object. Missing steps, messages and contents are empty. */
export function conversationFrom(body: unknown): Conversation {
  const conversation = object(body) ?? notOz('a conversation');
  return {
    ...conversation,
    conversation_id: text(conversation.conversation_id) ?? '',
    steps: stepsFrom(conversation.steps, '', 1),
  };
}

/**
 * The conversation behind a session, or undefined where the answer names none.
 * @throws ApiProblem `notOz` when the answer is no object
 */
export function sessionConversationFrom(body: unknown): string | undefined {
  const answer = object(body) ?? notOz('what became of a session');
  const conversationId = text(answer.conversation_id);
  return conversationId === '' ? undefined : conversationId;
}

function stepsFrom(value: unknown, parentId: string, depth: number): Step[] {
  const nested = depth < deepest ? arrayOf(value) : flattened(arrayOf(value));
  return nested.flatMap((one, index) => {
    const step = stepFit(one) as (JsonRecord & { messages: Message[] }) | undefined;
    if (!step) {
      return [];
    }
    // Without an id of its own, its place names the step: conversations grow at the end.
    const id = text(step.id) ?? `${parentId}/${index}`;
    return [{ ...step, id, steps: depth < deepest ? stepsFrom(step.steps, id, depth + 1) : [] }];
  });
}

/** All steps below, each before its own nested steps. */
function flattened(steps: readonly unknown[]): unknown[] {
  const flat: unknown[] = [];
  const open = steps.toReversed();
  while (open.length > 0) {
    const step = open.pop();
    flat.push(step);
    for (const nested of arrayOf(object(step)?.steps).toReversed()) {
      open.push(nested);
    }
  }
  return flat;
}

function arrayOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
