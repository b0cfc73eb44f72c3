import type { Entry } from './conversation';
import type { FollowUp } from './followUp';

/** What somebody said to the agent, as the conversation has it. */
export interface UserMessage {
  id: string;
  text: string;
  /** By the service's clock, in milliseconds since 1970. */
  time?: number;
}

/** The service tells its time in whole seconds, and another of its machines may stamp the message. In milliseconds. */
const margin = 10_000;
/** The same while only this machine's clock is known. */
const wideMargin = 300_000;

/** The users' messages of a conversation, in its order. */
export function userMessages(entries: readonly Entry[]): UserMessage[] {
  return entries.flatMap((entry) => {
    if (entry.kind !== 'message' || entry.role !== 'user') {
      return [];
    }
    const texts = entry.blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));
    return [{ id: entry.id, text: texts.join('\n'), time: entry.time }];
  });
}

/**
 * The follow-ups of one run that its conversation shows, each with the id of its message. A message stands for one of them
 * only, so that the second of two with the same text is not taken for the first.
 * @param ahead milliseconds by which the service's clock is ahead of this machine's; undefined while that is not known
 */
export function arrivedIn(
  messages: readonly UserMessage[],
  followUps: readonly FollowUp[],
  ahead: number | undefined,
): Map<number, string> {
  const arrived = new Map<number, string>();
  const taken = new Set<UserMessage>();
  for (const followUp of followUps.filter(({ state }) => state === 'sent' || state === 'unsure')) {
    const isIt = (one: UserMessage): boolean =>
      !taken.has(one) && sameText(one.text, followUp.text) && isNew(one, followUp, ahead);
    const message = messages.find(isIt);
    if (message) {
      taken.add(message);
      arrived.set(followUp.id, message.id);
    }
  }
  return arrived;
}

/** The messages that are there already and could be taken for the text once it was sent. */
export function messagesLike(text: string, messages: readonly UserMessage[]): string[] {
  return messages.filter((message) => sameText(message.text, text)).map(({ id }) => id);
}

/** The message came after the follow-up was sent, or was not there before it was written. */
function isNew({ id, time }: UserMessage, { before, sentAt, createdAt }: FollowUp, ahead: number | undefined): boolean {
  if (before?.includes(id)) {
    return false;
  }
  const earliest = (sentAt ?? createdAt) + (ahead ?? 0) - (ahead === undefined ? wideMargin : margin);
  return time === undefined ? before !== undefined : time >= earliest;
}

function sameText(a: string, b: string): boolean {
  return a.trim().replace(/\s+/g, ' ') === b.trim().replace(/\s+/g, ' ');
}
