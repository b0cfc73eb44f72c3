import type { FormMember } from '../model/scheduleChange';
import type { ActName } from './protocol';

/** Acts that are commands for the schedule that a page is about. */
export const scheduleCommands: Partial<Record<ActName, string>> = {
  openInBrowser: 'agentRuns.openScheduleInBrowser',
  pause: 'agentRuns.pauseSchedule',
  resume: 'agentRuns.resumeSchedule',
};

/** Acts that show both texts of a member in full: it may be too long for a table. */
export const compareActs: Partial<Record<FormMember, ActName>> = {
  prompt: 'comparePrompt',
  'config.base_prompt': 'compareBasePrompt',
};

/** Acts that wait until saving ended: they would undo what is being sent, or be undone by it. */
export const heldActs: ReadonlySet<ActName> = new Set<ActName>([
  ...(['createAgain', 'delete', 'keepMine', 'moveHere', 'pause', 'resume'] as const),
  ...(['revert', 'runNow', 'showOther', 'takeTheirs', 'undo'] as const),
]);

/** Acts that are commands by themselves. */
export const commonCommands: Partial<Record<ActName, string>> = {
  connect: 'agentRuns.connectGitHub',
  diagnose: 'agentRuns.diagnoseConnection',
  newSchedule: 'agentRuns.newSchedule',
  openEnvironments: 'agentRuns.openEnvironment',
  setKey: 'agentRuns.setApiKey',
  showSchedules: 'agentRuns.schedules.focus',
  showWeek: 'agentRuns.showWeek',
  topUp: 'agentRuns.topUp',
};
