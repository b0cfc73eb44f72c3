import type { Entry } from './conversation';

/** Messages of a conversation that is seen nearly at once. */
const fewMessages = 8;

/** The conversation is so short that what was said last needs no place above it, too. */
export function isShort(entries: readonly Entry[]): boolean {
  let messages = 0;
  return entries.every(({ kind }) => (messages += kind === 'message' ? 1 : 0) <= fewMessages);
}

/** When a person last said something to the run (ms since 1970); undefined where nobody knows. */
export function lastAskedAt(entries: readonly Entry[]): number | undefined {
  const last = entries.findLast((entry) => entry.kind === 'message' && entry.role === 'user' && entry.depth === 0);
  return last?.kind === 'message' ? last.time : undefined;
}

/** What is shown last is an action that goes on: it says itself that the run works. */
export function endsWithWork(entries: readonly Entry[]): boolean {
  const last = entries.at(-1);
  const block = last?.kind === 'message' ? last.blocks.at(-1) : undefined;
  return block?.kind === 'action' && block.state === 'running';
}
