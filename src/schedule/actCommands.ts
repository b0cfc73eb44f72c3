import type { ActName } from './protocol';

/** Acts that are commands for the schedule that a page is about. */
export const scheduleCommands: Partial<Record<ActName, string>> = {
  openInBrowser: 'agentRuns.openScheduleInBrowser',
  pause: 'agentRuns.pauseSchedule',
  resume: 'agentRuns.resumeSchedule',
  runNow: 'agentRuns.runScheduleNow',
};

/** Acts that are commands by themselves. */
export const commonCommands: Partial<Record<ActName, string>> = {
  diagnose: 'agentRuns.diagnoseConnection',
  newSchedule: 'agentRuns.newSchedule',
  setKey: 'agentRuns.setApiKey',
  showSchedules: 'agentRuns.schedules.focus',
  showWeek: 'agentRuns.showWeek',
};
