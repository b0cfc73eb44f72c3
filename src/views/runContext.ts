import { artifactFile } from '../model/artifactFile';
import { whyNotCancellable } from '../model/cancelGate';
import { type ErrorHelp, runHelp } from '../model/errorHelp';
import { whyNotFollowable } from '../model/followUpGate';
import { pullRequestsOf } from '../model/pullRequests';
import { canRunAgain } from '../model/runAgain';
import { hasEnded, hasLiveSession, isActive } from '../model/runTime';
import type { Run } from '../oz/types';

/** What a menu goes by that the run itself does not tell. */
export interface RowMarks {
  /** It can be marked as seen, or a run below it can. */
  readonly isUnseen?: boolean;
  readonly isPinned?: boolean;
}

/** Helps that are a menu entry of their own. Every run can be opened in the browser. */
const offered: ReadonlySet<ErrorHelp | undefined> = new Set(['topUp', 'connect', 'environment', 'key', 'retry']);

/** For `when` clauses: words in one order, such as `run active cancellable session`. */
export function runContext(run: Run, { isUnseen = false, isPinned = false }: RowMarks = {}): string {
  const pulls = pullRequestsOf(run);
  const help = runHelp(run);
  const words: Record<string, boolean> = {
    cancellable: whyNotCancellable(run) === undefined,
    session: hasLiveSession(run),
    unseen: isUnseen,
    pinned: isPinned,
    subrun: Boolean(run.parent_run_id),
    pullRequest: pulls.length > 0,
    branch: pulls.some(({ branch }) => branch !== ''),
    files: run.artifacts?.some((artifact) => artifactFile(artifact) !== undefined) ?? false,
    schedule: Boolean(run.schedule?.schedule_id),
    skill: Boolean(run.agent_config?.skill_spec),
    environment: Boolean(run.agent_config?.environment_id),
    creator: Boolean(run.creator?.uid),
    followable: whyNotFollowable(run) === undefined,
    again: canRunAgain(run),
    [`fix-${help ?? ''}`]: offered.has(help),
  };
  return ['run', phaseOf(run), ...Object.keys(words).filter((word) => words[word])].join(' ');
}

function phaseOf({ state }: Run): string {
  if (isActive(state)) {
    return 'active';
  }
  if (hasEnded(state)) {
    return 'ended';
  }
  return state === 'BLOCKED' ? 'blocked' : 'unknown';
}
