import type { Open, RunState } from '../oz/types';

/** How a state looks: names its icon in the page, the panel's picture and its colour. The shapes are those of the list of runs. */
export type StateLook =
  'waiting' | 'preparing' | 'starting' | 'active' | 'attention' | 'done' | 'failed' | 'error' | 'stopped' | 'unknown';

const looks: Record<RunState, StateLook> = {
  QUEUED: 'waiting',
  PENDING: 'preparing',
  CLAIMED: 'starting',
  INPROGRESS: 'active',
  BLOCKED: 'attention',
  SUCCEEDED: 'done',
  FAILED: 'failed',
  ERROR: 'error',
  CANCELLED: 'stopped',
};

export function stateLook(state: Open<RunState>): StateLook {
  return Object.hasOwn(looks, state) ? looks[state as RunState] : 'unknown';
}
