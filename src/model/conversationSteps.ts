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
    if (entry.within.length === 0) {
      continue;
    }
    let errors = 0;
    let runs = false;
    let text: string | undefined;
    for (const block of entry.blocks) {
      errors += isError(block) ? 1 : 0;
      runs ||= block.kind === 'action' && block.state === 'running';
      text = block.kind === 'text' && entry.role === 'assistant' ? block.text : text;
    }
    for (const id of entry.within) {
      const step = steps.get(id);
      if (step) {
        step.errors += errors;
        step.running ||= runs;
        step.said = text ?? step.said;
      }
    }
  }
  for (const step of steps.values()) {
    step.said = step.said.slice(0, saidLength);
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
