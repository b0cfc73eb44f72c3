import type { Run } from '../oz/types';
import { isActive } from './runTime';

/** Milliseconds between two rounds, by what they are for and whether the window has the focus. */
const paces = {
  /** The list or a conversation is on the screen, and a run is active … */
  seenActive: { focused: 5000, unfocused: 15_000 },
  /** … or none is. */
  seenIdle: { focused: 30_000, unfocused: 60_000 },
  /** Nothing is on the screen, but an active run is watched or followed. */
  watched: { focused: 20_000, unfocused: 20_000 },
  /** Only runs that are not active are followed. */
  followed: { focused: 60_000, unfocused: 5 * 60_000 },
};

/** Whom the runs are read for. */
export interface Audience {
  /** The list or a conversation is on the screen. */
  isSeen: boolean;
  isFocused: boolean;
  /** Runs that are kept fresh because somebody asked for it. */
  followed: readonly string[];
  /** Whether somebody waits to hear of this active run, wherever they look. */
  isWatched: (run: Run) => boolean;
}

interface Runs {
  activeIds(): Iterable<string>;
  get(runId: string): Run | undefined;
}

/** Milliseconds between two rounds, or undefined when there is nobody to make them for. */
export function paceFor(audience: Audience, runs: Runs): number | undefined {
  const purpose = purposeOf(audience, runs);
  return purpose && paces[purpose][audience.isFocused ? 'focused' : 'unfocused'];
}

function purposeOf({ isSeen, followed, isWatched }: Audience, runs: Runs): keyof typeof paces | undefined {
  const active = [...runs.activeIds()];
  if (isSeen) {
    return active.length > 0 ? 'seenActive' : 'seenIdle';
  }
  const known = (runIds: readonly string[]): Run[] => runIds.flatMap((runId) => runs.get(runId) ?? []);
  if (known(followed).some((run) => isActive(run.state)) || known(active).some(isWatched)) {
    return 'watched';
  }
  return followed.length > 0 ? 'followed' : undefined;
}
