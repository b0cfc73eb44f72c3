// The entry of a bundle of its own: what reads a conversation is needed by few commands.
import { type Block, type Entry, finalMessage, type Pending, readEntries } from './conversation';
import { viewAction } from './conversationActions';
import type { Question } from './conversationAgents';
import type { ChangeKind } from './conversationDiff';
import { fileChanges } from './conversationFiles';
import { inTurns, type TurnOptions } from './inTurns';
import { hasEnded, isActive } from './runTime';
import type { Conversation, Run } from '../oz/types';

/** What came of a run, by its conversation. */
export interface RunOutcome {
  /** What the agent said last, as Markdown; empty when it said nothing. */
  final: string;
  /** In the order in which they were first changed. */
  files: ChangedFile[];
  /** What the agent asked and nobody answered. */
  questions: Question[];
}

export interface ChangedFile {
  path: string;
  /** What the first change of it was, or `deleted` where the last one was that. */
  what: ChangeKind;
  /** Lines, of all its changes together. */
  added: number;
  removed: number;
}

/**
 * Reads a run's conversation in turns: a long one keeps nobody else waiting.
 * @throws the signal's reason
 */
export async function readOutcome(run: Run, answer: Conversation, options: TurnOptions): Promise<RunOutcome> {
  const pending: Pending = isActive(run.state) ? 'running' : hasEnded(run.state) ? 'unanswered' : 'waiting';
  const entries = await inTurns(readEntries(answer, pending), options);
  const files = new Map<string, ChangedFile>();
  await inTurns(noteFiles(entries, files), options);
  const said = finalMessage(entries)?.blocks.flatMap((block) => (block.kind === 'text' ? [block.text.trim()] : []));
  return {
    final: (said ?? []).filter(Boolean).join('\n\n'),
    files: [...files.values()],
    questions: openQuestions(entries),
  };
}

function* blocksOf(entries: readonly Entry[]): Iterable<Block> {
  for (const entry of entries) {
    if (entry.kind === 'message') {
      yield* entry.blocks;
    }
  }
}

function* noteFiles(entries: readonly Entry[], files: Map<string, ChangedFile>): Iterable<undefined> {
  for (const block of blocksOf(entries)) {
    if (block.kind === 'action' && block.state === 'completed' && viewAction(block).kind === 'edit') {
      for (const { path, what, added, removed } of fileChanges(block)) {
        const known = files.get(path);
        if (path !== '') {
          files.set(path, {
            path,
            what: what === 'deleted' || !known || known.what === 'deleted' ? what : known.what,
            added: (known?.added ?? 0) + added,
            removed: (known?.removed ?? 0) + removed,
          });
        }
      }
    }
    yield undefined;
  }
}

/** Of the last message that asks anything. */
function openQuestions(entries: readonly Entry[]): Question[] {
  const asked = (entry: Entry): Question[] =>
    [...blocksOf([entry])].flatMap((block) => {
      const view = block.kind === 'action' ? viewAction(block) : undefined;
      return view?.kind === 'ask' ? view.questions : [];
    });
  const last = entries.findLast((entry) => asked(entry).length > 0);
  return last ? asked(last).filter(({ answer }) => answer === '') : [];
}
