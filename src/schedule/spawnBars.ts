import { type SpawnHelp, spawnHelp } from '../model/spawnHelp';
import type { Schedule } from '../oz/types';
import { plain } from '../platform/plainText';
import type { Bar, PageAct } from './protocol';
import type { ScheduleWords } from './scheduleWords';

/** Says why a schedule could not start its last run, with what helps. @param isChanged that was changed since */
export function spawnBars(schedule: Schedule | undefined, isChanged: boolean, words: ScheduleWords): Bar[] {
  const error = schedule?.last_spawn_error;
  if (!error) {
    return [];
  }
  const { t } = words;
  const text = plain(error, 500);
  return isChanged
    ? [{ kind: 'info', words: t('Changed since its last run could not be started: {0}', text), acts: [] }]
    : [
        {
          kind: 'error',
          words: t('Its last run could not be started: {0}', text),
          acts: fixes(spawnHelp(error), words),
        },
      ];
}

/** The same as the row of the error offers. */
function fixes(help: SpawnHelp, { t }: ScheduleWords): PageAct[] {
  switch (help) {
    case 'topUp':
      return [{ name: 'topUp', label: t('Open Billing…') }];
    case 'connect':
      return [{ name: 'connect', label: t('Connect…') }];
    case 'environment':
      return [{ name: 'openEnvironments', label: t('Open Environments') }];
    case 'retry':
      return [{ name: 'runNow', label: t('Run Now') }];
    case 'key':
    case 'browser':
      return [{ name: 'openInBrowser', label: t('Open in Browser') }];
    default:
      return fieldFix(help.field, t);
  }
}

function fieldFix(field: Extract<SpawnHelp, object>['field'], t: ScheduleWords['t']): PageAct[] {
  switch (field) {
    case 'environment':
      return [{ name: 'changeEnvironment', label: t('Change Environment…') }];
    case 'model':
      return [{ name: 'changeModel', label: t('Change Model…') }];
    case 'skill':
      return [{ name: 'chooseSkill', label: t('Change Skill…') }];
    case 'prompt':
      return [{ name: 'changePrompt', label: t('Change Prompt…') }];
    case undefined:
      return [];
  }
}
