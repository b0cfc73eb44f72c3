import * as vscode from 'vscode';
import { dayOf, daysAgo } from '../model/localDay';
import type { ZoneFormats } from '../model/zoneFormats';
import { dateFormat } from '../platform/formats';

const { t } = vscode.l10n;

// A day is told apart by its date alone, so it is written as if it were in UTC.
const weekday = dateFormat({ weekday: 'long', timeZone: 'UTC' });
const dayAndMonth = dateFormat({ weekday: 'short', day: 'numeric', month: 'short', timeZone: 'UTC' });
const fullDate = dateFormat({ dateStyle: 'medium', timeZone: 'UTC' });

/** "Today", "Yesterday", the weekday of the last six days, else the date. `day` is a local day as `dayOf` writes it. */
export function dayWord(day: string, now: number): string {
  const date = Date.parse(day);
  if (Number.isNaN(date)) {
    return day || t('Without a date');
  }
  const ago = daysAgo(day, now);
  if (ago === 0) {
    return t('Today');
  }
  if (ago === 1) {
    return t('Yesterday');
  }
  if (ago > 1 && ago < 7) {
    return weekday(date);
  }
  return (day.slice(0, 4) === dayOf(now).slice(0, 4) ? dayAndMonth : fullDate)(date);
}

/** "today 14:30", "tomorrow 09:00", "Mon, Nov 24, 09:00". @param moment as `now` in milliseconds since 1970 */
export function momentWord(moment: number, now: number, formats: ZoneFormats): string {
  switch (formats.parts(moment).day - formats.parts(now).day) {
    case 0:
      return t('today {0}', formats.time(moment));
    case 1:
      return t('tomorrow {0}', formats.time(moment));
    default:
      return formats.local(moment, now);
  }
}
