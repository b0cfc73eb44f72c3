import type { MessageEntry } from '../model/conversation';
import { asText } from '../oz/json';
import type { Run } from '../oz/types';

/** The run's prompt as the message that it will be once the conversation has begun. */
export function promptMessage(run: Run | undefined): MessageEntry | undefined {
  const text = asText(run?.prompt);
  return text === undefined || text.trim() === ''
    ? undefined
    : {
        kind: 'message',
        id: 'prompt',
        depth: 0,
        within: [],
        role: 'user',
        blocks: [{ kind: 'text', id: 'prompt.0', text }],
      };
}
