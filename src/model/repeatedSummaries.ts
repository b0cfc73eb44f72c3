import type { Entry, MessageEntry } from './conversation';
import { beginsWithWords } from './sameWords';

/** Takes the summaries away that are word for word what is said last in their step, or next after it. */
export function dropRepeatedSummaries(entries: readonly Entry[]): void {
  entries.forEach((step, place) => {
    if (step.kind !== 'step' || step.summary === '') {
      return;
    }
    let last: string | undefined;
    let next = place + 1;
    for (; entries[next]?.within.includes(step.id); next++) {
      last = saidIn(entries[next]) ?? last;
    }
    if ([last, saidIn(entries[next])].some((text) => text !== undefined && beginsWithWords(text, step.summary))) {
      step.summary = '';
    }
  });
}

function saidIn(entry: Entry | undefined): string | undefined {
  return entry?.kind === 'message' && entry.role === 'assistant' ? firstTextIn(entry) : undefined;
}

function firstTextIn({ blocks }: MessageEntry): string | undefined {
  return blocks.find((block) => block.kind === 'text')?.text;
}
