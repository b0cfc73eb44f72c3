import type { ActName } from './protocol';

/** Acts that are commands for the schedule that a page is about. */
export const scheduleCommands: Partial<Record<ActName, string>> = {
  openInBrowser: 'agentRuns.openScheduleInBrowser',
  pause: 'agentRuns.pauseSchedule',
  resume: 'agentRuns.resumeSchedule',
};

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
