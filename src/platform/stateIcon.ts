import type { Open, RunState } from '../oz/types';

/** Shape and colour: no colour alone carries the meaning. */
const icons: Record<RunState, [icon: string, color: string]> = {
  QUEUED: ['clock', 'testing.iconQueued'],
  PENDING: ['circle-large-outline', 'charts.blue'],
  CLAIMED: ['debug-start', 'charts.blue'],
  INPROGRESS: ['play-circle', 'charts.blue'],
  BLOCKED: ['comment-unresolved', 'charts.yellow'],
  SUCCEEDED: ['pass', 'testing.iconPassed'],
  FAILED: ['error', 'testing.iconFailed'],
  ERROR: ['warning', 'testing.iconErrored'],
  CANCELLED: ['circle-slash', 'testing.iconSkipped'],
};

export function isKnownState(state: Open<RunState>): state is RunState {
  return Object.hasOwn(icons, state);
}

/** The names of the codicon and of the theme's colour for a state, known or not. */
export function stateIcon(state: Open<RunState>): [icon: string, color: string] {
  return isKnownState(state) ? icons[state] : ['question', 'testing.iconUnset'];
}
