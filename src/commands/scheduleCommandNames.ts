/** The commands of schedules whose code is in the bundle of the launches, by their names there and in package.json. */
export const scheduleCommandNames = [
  'newSchedule',
  'editSchedule',
  'copySchedule',
  'scheduleRun',
  'scheduleLastLaunch',
  'scheduleSkill',
  'pauseSchedule',
  'resumeSchedule',
  'deleteSchedule',
  'runScheduleNow',
  'copyCron',
  'openScheduleInBrowser',
] as const;
