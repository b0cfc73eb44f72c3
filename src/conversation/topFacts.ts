import type { ActionBlock, MessageEntry } from '../model/conversation';
import type { ApiProblem } from '../oz/problems';
import type { Run } from '../oz/types';
import type { ConversationSource } from './conversationSource';
import type { CommandName } from './protocol';

/** What is known when the parts around the conversation are made. */
export interface TopFacts {
  source: ConversationSource;
  run?: Run;
  /** Stands for the title while no run has one. */
  title?: string;
  /** The name of the run's environment, or its id while the name is not known. */
  environment: string;
  /** The repositories of the environment, written `owner/repo`. */
  repositories?: readonly string[];
  /** Milliseconds since 1970. */
  now: number;
  /** What came of the last reading of the conversation. */
  reading: 'first' | 'good' | 'none' | 'unsupported' | 'failed';
  problem?: ApiProblem;
  /** Entries that are shown. */
  entries: number;
  /** What was said last, unless the conversation is so short that it is in sight. */
  final?: MessageEntry;
  /** When a person last said something to the run (ms since 1970). */
  askedAt?: number;
  /** The conversation's end shows that the run works. */
  endsWithWork?: boolean;
  /** What a blocked run asks about. */
  waiting?: readonly ActionBlock[];
  /** The run waits, and the service has an answer that the conversation does not show yet. */
  isAnswered?: boolean;
  /** Whether two versions of a plan's text were read, by its artifact's uid. */
  canCompare?: (uid: string) => boolean;
  /** Runs that this one launched, as far as they are known. */
  subRuns?: readonly Run[];
  /** The run that launched this one, if it is known. */
  parent?: Run;
  isPinned?: boolean;
  /** Commands that were asked for and have not ended. */
  underWay?: ReadonlySet<CommandName>;
}
