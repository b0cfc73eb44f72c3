import type { Block, Entry, Pending, StepEntry } from './conversation';
import { viewEvent } from './conversationEvents';

/** Characters of what was said last that a step keeps. */
const saidLength = 200;

/** Writes into each step what is in it, the steps under it included. */
export function tellSteps(entries: readonly Entry[], pending: Pending): void {
  const steps = new Map<string, StepEntry>();
  for (const entry of entries) {
    if (entry.kind === 'step') {
      steps.set(entry.id, entry);
      continue;
    }
    const around = entry.within.flatMap((id) => steps.get(id) ?? []);
    if (around.length === 0) {
      continue;
    }
    const errors = entry.blocks.filter(isError).length;
    const runs = entry.blocks.some((block) => block.kind === 'action' && block.state === 'running');
    const text = entry.role === 'assistant' ? entry.blocks.findLast((block) => block.kind === 'text')?.text : undefined;
    for (const step of around) {
      step.errors += errors;
      step.running ||= runs;
      if (text !== undefined) {
        step.said = text.slice(0, saidLength);
      }
    }
  }
  // In a run that works, what it does now is in the step that its last message is in.
  for (const id of pending === 'running' ? (entries.at(-1)?.within ?? []) : []) {
    const step = steps.get(id);
    if (step) {
      step.running = true;
    }
  }
}

/** Something went wrong there. */
export function isError(block: Block): boolean {
  return block.kind === 'action'
    ? block.state === 'failed' || block.state === 'denied'
    : block.kind === 'event' && viewEvent(block).kind === 'error';
}
