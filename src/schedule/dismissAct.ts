import type { PageAct } from './protocol';
import type { ScheduleWords } from './scheduleWords';

/** Of what was only to be read. */
export function dismissAct({ t }: ScheduleWords): PageAct {
  return { name: 'dismiss', label: t('Dismiss') };
}
