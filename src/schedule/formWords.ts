import { product } from '../product';
import type { FormWords } from './protocol';
import type { ScheduleWords } from './scheduleWords';

/** What a form says that does not change. */
export function formWords({ t }: ScheduleWords): FormWords {
  return {
    labels: {
      name: t('Name'),
      prompt: t('Prompt'),
      skill: t('Skill'),
      preset: t('When'),
      cron: t('Cron Expression'),
      environment: t('Environment'),
      model: t('Model'),
      owner: t('Owner'),
      enabled: t('Enabled'),
      more: t('More'),
    },
    hints: {
      prompt: t('What each run is asked to do. With a skill, it is told after the instructions of the skill.'),
      skill: t('Each run reads it from GitHub.'),
      cron: t('Minute, hour, day of the month, month and day of the week, in UTC.'),
      environment: t('Where the agent works.'),
      owner: t('Who sees the schedule and pays for its runs. This cannot be changed later.'),
    },
    placeholders: { name: t('For example: Nightly dependency updates'), prompt: '', cron: '0 9 * * 1-5' },
    presets: {
      none: t('Choose…'),
      hourly: t('Every hour'),
      daily: t('Every day'),
      weekdays: t('Monday to Friday'),
      weekly: t('Every week'),
      monthly: t('Every month'),
      custom: t('Other times'),
    },
    hour: t('Hour (UTC)'),
    minute: t('Minute'),
    weekday: t('Day of the week'),
    day: t('Day of the month'),
    onDay: t('on day'),
    atTime: t('at'),
    whereYouAre: t('{0} where you are', '{0}'),
    useFix: t('Use {0}', '{0}'),
    owners: { default: t('{0} decides', product.service), team: t('Team'), personal: t('Personal') },
    enabledBox: t('Runs at its times (off: paused)'),
    nextRuns: t('Next runs'),
    pausedRuns: t('Its runs, if it were not paused'),
    yourTime: t('Your time'),
    showWeek: t('Show the Week of All Schedules'),
    field: t('Field'),
    chooseSkill: t('Choose a Skill…'),
    change: t('Change…'),
    remove: t('Remove'),
    byDefault: t('default'),
  };
}
